-- What is being written and not yet sent is no report: it has a table of its own, without history and
-- without news, so that no list, figure or stream can show it. One draft a project and month, as there
-- is one report: whoever may file it goes on with it.
create table report_draft (
  id         bigint generated always as identity primary key,
  project_id bigint not null references project on delete cascade,
  month      date not null check (extract(day from month) = 1),
  -- As typed, by field; `key` is that of the report to be.
  fields     jsonb not null,
  -- Who wrote in it last; a program has no number.
  person_id  bigint references person,
  saved_by   text not null,
  saved_at   timestamptz not null,
  unique (project_id, month)
);
alter table report_draft enable row level security;
create policy scope on report_draft using ((select app_sees_all()) or project_id in (select id from project));
grant select, insert, update, delete on report_draft to onemap_scoped;

alter table report drop constraint report_status_check;
alter table report add constraint report_status_check check (status in ('submitted', 'verified', 'returned'));

-- reporter_id: who is told what became of it. correction_note: why a month's money is below zero.
-- doubts: what was unusual, with its figures and the answer (null: none was given).
alter table report
  add column reporter_id bigint references person, add column correction_note text,
  add column doubts jsonb not null default '[]';
alter table report_history
  add column reporter_id bigint, add column correction_note text,
  add column doubts jsonb not null default '[]';
alter table report alter column reported_at set default app_now();
