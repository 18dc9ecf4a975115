-- The hotspots of the whole city by the city's own rule, one map for each day that has ended, with the
-- rule that made it (api/hotspot/contract.ts, Hotspots). Derived from facts as they were known at the
-- end of the day, so it is never changed.
create table hotspot (
  day     date primary key,
  made_at timestamptz not null default app_now(),
  map     jsonb not null check (map -> 'rule' is not null)
);
alter table hotspot enable row level security;
create policy scope on hotspot for select using ((select app_sees_all()));
grant select on hotspot to onemap_scoped;
