-- The nouns of the map. Every position is EPSG:4326 (CGCS2000 and WGS 84 agree to centimetres),
-- every amount is 万元, every month is its first day. A date known only to the month or the year
-- is stored as the last day of that period, with its precision beside it: a plan "by May" is kept
-- until 31 May, a fact "in May" is not shown before the period is over.
create domain wan as numeric(14, 2) check (value between -99999999999 and 99999999999);
create domain date_precision as text check (value in ('day', 'month', 'quarter', 'year'));
create domain provenance as text check (value in ('published', 'synthetic', 'reported'));

create table unit (
  id           bigint generated always as identity primary key,
  code         text not null unique,
  name         text not null unique,
  short_name   text not null,
  level        text not null check (level in ('province', 'city', 'unit')),
  parent_id    bigint references unit,
  reports      boolean not null default false,
  ordinal      integer not null default 0,
  boundary     geometry(MultiPolygon, 4326),
  label_point  geometry(Point, 4326),
  provenance   provenance not null default 'reported',
  source_title text,
  source_date  text
);
create index unit_boundary on unit using gist (boundary);

create table park (
  id               bigint generated always as identity primary key,
  code             text not null unique,
  name             text not null unique,
  unit_id          bigint not null references unit,
  boundary         geometry(MultiPolygon, 4326),
  boundary_quality text not null default 'approximate' check (boundary_quality in ('approximate', 'surveyed')),
  label_point      geometry(Point, 4326),
  provenance       provenance not null default 'reported',
  source_title     text,
  source_date      text
);
create index park_boundary on park using gist (boundary);

create table project (
  id               bigint generated always as identity primary key,
  code             text not null unique,
  name             text not null,
  search_text      text not null default '',
  unit_id          bigint not null references unit,
  park_id          bigint references park,
  parent_id        bigint references project,
  category         text not null check (category in ('industry', 'infrastructure', 'livelihood', 'ecology')),
  industry         text,
  side_state       text check (side_state in ('suspended', 'removed', 'terminated')),
  total_wan        wan check (total_wan >= 0),
  area_mu          numeric(12, 2) check (area_mu >= 0),
  address_text     text,
  owner_enterprise text,
  lead_department  text,
  contact_leader   text,
  service_officer  text,
  service_phone    text,
  location         geometry(Point, 4326),
  position_quality text not null default 'none'
    check (position_quality in ('surveyed', 'site', 'park', 'town', 'unit', 'none')),
  position_crs     text,
  provenance       provenance not null default 'reported',
  source_title     text,
  source_date      text,
  note             text,
  check ((location is null) = (position_quality = 'none'))
);
create index project_location on project using gist (location);
create index project_unit on project (unit_id);
create index project_park on project (park_id);
create index project_parent on project (parent_id);
create index project_name on project (name, unit_id);

create table plan (
  id               bigint generated always as identity primary key,
  project_id       bigint not null references project on delete cascade,
  year             integer not null check (year between 1990 and 2100),
  kind             text not null check (kind in ('construction', 'preliminary')),
  annual_wan       wan not null check (annual_wan >= 0),
  collective_start text,
  added_on         date,
  removed_on       date,
  change_reason    text,
  provenance       provenance not null default 'reported',
  unique (project_id, year)
);
create index plan_year on plan (year);

create table milestone (
  id                 bigint generated always as identity primary key,
  project_id         bigint not null references project on delete cascade,
  kind               text not null check (kind in
    ('signing', 'preliminary', 'permit', 'start', 'construction', 'structure', 'finish', 'production')),
  name               text not null,
  original_date      date,
  original_precision date_precision,
  revised_date       date,
  revised_precision  date_precision,
  forecast_date      date,
  actual_date        date,
  actual_precision   date_precision,
  cause              text,
  provenance         provenance not null default 'reported',
  source_title       text,
  source_date        text,
  unique (project_id, kind),
  check ((original_date is null) = (original_precision is null)),
  check ((revised_date is null) = (revised_precision is null)),
  check ((actual_date is null) = (actual_precision is null))
);

create table investment (
  id          bigint generated always as identity primary key,
  project_id  bigint not null references project on delete cascade,
  month       date not null check (extract(day from month) = 1),
  fund_source text not null default 'total',
  planned_wan wan check (planned_wan >= 0),
  actual_wan  wan,
  provenance  provenance not null default 'reported',
  unique (project_id, month, fund_source)
);
create index investment_month on investment (month);

create table report (
  id            bigint generated always as identity primary key,
  key           uuid not null unique default gen_random_uuid(),
  project_id    bigint not null references project on delete cascade,
  month         date not null check (extract(day from month) = 1),
  status        text not null default 'submitted' check (status in ('draft', 'submitted', 'verified', 'returned')),
  percent       numeric(5, 2) check (percent between 0 and 100),
  progress_text text,
  problem       text,
  cause         text,
  next_step     text,
  in_statistics boolean,
  reporter      text,
  reported_at   timestamptz not null,
  provenance    provenance not null default 'reported',
  unique (project_id, month)
);
create index report_latest on report (project_id, month desc);

call keep_history('unit', 'null::bigint', 'r.id', 'null::bigint');
call keep_history('park', 'null::bigint', 'r.unit_id', 'r.id');
call keep_history('project', 'r.id', 'r.unit_id', 'r.park_id');
call keep_history('plan', 'r.project_id', 'null::bigint', 'null::bigint');
call keep_history('milestone', 'r.project_id', 'null::bigint', 'null::bigint');
call keep_history('investment', 'r.project_id', 'null::bigint', 'null::bigint');
call keep_history('report', 'r.project_id', 'null::bigint', 'null::bigint');

-- One row per file that was imported, for "where does this row come from" and "the same file twice".
create table import_run (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default app_now(),
  actor      text not null default app_actor(),
  noun       text not null,
  file_name  text not null,
  sha256     text not null,
  created    integer not null,
  changed    integer not null,
  unchanged  integer not null,
  refused    integer not null
);
