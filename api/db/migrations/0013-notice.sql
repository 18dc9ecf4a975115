-- What people are told (notice), what of it goes out by mail and to group robots (delivery), and when
-- the jobs of the schedule have run. A notice is written in the transaction of what it tells of.

-- A change that concerns one person alone: nobody else hears of it, whatever they may see.
alter table change add column person_id bigint;
create function app_person() returns bigint language sql stable as $$
  select nullif(current_setting('onemap.person', true), '')::bigint
$$;
alter policy scope on change using ((person_id is null or person_id = (select app_person()))
  and ((select app_sees_all())
    or case when project_id is not null then project_id in (select id from project)
            when park_id is not null then park_id in (select id from park) else true end));

-- The same key is one notice, for ever: whoever tells it again, and after whatever crash.
create table notice (
  id            bigint generated always as identity primary key,
  key           text not null unique,
  person_id     bigint not null references person,
  -- Whose deputy is told; the notice is that person's own otherwise.
  for_person_id bigint references person,
  kind          text not null,
  title         text not null check (title <> ''),
  text          text not null,
  link          text not null check (link ~ '^/($|[^/\\])'),
  noun          text not null,
  row_id        bigint not null,
  at            timestamptz not null,
  read_at       timestamptz
);
create index notice_of_person on notice (person_id, (read_at is null) desc, id desc);

-- Only the addressee, those who see the whole city included. Requests read and mark as read; they
-- write through tell_persons alone.
alter table notice enable row level security;
create policy addressee on notice using (person_id = (select app_person()));
grant select on notice to onemap_scoped;
grant update (read_at) on notice to onemap_scoped;

-- What a person wants of one kind outside the page; without a row the usual channels hold.
create table notice_preference (
  person_id bigint not null references person,
  kind      text not null,
  email     boolean not null,
  webhook   boolean not null,
  primary key (person_id, kind)
);
alter table notice_preference enable row level security;
create policy owner on notice_preference using (person_id = (select app_person()));
grant select, insert, update on notice_preference to onemap_scoped;

-- A group's robot, kept by administrators alone. It hears of the rows of its unit or park, of the whole city without either, and of
-- the kinds named (a JSON array; null: all).
create table notice_webhook (
  id      bigint generated always as identity primary key,
  name    text not null unique check (name <> ''),
  kinds   jsonb check (jsonb_typeof(kinds) = 'array'),
  unit_id bigint references unit,
  park_id bigint references park check (park_id is null or unit_id is null),
  active  boolean not null default true
);
grant select on notice_webhook to onemap_scoped;
call keep_history('notice_webhook', 'null::bigint', 'r.unit_id', 'r.park_id');

-- The address of a robot holds its key, so it is a secret too. No history, and no request reads it.
create table notice_webhook_secret (
  webhook_id  bigint primary key references notice_webhook,
  url         text not null,
  secret      text not null,
  -- The robot has said that it was asked too often.
  quiet_until timestamptz
);

-- One message to the outside. `next_at` is when it is due, and while it is being sent, when another
-- server may take it over; `attempts` tells the two apart.
create table delivery (
  id         bigint generated always as identity primary key,
  notice_id  bigint not null references notice,
  channel    text not null check (channel in ('email', 'webhook')),
  webhook_id bigint references notice_webhook check ((channel = 'webhook') = (webhook_id is not null)),
  -- What the receiver knows a repeat by. A robot is told the same words once, however many people
  -- they are for.
  token      text not null,
  state      text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dead')),
  attempts   integer not null default 0,
  created_at timestamptz not null,
  next_at    timestamptz not null,
  tried_at   timestamptz,
  sent_at    timestamptz,
  last_error text
);
create unique index delivery_email on delivery (notice_id) where channel = 'email';
create unique index delivery_webhook on delivery (webhook_id, token) where channel = 'webhook';
create index delivery_due on delivery (next_at) where state in ('waiting', 'failed');
create index delivery_pace on delivery (webhook_id, tried_at) where channel = 'webhook';

-- Writes notices, with those for the deputies of today, and what goes out of each; returns how many
-- are new. `usual` says of each kind which channels hold for people who have chosen nothing; setting
-- notice_channel overrules it. Runs as the owner: the writer may not see the addressee's notices.
create function tell_persons(notices jsonb, usual jsonb) returns integer language plpgsql volatile
security definer set search_path = public, pg_temp as $$
declare
  today    date := (app_now() at time zone 'Asia/Shanghai')::date;
  channels jsonb := usual || coalesce((select value from setting where setting.key = 'notice_channel'), '{}');
  mail     boolean := exists (select from setting where setting.key = 'notice_mail' and value = 'true');
  told     integer;
begin
  with given as (
    select n.key, n."personId" as person_id, null::bigint as for_person_id, n.kind, n.title, n.text, n.link, n.noun, n."rowId" as row_id
      from jsonb_to_recordset(notices) as n(
        key text, "personId" bigint, kind text, title text, text text, link text, noun text, "rowId" bigint)
  ), addressed as (
    select * from given
    union all
    select g.key || '/' || d.person_id, d.person_id, d.for_person_id, g.kind, g.title, g.text, g.link, g.noun, g.row_id
      from given g join deputy d on d.for_person_id = g.person_id and today between d.valid_from and d.valid_to
  ), fresh as (
    insert into notice (key, person_id, for_person_id, kind, title, text, link, noun, row_id, at)
    select a.key, a.person_id, a.for_person_id, a.kind, a.title, a.text, a.link, a.noun, a.row_id, app_now()
      from addressed a join person p on p.id = a.person_id and p.kind = 'person' and p.disabled_at is null
    on conflict (key) do nothing
    returning *
  ), wanted as (
    select f.*, p.email as address, coalesce(c.email, (channels -> f.kind ->> 'email')::boolean, false) as by_email,
           coalesce(c.webhook, (channels -> f.kind ->> 'webhook')::boolean, false) as by_webhook
      from fresh f join person p on p.id = f.person_id
      left join notice_preference c on c.person_id = f.person_id and c.kind = f.kind
  ), mailed as (
    insert into delivery (notice_id, channel, token, created_at, next_at)
    select id, 'email', encode(sha256(convert_to('email|' || key, 'UTF8')), 'hex'), at, at
      from wanted where mail and by_email and address is not null
  ), posted as (
    insert into delivery (notice_id, channel, webhook_id, token, created_at, next_at)
    select w.id, 'webhook', h.id,
           encode(sha256(convert_to(concat_ws('|', 'webhook', h.id, w.kind, w.noun, w.row_id, today, w.title, w.text), 'UTF8')), 'hex'),
           w.at, w.at
      from wanted w
      left join lateral (select c.unit_id, c.park_id from change c
                          where c.noun = w.noun and c.row_id = w.row_id order by c.id desc limit 1) place on true
      join notice_webhook h on h.active and (h.kinds is null or h.kinds ? w.kind)
       and (num_nonnulls(h.unit_id, h.park_id) = 0 or h.unit_id = place.unit_id or h.park_id = place.park_id)
     where w.by_webhook and w.for_person_id is null
    on conflict do nothing
  )
  select count(*)::integer into told from fresh;
  return told;
end $$;

-- The addressee's pages hear of it, and nobody else's.
create function tell_of_notice() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  insert into change (at, noun, row_id, op, actor, reason, actor_id, person_id)
    select app_now(), 'notice', r.id, lower(tg_op), app_actor(), '', app_person(), r.person_id from new_row r;
  return null;
end $$;
create trigger notice_insert after insert on notice referencing new table as new_row
  for each statement execute function tell_of_notice();
create trigger notice_update after update on notice referencing new table as new_row
  for each statement execute function tell_of_notice();

-- One row for each job of the schedule. While `leased_until` lies ahead a server is running it.
create table schedule_run (
  job          text primary key,
  holder       text,
  leased_until timestamptz,
  started_at   timestamptz,
  success_at   timestamptz,
  failure_at   timestamptz,
  -- In a row, since the last success.
  failures     integer not null default 0,
  last_error   text
);
