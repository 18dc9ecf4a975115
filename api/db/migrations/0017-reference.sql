-- Finished projects of past years that are no longer in the project library: what forecasts are drawn
-- from beside the library's own. One row for each project and year of its works, as yearly ledgers
-- have them; they are on no list and on no map, and no sum counts them.
create table reference (
  id             bigint generated always as identity primary key,
  code           text not null,
  name           text not null,
  category       text not null check (category in ('industry', 'infrastructure', 'livelihood', 'ecology')),
  total_wan      wan not null check (total_wan > 0),
  planned_start  date not null,
  planned_finish date not null check (planned_finish > planned_start),
  actual_start   date not null,
  actual_finish  date not null check (actual_finish > actual_start),
  year           integer not null check (year between 1990 and 2100),
  -- 万元 of January to December: the year's approved plan, and what was done.
  planned_wan    numeric(14, 2)[] not null check (cardinality(planned_wan) = 12),
  actual_wan     numeric(14, 2)[] not null check (cardinality(actual_wan) = 12),
  provenance     provenance not null default 'reported',
  source_title   text,
  source_date    text,
  unique (code, year)
);
call keep_history('reference', 'null::bigint', 'null::bigint', 'null::bigint');
-- Works that are over are no secret among those who sign in; only the importer of the whole city writes.
grant select on reference, reference_history to onemap_scoped;
