-- Several steps of one kind in a project (the permits of 前期): a step has a code, none means that it
-- is the kind's own, as files and lights know it.
alter table milestone
  add column code text check (code ~ '^[a-z][a-z0-9_]{0,39}$' and code <> kind),
  add column ordinal integer not null default 0,
  -- Working days that the step may take, and who answers for it: a department's name, `unit` or `enterprise`.
  add column limit_days integer check (limit_days between 0 and 2000),
  add column party text check (party <> ''),
  add column critical boolean not null default false,
  -- What an actual date rests on (number of a document), and who of the dispatch office has seen it.
  add column evidence text check (evidence <> ''),
  add column verified_by text,
  add column verified_by_id bigint references person,
  add column verified_at timestamptz,
  drop constraint milestone_project_id_kind_key,
  add constraint milestone_step unique nulls not distinct (project_id, kind, code),
  add constraint milestone_verified check ((verified_at is null) = (verified_by is null)
    and (verified_at is null or actual_date is not null));
alter table milestone_history
  add column code text, add column ordinal integer not null default 0, add column limit_days integer,
  add column party text, add column critical boolean not null default false, add column evidence text,
  add column verified_by text, add column verified_by_id bigint, add column verified_at timestamptz;

-- An original date is set once and stays, whoever writes. The one way round it is a correction of what
-- was entered wrongly: its transaction names the milestone in onemap.correct_original and gives a reason.
create function keep_original() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  correcting boolean := coalesce(current_setting('onemap.correct_original', true), '') = old.id::text
    and coalesce(current_setting('onemap.reason', true), '') <> '';
begin
  if tg_op = 'DELETE' then
    -- A project that is deleted takes its milestones along.
    if old.original_date is not null and exists (select from project where id = old.project_id) then
      raise exception 'ORIGINAL_FIXED: milestone % has its original date and cannot be deleted', old.id using errcode = '23514';
    end if;
    return old;
  end if;
  if old.original_date is not null and not correcting
     and (old.original_date, old.original_precision, old.project_id, old.kind, coalesce(old.code, ''))
         is distinct from (new.original_date, new.original_precision, new.project_id, new.kind, coalesce(new.code, '')) then
    raise exception 'ORIGINAL_FIXED: the original date of milestone % is % and stays', old.id, old.original_date using errcode = '23514';
  end if;
  -- Another date, or another paper for it, has been seen by nobody.
  if (old.actual_date, old.evidence) is distinct from (new.actual_date, new.evidence)
     and new.verified_at is not distinct from old.verified_at then
    new.verified_at := null; new.verified_by := null; new.verified_by_id := null;
  end if;
  return new;
end $$;
create trigger keep_original before update or delete on milestone for each row execute function keep_original();

-- The lifecycle as data: steps with limits and what they wait for. A version is never changed.
create table milestone_template (
  id       bigint generated always as identity primary key,
  code     text not null check (code ~ '^[a-z][a-z0-9_-]{0,39}$'),
  version  integer not null check (version > 0),
  name     text not null check (name <> ''),
  -- Projects that it is offered for first; none: for all.
  category text check (category in ('industry', 'infrastructure', 'livelihood', 'ecology')),
  steps    jsonb not null check (jsonb_typeof(steps) = 'array'),
  unique (code, version)
);
call keep_history('milestone_template', 'null::bigint', 'null::bigint', 'null::bigint');
grant select, insert on milestone_template to onemap_scoped;
grant select on milestone_template_history to onemap_scoped;

-- A proposed plan on its way to the original dates.
create table milestone_plan (
  id               bigint generated always as identity primary key,
  key              uuid not null unique,
  project_id       bigint not null references project on delete cascade,
  template         text not null,
  template_version integer not null,
  start_on         date not null,
  -- Counts the changes of its content: who decides names the one that was looked at.
  edition          integer not null default 1,
  state            text not null check (state in ('draft', 'submitted', 'approved', 'refused', 'dropped')),
  steps            jsonb not null,
  proposer         text not null,
  proposer_id      bigint references person,
  proposed_at      timestamptz not null default app_now(),
  submitted_at     timestamptz,
  approver         text,
  approver_id      bigint references person,
  decided_at       timestamptz,
  note             text,
  foreign key (template, template_version) references milestone_template (code, version),
  check ((state in ('approved', 'refused')) = (decided_at is not null)),
  check ((decided_at is null) = (approver is null)),
  check (state <> 'refused' or note <> '')
);
create unique index milestone_plan_open on milestone_plan (project_id) where state in ('draft', 'submitted');
create index milestone_plan_project on milestone_plan (project_id);

-- A re-baseline: a proposal until somebody else decides. It holds both dates for ever.
create table milestone_revision (
  id             bigint generated always as identity primary key,
  key            uuid not null unique,
  project_id     bigint not null references project on delete cascade,
  milestone_id   bigint not null references milestone on delete cascade,
  from_date      date not null,
  from_precision date_precision not null,
  to_date        date not null check (to_date <> from_date),
  cause_code     text not null check (cause_code <> ''),
  text           text not null check (text <> ''),
  state          text not null check (state in ('proposed', 'approved', 'refused')),
  proposer       text not null,
  proposer_id    bigint references person,
  proposed_at    timestamptz not null default app_now(),
  approver       text,
  approver_id    bigint references person check (approver_id <> proposer_id),
  decided_at     timestamptz,
  note           text,
  check ((state = 'proposed') = (decided_at is null)),
  check ((decided_at is null) = (approver is null)),
  check (state <> 'refused' or note <> '')
);
create unique index milestone_revision_open on milestone_revision (milestone_id) where state = 'proposed';
create index milestone_revision_project on milestone_revision (project_id);
create index milestone_revision_waiting on milestone_revision (proposed_at) where state = 'proposed';

call keep_history('milestone_plan', 'r.project_id', 'null::bigint', 'null::bigint');
call keep_history('milestone_revision', 'r.project_id', 'null::bigint', 'null::bigint');
create index milestone_plan_history_of_project on milestone_plan_history (project_id);
create index milestone_revision_history_of_project on milestone_revision_history (project_id);
call scope_rows('milestone_plan', 'project_id in (select id from project)');
call scope_rows('milestone_revision', 'project_id in (select id from project)');

-- Lateness as everywhere: a date known to the month may have been its first day.
create function first_day(day date, "precision" text) returns date language sql immutable as $$
  select case "precision" when 'day' then day else date_trunc("precision", day)::date end
$$;
