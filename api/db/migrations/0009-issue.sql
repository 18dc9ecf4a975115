-- What holds a project or an enterprise back, from the day it is heard of until the one who raised it
-- says that it is solved. States and clocks are rules of api/issue; the database keeps what they made.
create table cause (
  id      bigint generated always as identity primary key,
  code    text not null unique,
  name    text not null unique,
  -- Code of the wider cause that this one is a kind of.
  parent  text references cause (code),
  active  boolean not null default true,
  ordinal integer not null default 0
);
call keep_history('cause', 'null::bigint', 'null::bigint', 'null::bigint');
grant select, insert, update on cause to onemap_scoped;

create table issue (
  id            bigint generated always as identity primary key,
  key           uuid not null unique,
  -- Of a project, or of a place, or of an enterprise alone. A project's place is the project's own.
  project_id    bigint references project,
  unit_id       bigint references unit,
  park_id       bigint references park,
  enterprise    text,
  title         text not null check (title <> ''),
  description   text not null default '',
  cause         text references cause (code),
  severity      text not null default 'normal' check (severity in ('normal', 'urgent')),
  channel       text not null check (channel in ('report', 'inspection', 'meeting', 'enterprise', 'message')),
  -- Which meeting, visit or group it comes from; a report by its number.
  source_text   text,
  report_id     bigint references report on delete set null,
  -- Who raised it: a person here, or somebody outside whose word that person wrote down.
  raiser_id     bigint references person,
  raiser_name   text,
  raiser_phone  text,
  sensitive     boolean not null default false,
  location      geometry(Point, 4326),
  state         text not null check (state in ('collected', 'screened', 'assigned', 'accepted', 'in_hand', 'done',
                'verified', 'confirmed', 'archived', 'escalated', 'long_term', 'not_accepted', 'merged')),
  -- Who answers for it, and whose court the ball is in: theirs, or another's by the state.
  lead_department_id bigint references department,
  lead_unit_id  bigint references unit,
  lead_person_id bigint references person,
  body_id       bigint,
  holder        text not null check (holder in ('manager', 'lead', 'raiser', 'body', 'none')),
  held_since    timestamptz not null,
  -- Never changes, however often the issue is reopened.
  received_at   timestamptz not null,
  assigned_at   timestamptz,
  accepted_at   timestamptz,
  contacted_at  timestamptz,
  done_at       timestamptz,
  verified_at   timestamptz,
  confirmed_at  timestamptz,
  closed_at     timestamptz,
  done_by_id    bigint references person,
  -- The promise that runs now; null while none does. first_due is what was promised at first.
  due_at        timestamptz,
  contact_due   timestamptz,
  first_due     timestamptz,
  finish_due    timestamptz check (finish_due >= first_due),
  paused_at     timestamptz,
  -- Asked for and not yet answered: more working days, or a stop of the clock.
  ask           text check (ask in ('extension', 'pause')),
  ask_days      integer,
  returned      integer not null default 0 check (returned between 0 and 1),
  extended      integer not null default 0,
  reopened      integer not null default 0,
  escalated     integer not null default 0,
  rating        integer check (rating between 1 and 5),
  merged_into_id bigint references issue check (merged_into_id <> id),
  -- Number of the last step that changed anything: a step that has seen another one is refused.
  version       integer not null default 0,
  provenance    provenance not null default 'reported',
  check (project_id is null or (unit_id is null and park_id is null)),
  check (raiser_id is not null or raiser_name is not null),
  check ((state = 'merged') = (merged_into_id is not null)),
  check ((holder = 'none') = (state in ('archived', 'not_accepted', 'merged'))),
  check (state not in ('verified', 'confirmed', 'archived') or verified_at is not null),
  check (state not in ('confirmed', 'archived') or confirmed_at is not null)
);
create index issue_due on issue (coalesce(due_at, timestamptz 'infinity'), id);
create index issue_project on issue (project_id);
create index issue_unit on issue (unit_id);
create index issue_park on issue (park_id);
create index issue_lead_department on issue (lead_department_id);
create index issue_lead_unit on issue (lead_unit_id);
create index issue_lead_person on issue (lead_person_id);
create index issue_raiser on issue (raiser_id);
create index issue_received on issue (received_at);
create index issue_merged on issue (merged_into_id);
call keep_history('issue', 'r.project_id', 'r.unit_id', 'r.park_id');

-- Who holds or raised an issue sees it, wherever it lies; a sensitive one is seen by nobody else.
call scope_rows('issue', $$(not sensitive and (project_id in (select id from project)
    or unit_id = any((select app_scope('units'))::bigint[]) or park_id = any((select app_scope('parks'))::bigint[])))
  or lead_department_id = any((select app_scope('departments'))::bigint[])
  or lead_unit_id = any((select app_scope('units'))::bigint[])
  or lead_person_id = (select nullif(current_setting('onemap.person', true), '')::bigint)
  or raiser_id = (select nullif(current_setting('onemap.person', true), '')::bigint)$$);

-- One row for each thing done, in order; only ever added to. The holder is the one from here on, so
-- that the time until the next step is that holder's.
create table issue_step (
  id            bigint generated always as identity primary key,
  key           uuid not null unique,
  issue_id      bigint not null references issue,
  action        text not null,
  at            timestamptz not null default app_now(),
  by_id         bigint references person,
  by_name       text not null default app_actor(),
  note          text,
  evidence      text,
  days          integer,
  rating        integer,
  state         text not null,
  holder        text not null,
  department_id bigint references department,
  unit_id       bigint references unit,
  person_id     bigint references person,
  body_id       bigint,
  due_at        timestamptz
);
create index issue_step_issue on issue_step (issue_id, id);
alter table issue_step enable row level security;
create policy scope on issue_step using ((select app_sees_all())
  or exists (select from issue i where i.id = issue_step.issue_id));
grant select, insert on issue_step to onemap_scoped;
