-- Who may see what. A request runs as onemap_scoped, whose rows are cut by what the person answers for
-- (settings local to the transaction); the server itself, which keeps the map and the history, owns
-- the tables and sees all. Without settings that role sees nothing.
do $$ begin
  create role onemap_scoped nologin;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'ROLE_MISSING: the database user may not create roles; let an administrator run: create role onemap_scoped nologin; grant onemap_scoped to %', current_user;
end $$;
do $$ begin
  execute format('grant onemap_scoped to %I', current_user);
exception when insufficient_privilege then
  if not pg_has_role(current_user, 'onemap_scoped', 'member') then
    raise exception 'ROLE_MISSING: let an administrator run: grant onemap_scoped to %', current_user;
  end if;
end $$;

create table department (
  id      bigint generated always as identity primary key,
  code    text not null unique,
  -- As projects write it in lead_department.
  name    text not null unique,
  unit_id bigint references unit
);

create table person (
  id            bigint generated always as identity primary key,
  login         text not null,
  name          text not null check (name <> ''),
  kind          text not null default 'person' check (kind in ('person', 'device')),
  department_id bigint references department,
  title         text,
  phone         text,
  email         text,
  disabled_at   timestamptz
);
create unique index person_login on person (lower(login));

-- What a person is, where, and between which days (both included; no end: until further notice).
create table role_grant (
  id            bigint generated always as identity primary key,
  person_id     bigint not null references person,
  role          text not null check (role in ('leader', 'dispatcher', 'unit_manager', 'park_manager', 'department',
                  'helper', 'inspector', 'auditor', 'security', 'administrator', 'device')),
  scope         text not null check (scope in ('city', 'unit', 'park', 'department', 'own')),
  unit_id       bigint references unit,
  park_id       bigint references park,
  department_id bigint references department,
  valid_from    date not null,
  valid_to      date check (valid_to >= valid_from),
  check ((scope = 'unit') = (unit_id is not null)),
  check ((scope = 'park') = (park_id is not null)),
  check ((scope = 'department') = (department_id is not null))
);
create index role_grant_person on role_grant (person_id);

-- Between two days a deputy holds what another person holds, in addition to the own.
create table deputy (
  id            bigint generated always as identity primary key,
  person_id     bigint not null references person,
  for_person_id bigint not null references person check (for_person_id <> person_id),
  valid_from    date not null,
  valid_to      date not null check (valid_to >= valid_from)
);
create index deputy_person on deputy (person_id);

-- The people of a project: its own projects are those that a person stands in here for.
create table project_person (
  id         bigint generated always as identity primary key,
  project_id bigint not null references project on delete cascade,
  person_id  bigint not null references person,
  duty       text not null check (duty in ('owner', 'helper', 'contact', 'inspector')),
  unique (project_id, person_id, duty)
);
create index project_person_person on project_person (person_id);

create function app_sees_all() returns boolean language sql stable as $$
  select coalesce(current_setting('onemap.scope', true), '') = 'all'
$$;
-- Ids of one kind that the request may see: units, parks, departments, projects; and persons: who asks.
create function app_scope(kind text) returns bigint[] language sql stable as $$
  select coalesce(nullif(current_setting('onemap.' || kind, true), ''), '{}')::bigint[]
$$;

-- History tells who by number too, and from which address; a change names the version that it made
-- (none for a deletion) and the program of the writer.
alter table change add column actor_id bigint, add column version timestamptz,
  add column actor_address text, add column actor_agent text;
do $$
declare
  name text;
begin
  foreach name in array array['unit', 'park', 'project', 'plan', 'milestone', 'investment', 'report'] loop
    execute format('alter table %I add column actor_id bigint, add column actor_address text', name || '_history');
  end loop;
end $$;

-- Changes from before: the nth change of a row made its nth version.
do $$
declare
  fact text;
begin
  for fact in select distinct noun from change loop
    execute format(
      'update change c set version = v.since
         from (select id, row_id, row_number() over (partition by row_id order by id) as nth
                 from change where noun = %L and op <> ''delete'') w
         join (select id, lower(during) as since,
                      row_number() over (partition by id order by lower(during)) as nth from %I) v
           on v.id = w.row_id and v.nth = w.nth
        where c.id = w.id', fact, fact || '_history');
  end loop;
end $$;

-- As before (0001), with who, from where and the version made; runs as the owner, since nobody else
-- writes history.
create or replace function record_history() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  history text := tg_table_name || '_history';
  at      timestamptz := app_now();
  person  bigint := nullif(current_setting('onemap.person', true), '')::bigint;
  address text := nullif(current_setting('onemap.address', true), '');
  agent   text := nullif(current_setting('onemap.agent', true), '');
  reason  text := current_setting('onemap.reason', true);
  columns text;
  version text;
begin
  -- A statement that touches no row has its triggers run too.
  if tg_op = 'DELETE' then
    if not exists (select from old_row) then return null; end if;
  elsif not exists (select from new_row) then return null;
  end if;
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns
    from pg_attribute where attrelid = tg_relid and attnum > 0 and not attisdropped;
  -- A version lasts at least a microsecond: two writers may hold clocks that differ by less
  -- than their transactions overlap, and an empty range would hide the row.
  if tg_op <> 'INSERT' then
    execute format(
      'update %I h set during = tstzrange(lower(h.during), greatest($1, lower(h.during) + interval ''1 microsecond''))
         from old_row o where h.id = o.id and upper_inf(h.during)', history) using at;
  end if;
  version := case tg_op
    when 'INSERT' then '$1'
    when 'UPDATE' then format(
      '(select max(upper(h.during)) from %I h where h.id = r.id and not upper_inf(h.during))', history)
    else 'null::timestamptz' end;
  execute format(
    'with made as materialized (select r.*, %s as made_version from %I r)%s
     insert into change (at, noun, row_id, op, project_id, unit_id, park_id, actor, reason, actor_id,
                         version, actor_address, actor_agent)
       select $1, $6, r.id, $7, %s, coalesce(%s, p.unit_id), coalesce(%s, p.park_id), $2, coalesce($3, ''''), $4,
              r.made_version, $5, $8
         from made r left join project p on p.id = %s',
    version,
    case when tg_op = 'DELETE' then 'old_row' else 'new_row' end,
    case when tg_op = 'DELETE' then '' else format(
      ', kept as (insert into %I (%s, during, actor, reason, actor_id, actor_address)
           select %s, tstzrange(r.made_version, null), $2, $3, $4, $5 from made r)', history, columns, columns) end,
    tg_argv[0], tg_argv[1], tg_argv[2], tg_argv[0])
    using at, app_actor(), reason, person, address, tg_table_name, lower(tg_op), agent;
  -- Whoever answers for the place that a project leaves is told too.
  if tg_table_name = 'project' and tg_op = 'UPDATE' then
    execute
      'insert into change (at, noun, row_id, op, project_id, unit_id, park_id, actor, reason, actor_id,
                           actor_address, actor_agent)
         select $1, ''project'', o.id, ''update'', o.id, o.unit_id, o.park_id, $2, $3, $4, $5, $6
           from old_row o join new_row n on n.id = o.id
          where (o.unit_id, o.park_id) is distinct from (n.unit_id, n.park_id)'
      using at, app_actor(), coalesce(reason, ''), person, address, agent;
  end if;
  return null;
end $$;

-- What was is not rewritten, by nobody.
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  -- The loading of a city that was cut short begins anew, before anything was served (api/db/seed/load.ts).
  if tg_op = 'TRUNCATE' and not exists (select from audit) then
    return null;
  end if;
  -- The end of a version is written by record_history() alone, a trigger itself.
  if tg_op = 'UPDATE' and tg_table_name like '%\_history' and pg_trigger_depth() > 1 then
    return null;
  end if;
  raise exception 'AUDIT_KEPT: rows of % are not changed or taken away', tg_table_name;
end $$;

create procedure guard_history(history text) language plpgsql as $$
begin
  execute format('create trigger history_kept before update or delete or truncate on %I
                    for each statement execute function refuse_rewriting()', history);
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['unit', 'park', 'project', 'plan', 'milestone', 'investment', 'report'] loop
    call guard_history(name || '_history');
  end loop;
end $$;

create or replace procedure keep_history(fact regclass, project text, unit text, park text) language plpgsql as $$
declare
  name text := fact::text;
begin
  execute format('create table %I (like %s)', name || '_history', name);
  execute format(
    'alter table %I add column during tstzrange not null, add column actor text not null, add column reason text,
       add column actor_id bigint, add column actor_address text', name || '_history');
  execute format('create index on %I (id, lower(during))', name || '_history');
  execute format(
    'create trigger history_insert after insert on %s referencing new table as new_row for each statement execute function record_history(%L, %L, %L)',
    name, project, unit, park);
  execute format(
    'create trigger history_update after update on %s referencing old table as old_row new table as new_row for each statement execute function record_history(%L, %L, %L)',
    name, project, unit, park);
  execute format(
    'create trigger history_delete after delete on %s referencing old table as old_row for each statement execute function record_history(%L, %L, %L)',
    name, project, unit, park);
  call guard_history(name || '_history');
end $$;

-- Cuts a fact table and its history to the rows for which `visible` holds (an expression over the
-- table's columns); requests may write such rows. Subqueries are in parentheses of their own, so that
-- they are run once and not for every row.
create procedure scope_rows(fact regclass, visible text) language plpgsql as $$
declare
  name text := fact::text;
begin
  execute format('alter table %s enable row level security', name);
  execute format('create policy scope on %s using ((select app_sees_all()) or %s)', name, visible);
  execute format('grant select, insert, update, delete on %s to onemap_scoped', name);
  execute format('alter table %I enable row level security', name || '_history');
  execute format('create policy scope on %I for select using ((select app_sees_all()) or %s)', name || '_history', visible);
  execute format('grant select on %I to onemap_scoped', name || '_history');
end $$;

call scope_rows('project', $$unit_id = any((select app_scope('units'))::bigint[])
  or park_id = any((select app_scope('parks'))::bigint[]) or id = any((select app_scope('projects'))::bigint[])$$);
call scope_rows('park', $$unit_id = any((select app_scope('units'))::bigint[])
  or id = any((select app_scope('parks'))::bigint[]) or id in (select park_id from project)$$);
call scope_rows('plan', 'project_id in (select id from project)');
call scope_rows('milestone', 'project_id in (select id from project)');
call scope_rows('investment', 'project_id in (select id from project)');
call scope_rows('report', 'project_id in (select id from project)');
-- A project moved elsewhere takes its past with it.
alter policy scope on project_history using ((select app_sees_all()) or id in (select id from project));

alter table change enable row level security;
create policy scope on change for select using ((select app_sees_all())
  or case when project_id is not null then project_id in (select id from project)
          when park_id is not null then park_id in (select id from park) else true end);

-- The names of places, offices and colleagues are no secret among those who sign in.
grant select on unit, unit_history, department, person, role_grant, deputy, project_person, setting, change, migration
  to onemap_scoped;

call keep_history('department', 'null::bigint', 'r.unit_id', 'null::bigint');
call keep_history('person', 'null::bigint', 'null::bigint', 'null::bigint');
call keep_history('role_grant', 'null::bigint', 'r.unit_id', 'r.park_id');
call keep_history('deputy', 'null::bigint', 'null::bigint', 'null::bigint');
call keep_history('project_person', 'r.project_id', 'null::bigint', 'null::bigint');

-- The projects in an area that the request may see. PostGIS's && is not leakproof: under a policy the
-- index would not be used, so this runs as the owner and applies the scope itself.
create function project_in_area(area geometry) returns setof bigint language sql stable
security definer set search_path = public, pg_temp as $$
  select id from project
   where location && area and st_intersects(location, area)
     and (app_sees_all() or unit_id = any(app_scope('units')) or park_id = any(app_scope('parks'))
          or id = any(app_scope('projects')))
$$;
