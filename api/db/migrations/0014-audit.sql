-- The record of what was done: every change and every event, chained by hash (api/audit). It is written
-- after the commits, by one at a time, so that no writer waits for another.

-- How the record is kept: { "algorithm": "sha256" | "sm3", "keepDays": n }.
create function audit_keep_days() returns integer language sql stable as $$
  select greatest(365, coalesce((select (value ->> 'keepDays')::integer from setting where key = 'audit_rule'), 365))
$$;

-- An archive takes away what is older than it has to be kept, and says so in the chain (api/audit/archive.ts).
create function refuse_early_deletion() returns trigger language plpgsql as $$
begin
  if current_setting('onemap.archive', true) = 'on'
     and old.at < app_now() - make_interval(days => audit_keep_days()) then
    return old;
  end if;
  raise exception 'AUDIT_KEPT: rows of % are kept for % days', tg_table_name, audit_keep_days();
end $$;

create trigger change_kept before update of id, at, noun, row_id, op, unit_id, park_id, project_id, actor, reason,
  actor_id, person_id, version, actor_address, actor_agent or truncate on change
  for each statement execute function refuse_rewriting();
create trigger change_numbered before update of seq on change
  for each row when (old.seq is not null) execute function refuse_rewriting();
create trigger change_old before delete on change
  for each row execute function refuse_early_deletion();

-- What happens besides changes: sign-ins, exports, refused requests. It waits here for its number, and
-- is gone from here as soon as it stands in the chain.
create table audit_event (
  id        bigint generated always as identity primary key,
  at        timestamptz not null,
  kind      text        not null check (kind ~ '^[a-z_]+$'),
  person_id bigint,
  actor     text        not null,
  address   text,
  agent     text,
  noun      text,
  row_id    bigint,
  reason    text,
  detail    jsonb
);

drop table security_event;

-- n has no gap; hash = H(hash of the one before, all the other columns), api/audit/entry.ts.
create table audit (
  n          bigint primary key check (n > 0),
  at         timestamptz not null,
  kind       text        not null,
  person_id  bigint,
  actor      text        not null,
  address    text,
  agent      text,
  noun       text,
  row_id     bigint,
  op         text,
  project_id bigint,
  unit_id    bigint,
  park_id    bigint,
  reason     text,
  detail     jsonb,
  -- Of a change: its place in the order of commit, the version that it made, the hash of that version.
  change_seq bigint unique,
  version    timestamptz,
  content    text,
  algorithm  text        not null check (algorithm in ('sha256', 'sm3')),
  hash       text        not null
);
create index audit_at on audit (at);
create index audit_of_row on audit (noun, row_id, version);
create index audit_of_person on audit (person_id, n);
create index audit_of_project on audit (project_id, n);
create index audit_of_kind on audit (kind, n);

create trigger audit_kept before update or truncate on audit
  for each statement execute function refuse_rewriting();
create trigger audit_old before delete on audit
  for each row execute function refuse_early_deletion();

-- Nobody writes it through the application; reading it takes the permission, which the route asks for
-- (onemap.audit), and the scope.
alter table audit enable row level security;
create policy scope on audit for select using ((select coalesce(current_setting('onemap.audit', true), '') = 'read')
  and ((select app_sees_all()) or project_id in (select id from project)));
grant select on audit to onemap_scoped;
-- What they were before is as little secret among those who sign in as what they are (0007).
grant select on department_history, person_history, role_grant_history, deputy_history, project_person_history
  to onemap_scoped;
