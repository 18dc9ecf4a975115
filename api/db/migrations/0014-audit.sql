-- The record of what was done: every change and every event, chained by hash (api/audit). It is written
-- after the commits, by one at a time, so that no writer waits for another.

-- Which version a change made, from where and with what. None for a deletion.
alter table change add column version timestamptz, add column actor_address text, add column actor_agent text;

-- Changes from before: the nth change of a row made its nth version.
do $$
declare
  fact text;
begin
  for fact in select distinct noun from change loop
    execute format(
      'update change c set version = v.since, actor_address = v.actor_address
         from (select id, row_id, row_number() over (partition by row_id order by id) as nth
                 from change where noun = %L and op <> ''delete'') w
         join (select id, lower(during) as since, actor_address,
                      row_number() over (partition by id order by lower(during)) as nth from %I) v
           on v.id = w.row_id and v.nth = w.nth
        where c.id = w.id', fact, fact || '_history');
  end loop;
end $$;

-- As before (0007); the change names the version that it made, the address and the program of the writer.
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

create procedure guard_history(history text) language plpgsql as $$
begin
  execute format('create trigger history_kept before update or delete or truncate on %I
                    for each statement execute function refuse_rewriting()', history);
end $$;

do $$
declare
  history text;
begin
  for history in select c.relname from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'during'
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname like '%\_history' loop
    call guard_history(history);
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
