-- Rule sets of lights as data. A version stays as it is; another one is another row. The sets that come
-- with the product stand in the code (api/light/rule/shipped.ts); a row of the same name and version
-- goes before them.
create table light_rule (
  id        bigint generated always as identity primary key,
  name      text not null check (name <> ''),
  version   integer not null check (version > 0),
  -- The days that it is meant for; null: open.
  from_on   date,
  to_on     date check (to_on >= from_on),
  rule      jsonb not null check (jsonb_typeof(rule) = 'object'),
  note      text not null default '',
  person    text not null,
  person_id bigint references person,
  at        timestamptz not null default app_now(),
  unique (name, version)
);
-- Which set judges from which day on, by whom and why. Of two for a day the later decision holds.
create table light_adoption (
  id        bigint generated always as identity primary key,
  name      text not null,
  version   integer not null,
  from_on   date not null,
  note      text not null check (note <> ''),
  person    text not null,
  person_id bigint references person,
  at        timestamptz not null default app_now()
);

call keep_history('light_rule', 'null::bigint', 'null::bigint', 'null::bigint');
call keep_history('light_adoption', 'null::bigint', 'null::bigint', 'null::bigint');
create trigger light_rule_kept before delete or update on light_rule
  for each statement execute function refuse_rewriting();
create trigger light_adoption_kept before delete or update on light_adoption
  for each statement execute function refuse_rewriting();
-- By these everybody is judged: no secret among those who sign in.
grant select, insert on light_rule, light_adoption to onemap_scoped;
grant select on light_rule_history, light_adoption_history to onemap_scoped;

-- A city's own rule was a setting, and judged every day, past ones too. What does not read as one stays where it is.
do $$
declare
  old jsonb := (select value from setting where key = 'light_rule');
  overdue jsonb; behind jsonb;
begin
  if old is null or exists (
    select from unnest(array['version', 'amberLagPoints', 'redLagPoints', 'amberStartDays', 'redStartDays', 'staleDays']) as f(field)
     where jsonb_typeof(old -> field) is distinct from 'number') or coalesce(old ->> 'name', '') = '' then
    return;
  end if;
  perform set_config('onemap.now', coalesce((select max(at) from change), now())::text, true);
  perform set_config('onemap.actor', '升级', true);
  perform set_config('onemap.reason', '沿用原来的亮灯规则', true);
  overdue := jsonb_build_object('unit', 'day', 'amber', old -> 'amberStartDays', 'red', old -> 'redStartDays');
  behind := jsonb_build_object('amberPoints', old -> 'amberLagPoints', 'redPoints', old -> 'redLagPoints', 'redAbove', false);
  insert into light_rule (name, version, note, person, rule)
  select old ->> 'name', (old ->> 'version')::integer, '沿用原来的设置', '升级', jsonb_build_object(
    'name', old -> 'name', 'version', old -> 'version', 'method', 'plan',
    'start', overdue, 'progress', jsonb_build_object('percent', behind, 'step', overdue),
    'payment', behind, 'statistics', overdue, 'staleDays', old -> 'staleDays', 'preliminary', null,
    'evidence', jsonb_build_object('days', 60, 'wanted', 1, 'money', behind),
    'judges', jsonb_build_array('start', 'payment'), 'categories', '[]'::jsonb,
    'clauses', '["start", "progress", "payment", "statistics", "silence", "preliminary", "aside", "evidence"]'::jsonb);
  insert into light_adoption (name, version, from_on, note, person, at)
  values (old ->> 'name', (old ->> 'version')::integer, '1900-01-01', '沿用原来的设置', '升级', '1970-01-01T00:00:00Z');
  delete from setting where key = 'light_rule';
end $$;

-- What a month or a year was planned with first, kept from its first change on: history tells it too,
-- but every light against the original plan would have to read all of it. They refer to no project: what
-- one was planned with is still known of the days before it was deleted.
create table investment_original (
  project_id  bigint not null,
  month       date not null,
  fund_source text not null,
  planned_wan wan not null,
  revised_at  timestamptz not null,
  primary key (project_id, month, fund_source)
);
create table plan_original (
  project_id bigint not null,
  year       integer not null,
  annual_wan wan not null,
  revised_at timestamptz not null,
  primary key (project_id, year)
);
create function keep_first_plan() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  -- A project that is deleted takes its plan along.
  if not exists (select from project where id = old.project_id) then
    return null;
  end if;
  if tg_table_name = 'plan' then
    insert into plan_original values (old.project_id, old.year, old.annual_wan, app_now()) on conflict do nothing;
  else
    insert into investment_original values (old.project_id, old.month, old.fund_source, old.planned_wan, app_now())
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger first_plan_changed after update on plan for each row
  when (old.annual_wan is distinct from new.annual_wan) execute function keep_first_plan();
create trigger first_plan_changed after update on investment for each row
  when (old.planned_wan is distinct from new.planned_wan and old.planned_wan is not null) execute function keep_first_plan();
create trigger first_plan_deleted after delete on investment for each row
  when (old.planned_wan is not null) execute function keep_first_plan();

insert into investment_original
select f.project_id, f.month, f.fund_source, f.planned_wan, upper(l.during)
  from (select distinct on (project_id, month, fund_source) id, project_id, month, fund_source, planned_wan
          from investment_history where planned_wan is not null
         order by project_id, month, fund_source, lower(during)) f
  join project p on p.id = f.project_id
  left join investment i on i.project_id = f.project_id and i.month = f.month and i.fund_source = f.fund_source
  join lateral (select during from investment_history n
                 where n.id = f.id and n.planned_wan = f.planned_wan and not upper_inf(n.during)
                 order by lower(n.during) desc limit 1) l on true
 where f.planned_wan is distinct from i.planned_wan;
insert into plan_original
select f.project_id, f.year, f.annual_wan, upper(l.during)
  from (select distinct on (project_id, year) id, project_id, year, annual_wan
          from plan_history order by project_id, year, lower(during)) f
  join plan i on i.project_id = f.project_id and i.year = f.year and i.annual_wan <> f.annual_wan
  join lateral (select during from plan_history n
                 where n.id = f.id and n.annual_wan = f.annual_wan and not upper_inf(n.during)
                 order by lower(n.during) desc limit 1) l on true;

alter table investment_original enable row level security;
create policy scope on investment_original for select using ((select app_sees_all()) or project_id in (select id from project));
alter table plan_original enable row level security;
create policy scope on plan_original for select using ((select app_sees_all()) or project_id in (select id from project));
grant select on investment_original, plan_original to onemap_scoped;
