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

-- Bytes that are being sent in; the file lies in the data folder under its id until it is claimed.
create table photo_upload (
  id         text primary key,
  person_id  bigint not null references person,
  size_bytes bigint not null,
  begun_at   timestamptz not null default app_now()
);
create index photo_upload_begun on photo_upload (begun_at);
alter table photo_upload enable row level security;
create policy owner on photo_upload
  using (person_id = (select nullif(current_setting('onemap.person', true), '')::bigint));
grant select, insert, delete on photo_upload to onemap_scoped;

-- A photo or file that shows something: of a report, an issue, a milestone or a project.
create table photo (
  id          bigint generated always as identity primary key,
  key         uuid not null unique,
  kind        text not null check (kind in ('photo', 'file')),
  noun        text not null check (noun in ('report', 'issue', 'milestone', 'project')),
  -- Null while its report is still to be filed: report_key is the key that it will be filed under.
  row_id      bigint,
  report_key  uuid,
  project_id  bigint references project on delete cascade,
  name        text not null check (name <> ''),
  -- By content, never by name; of what is kept.
  type        text not null,
  -- Of the bytes as they came in: the sender's receipt.
  sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Of the bytes as they are kept: the name of the file. The same content is one file.
  kept_sha256 text not null check (kept_sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes  bigint not null,
  width       integer,
  height      integer,
  -- When and where it was taken, by the sending page or by the image itself.
  taken_at    timestamptz,
  location    geometry(Point, 4326),
  accuracy_m  double precision,
  position_by text check (position_by in ('page', 'image')),
  sender_id   bigint references person,
  sender      text not null,
  sent_at     timestamptz not null default app_now(),
  check (row_id is not null or (noun = 'report' and report_key is not null)),
  check (noun = 'issue' or project_id is not null),
  check ((location is null) = (position_by is null)),
  check ((kind = 'photo') = (width is not null and height is not null))
);
create index photo_of_row on photo (noun, row_id);
create index photo_of_project on photo (project_id);
create index photo_to_be_filed on photo (report_key) where row_id is null;
create index photo_sha256 on photo (sha256);
create index photo_kept on photo (kept_sha256);
call keep_history('photo', 'r.project_id', 'null::bigint', 'null::bigint');
call scope_rows('photo', $$case noun when 'issue' then row_id in (select id from issue)
  else project_id in (select id from project) end$$);

-- On how many other projects the same image stands, whoever may see them.
create function photo_elsewhere(sent text, kept text, project bigint) returns integer language sql stable
security definer set search_path = public, pg_temp as $$
  select count(distinct project_id)::integer from photo
   where kind = 'photo' and (sha256 = sent or kept_sha256 = kept) and project_id <> project
$$;
