-- The door of every write: clock, actor and reason are settings local to the transaction,
-- and one trigger function keeps the past of every fact table.
create extension if not exists postgis;

-- The time as the application knows it (ARCHITECTURE: injected clock). Raises outside the door,
-- so that no write can take the wall clock by accident.
create function app_now() returns timestamptz language plpgsql stable as $$
declare
  value text := current_setting('onemap.now', true);
begin
  if value is null or value = '' then
    raise exception 'CLOCK_NOT_SET: fact tables are written through transact(), which sets onemap.now';
  end if;
  return value::timestamptz;
end $$;

create function app_actor() returns text language plpgsql stable as $$
declare
  value text := current_setting('onemap.actor', true);
begin
  if value is null or value = '' then
    raise exception 'ACTOR_NOT_SET: fact tables are written through transact(), which sets onemap.actor';
  end if;
  return value;
end $$;

-- What happened, one row per changed fact. seq is the order of commit, given after it by
-- publish_change(): ids are handed out before the commit and would let a reader skip rows.
create table change (
  id         bigint generated always as identity primary key,
  seq        bigint unique,
  at         timestamptz not null,
  noun       text        not null,
  row_id     bigint      not null,
  op         text        not null check (op in ('insert', 'update', 'delete')),
  unit_id    bigint,
  park_id    bigint,
  project_id bigint,
  actor      text        not null,
  reason     text        not null
);
create index change_unpublished on change (id) where seq is null;
create index change_of_row on change (noun, row_id);

-- Gives every committed and not yet numbered change its place in the order of commit, gapless.
-- One publisher at a time holds the lock until its own commit, so whoever reads seq = n
-- has already been able to read every seq below n.
create function publish_change() returns integer language plpgsql volatile as $$
declare
  base      bigint;
  published integer;
begin
  perform pg_advisory_xact_lock(727001);
  select coalesce(max(seq), 0) into base from change;
  update change c set seq = base + w.n
    from (select id, row_number() over (order by id) as n from change where seq is null) w
   where c.id = w.id;
  get diagnostics published = row_count;
  return published;
end $$;

-- Keeps every version of a row, the present one included (its range is open above).
-- Arguments: SQL expressions over the row r for project, unit and park of the change row.
create function record_history() returns trigger language plpgsql as $$
declare
  history text := tg_table_name || '_history';
  at      timestamptz := app_now();
  columns text;
  source  text := case when tg_op = 'DELETE' then 'old_row' else 'new_row' end;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns
    from pg_attribute where attrelid = tg_relid and attnum > 0 and not attisdropped;
  -- A version lasts at least a microsecond: two writers may hold clocks that differ by less
  -- than their transactions overlap, and an empty range would hide the row.
  if tg_op <> 'INSERT' then
    execute format(
      'update %I h set during = tstzrange(lower(h.during), greatest($1, lower(h.during) + interval ''1 microsecond''))
         from old_row o where h.id = o.id and upper_inf(h.during)', history) using at;
  end if;
  if tg_op = 'INSERT' then
    execute format(
      'insert into %I (%s, during, actor, reason)
         select %s, tstzrange($1, null), $2, $3 from new_row', history, columns, columns)
      using at, app_actor(), current_setting('onemap.reason', true);
  elsif tg_op = 'UPDATE' then
    execute format(
      'insert into %I (%s, during, actor, reason)
         select %s, tstzrange((select max(upper(h.during)) from %I h where h.id = r.id and not upper_inf(h.during)), null), $1, $2
           from new_row r', history, columns,
      (select string_agg('r.' || quote_ident(attname), ', ' order by attnum)
         from pg_attribute where attrelid = tg_relid and attnum > 0 and not attisdropped), history)
      using app_actor(), current_setting('onemap.reason', true);
  end if;
  execute format(
    'insert into change (at, noun, row_id, op, project_id, unit_id, park_id, actor, reason)
       select $1, $2, r.id, $3, %s, coalesce(%s, p.unit_id), coalesce(%s, p.park_id), $4, $5
         from %I r left join project p on p.id = %s',
    tg_argv[0], tg_argv[1], tg_argv[2], source, tg_argv[0])
    using at, tg_table_name, lower(tg_op), app_actor(), coalesce(current_setting('onemap.reason', true), '');
  return null;
end $$;

-- Attaches history to a fact table: the table of versions and the three triggers.
create procedure keep_history(fact regclass, project text, unit text, park text) language plpgsql as $$
declare
  name text := fact::text;
begin
  execute format('create table %I (like %s)', name || '_history', name);
  execute format(
    'alter table %I add column during tstzrange not null, add column actor text not null, add column reason text', name || '_history');
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
end $$;

-- Facts about the installation itself: the city, its clock, its pack.
create table setting (
  key   text primary key,
  value jsonb not null
);
