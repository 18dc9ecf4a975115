-- The coordination ladder, and orders that climb it while nobody answers for them. How many bodies
-- there are, and what they are called, is data.
create table body (
  id                bigint generated always as identity primary key,
  code              text not null unique,
  name              text not null unique check (name <> ''),
  -- 1 decides last; a body's parent has a smaller level, so no chain of parents comes back.
  level             integer not null check (level between 1 and 9),
  parent_id         bigint references body,
  chair_id          bigint references person,
  -- Matters of this unit enter here; null: a body of the whole city.
  unit_id           bigint references unit,
  cadence           text,
  may_close         boolean not null default false,
  may_extend        boolean not null default false,
  may_escalate      boolean not null default false,
  escalate_after_wd integer not null default 5 check (escalate_after_wd between 1 and 250)
);

create table body_member (
  id            bigint generated always as identity primary key,
  body_id       bigint not null references body on delete cascade,
  person_id     bigint references person,
  department_id bigint references department,
  check (num_nonnulls(person_id, department_id) = 1),
  unique nulls not distinct (body_id, person_id, department_id)
);

create table dispatch (
  id        bigint generated always as identity primary key,
  -- Made by the sender's page: a repeat is the same order.
  key       uuid not null unique,
  number    text not null unique,
  year      integer not null,
  serial    integer not null,
  title     text not null check (title <> ''),
  demand    text not null check (demand <> ''),
  origin    text not null check (origin in ('selection', 'hotspot', 'filter', 'meeting', 'issue')),
  area      geometry(Geometry, 4326),
  priority  text not null check (priority in ('ordinary', 'urgent', 'critical')),
  due_on    date not null,
  sender_id bigint not null references person,
  sent_at   timestamptz not null,
  state     text not null default 'open' check (state in ('open', 'closed', 'recalled')),
  ended_at  timestamptz,
  unique (year, serial),
  check ((state = 'open') = (ended_at is null))
);
create index dispatch_sender on dispatch (sender_id);

create table dispatch_task (
  id              bigint generated always as identity primary key,
  dispatch_id     bigint not null references dispatch on delete cascade,
  person_id       bigint references person,
  department_id   bigint references department,
  unit_id         bigint references unit,
  park_id         bigint references park,
  state           text not null default 'sent'
    check (state in ('sent', 'acknowledged', 'in_progress', 'answered', 'checked', 'recalled')),
  -- An approved extension moves due_on, never what was first asked for.
  first_due_on    date not null,
  due_on          date not null,
  asked_due_on    date check (asked_due_on > due_on),
  acknowledged_at timestamptz,
  answered_at     timestamptz,
  ended_at        timestamptz,
  -- The last warning given, with the day that it was about: before/2023-06-05.
  warned          text,
  check (num_nonnulls(person_id, department_id, unit_id, park_id) = 1),
  check (due_on >= first_due_on),
  check ((state in ('checked', 'recalled')) = (ended_at is not null)),
  unique nulls not distinct (dispatch_id, person_id, department_id, unit_id, park_id)
);
create index dispatch_task_open on dispatch_task (due_on) where ended_at is null;

create table dispatch_task_project (
  id         bigint generated always as identity primary key,
  task_id    bigint not null references dispatch_task on delete cascade,
  project_id bigint not null references project on delete cascade,
  unique (task_id, project_id)
);
create index dispatch_task_project_project on dispatch_task_project (project_id);

-- The issues that an order is about, beside projects.
create table dispatch_issue (
  id          bigint generated always as identity primary key,
  dispatch_id bigint not null references dispatch on delete cascade,
  issue_id    bigint not null references issue,
  unique (dispatch_id, issue_id)
);
create index dispatch_issue_issue on dispatch_issue (issue_id);

-- What was done to a task, in order; written once.
create table dispatch_step (
  id      bigint generated always as identity primary key,
  -- Made by the page that takes the step; null where the program did.
  key     uuid unique,
  task_id bigint not null references dispatch_task on delete cascade,
  action  text not null,
  state   text not null,
  by_id   bigint references person,
  by_name text not null,
  at      timestamptz not null,
  note    text,
  links   jsonb not null default '[]',
  due_on  date
);
create index dispatch_step_task on dispatch_step (task_id);

-- Where on the ladder a task stands, one row for each body that has had it.
create table dispatch_task_body (
  id         bigint generated always as identity primary key,
  task_id    bigint not null references dispatch_task on delete cascade,
  body_id    bigint not null references body,
  entered_on date not null,
  -- The day on which it goes on unresolved; null at the top, where it stays.
  next_on    date,
  left_on    date,
  -- When those at the top were told that it stays with them.
  told_on    date,
  unique (task_id, body_id)
);
create unique index dispatch_task_body_current on dispatch_task_body (task_id) where left_on is null;
create index dispatch_task_body_body on dispatch_task_body (body_id) where left_on is null;

-- The tasks that the request may see: sent by the asker, owned by the asker or by a place or office
-- answered for, of a project that is seen, or before a body that the asker sits on. Runs as the
-- owner: the policies of order and task would ask each other without end.
create function dispatch_task_visible() returns setof bigint language sql stable
security definer set search_path = public, pg_temp as $$
  select t.id from dispatch_task t join dispatch d on d.id = t.dispatch_id
   where nullif(current_setting('onemap.person', true), '')::bigint in (d.sender_id, t.person_id)
      or t.department_id = any(app_scope('departments'))
      or t.unit_id = any(app_scope('units')) or t.park_id = any(app_scope('parks'))
  union
  select tp.task_id from dispatch_task_project tp join project p on p.id = tp.project_id
   where p.unit_id = any(app_scope('units')) or p.park_id = any(app_scope('parks'))
      or p.id = any(app_scope('projects'))
  union
  select i.task_id from dispatch_task_body i join body b on b.id = i.body_id
   where i.left_on is null
     and (b.chair_id = nullif(current_setting('onemap.person', true), '')::bigint or exists (
           select from body_member m where m.body_id = b.id
              and (m.person_id = nullif(current_setting('onemap.person', true), '')::bigint or m.department_id = any(app_scope('departments')))))
$$;

create function dispatch_sent() returns setof bigint language sql stable
security definer set search_path = public, pg_temp as $$
  select id from dispatch where sender_id = nullif(current_setting('onemap.person', true), '')::bigint
$$;

-- The states of all tasks of an order, for its own: who takes the last step may not see the others.
create function dispatch_task_states(dispatch bigint) returns setof text language sql stable
security definer set search_path = public, pg_temp as $$
  select state from dispatch_task where dispatch_id = $1
$$;

-- Whether anything stands or stood before a body, whoever may see it.
create function body_is_used(body bigint) returns boolean language sql stable
security definer set search_path = public, pg_temp as $$
  select exists (select from dispatch_task_body where body_id = $1)
      or exists (select from issue where body_id = $1) or exists (select from issue_step where body_id = $1)
$$;

-- The next number of a year, counted over all orders; holds back others that ask until the end of
-- the transaction, so that no number is left out or given twice.
create function next_dispatch_serial(year integer) returns integer language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(727010);
  return (select coalesce(max(d.serial), 0) + 1 from dispatch d where d.year = $1);
end $$;

-- Names of bodies and their members are no secret among those who sign in.
call keep_history('body', 'null::bigint', 'r.unit_id', 'null::bigint');
call keep_history('body_member', 'null::bigint', 'null::bigint', 'null::bigint');
grant select, insert, update, delete on body, body_member to onemap_scoped;
grant select on body_history, body_member_history to onemap_scoped;

call keep_history('dispatch', 'null::bigint', 'null::bigint', 'null::bigint');
call keep_history('dispatch_task', 'null::bigint', 'r.unit_id', 'r.park_id');
call keep_history('dispatch_task_project', 'r.project_id', 'null::bigint', 'null::bigint');
call keep_history('dispatch_issue', 'null::bigint', 'null::bigint', 'null::bigint');
call keep_history('dispatch_step', 'null::bigint', 'null::bigint', 'null::bigint');
call keep_history('dispatch_task_body', 'null::bigint', 'null::bigint', 'null::bigint');
call scope_rows('dispatch', $$sender_id = nullif(current_setting('onemap.person', true), '')::bigint or id in (select dispatch_id from dispatch_task)$$);
call scope_rows('dispatch_task', $$id in (select dispatch_task_visible()) or dispatch_id in (select dispatch_sent())$$);
call scope_rows('dispatch_task_project',
  'task_id in (select id from dispatch_task) and project_id in (select id from project)');
call scope_rows('dispatch_issue',
  'dispatch_id in (select id from dispatch) and issue_id in (select id from issue)');
call scope_rows('dispatch_step', 'task_id in (select id from dispatch_task)');
call scope_rows('dispatch_task_body', 'task_id in (select id from dispatch_task)');

alter table issue add foreign key (body_id) references body;
