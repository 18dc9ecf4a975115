-- What the migrations add up to, for reading and for review: not run by anything.
-- After a new migration: REGEN=1 npm test -- --only server api/schema

domain date_precision as text CHECK ((VALUE = ANY (ARRAY['day'::text, 'month'::text, 'quarter'::text, 'year'::text])))
domain provenance as text CHECK ((VALUE = ANY (ARRAY['published'::text, 'synthetic'::text, 'reported'::text])))
domain wan as numeric(14,2) CHECK (((VALUE >= ('-99999999999'::bigint)::numeric) AND (VALUE <= ('99999999999'::bigint)::numeric)))

table change
  actor text not null
  at timestamp with time zone not null
  id bigint not null generated always as identity
  noun text not null
  op text not null
  park_id bigint
  project_id bigint
  reason text not null
  row_id bigint not null
  seq bigint
  unit_id bigint
  CHECK ((op = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text])))
  PRIMARY KEY (id)
  UNIQUE (seq)
  CREATE INDEX change_of_project ON change USING btree (project_id, at)
  CREATE INDEX change_of_row ON change USING btree (noun, row_id)
  CREATE INDEX change_unpublished ON change USING btree (id) WHERE (seq IS NULL)

table import_run
  actor text not null default app_actor()
  at timestamp with time zone not null default app_now()
  changed integer not null
  created integer not null
  file_name text not null
  id bigint not null generated always as identity
  noun text not null
  refused integer not null
  sha256 text not null
  unchanged integer not null
  PRIMARY KEY (id)

table investment
  actual_wan wan
  fund_source text not null default 'total'::text
  id bigint not null generated always as identity
  month date not null
  planned_wan wan
  project_id bigint not null
  provenance provenance not null default 'reported'::text
  CHECK (((planned_wan)::numeric >= (0)::numeric))
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (project_id, month, fund_source)
  CREATE INDEX investment_month ON investment USING btree (month)
  CREATE TRIGGER history_delete AFTER DELETE ON investment REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON investment REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON investment REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table investment_history
  actor text not null
  actual_wan wan
  during tstzrange not null
  fund_source text not null
  id bigint not null
  month date not null
  planned_wan wan
  project_id bigint not null
  provenance provenance not null
  reason text
  CREATE INDEX investment_history_id_lower_idx ON investment_history USING btree (id, lower(during))
  CREATE INDEX investment_history_of_project ON investment_history USING btree (project_id)

table migration
  applied_at timestamp with time zone not null default now()
  name text not null
  sha256 text not null
  PRIMARY KEY (name)

table milestone
  actual_date date
  actual_precision date_precision
  cause text
  forecast_date date
  id bigint not null generated always as identity
  kind text not null
  name text not null
  original_date date
  original_precision date_precision
  project_id bigint not null
  provenance provenance not null default 'reported'::text
  revised_date date
  revised_precision date_precision
  source_date text
  source_title text
  CHECK (((actual_date IS NULL) = (actual_precision IS NULL)))
  CHECK (((original_date IS NULL) = (original_precision IS NULL)))
  CHECK (((revised_date IS NULL) = (revised_precision IS NULL)))
  CHECK ((kind = ANY (ARRAY['signing'::text, 'preliminary'::text, 'permit'::text, 'start'::text, 'construction'::text, 'structure'::text, 'finish'::text, 'production'::text])))
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (project_id, kind)
  CREATE TRIGGER history_delete AFTER DELETE ON milestone REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON milestone REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON milestone REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table milestone_history
  actor text not null
  actual_date date
  actual_precision date_precision
  cause text
  during tstzrange not null
  forecast_date date
  id bigint not null
  kind text not null
  name text not null
  original_date date
  original_precision date_precision
  project_id bigint not null
  provenance provenance not null
  reason text
  revised_date date
  revised_precision date_precision
  source_date text
  source_title text
  CREATE INDEX milestone_history_id_lower_idx ON milestone_history USING btree (id, lower(during))
  CREATE INDEX milestone_history_of_project ON milestone_history USING btree (project_id)

table park
  boundary geometry(MultiPolygon,4326)
  boundary_quality text not null default 'approximate'::text
  code text not null
  id bigint not null generated always as identity
  label_point geometry(Point,4326)
  name text not null
  provenance provenance not null default 'reported'::text
  source_date text
  source_title text
  unit_id bigint not null
  CHECK ((boundary_quality = ANY (ARRAY['approximate'::text, 'surveyed'::text])))
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE (code)
  UNIQUE (unit_id, name)
  CREATE INDEX park_boundary ON park USING gist (boundary)
  CREATE TRIGGER history_delete AFTER DELETE ON park REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.id')
  CREATE TRIGGER history_insert AFTER INSERT ON park REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.id')
  CREATE TRIGGER history_update AFTER UPDATE ON park REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.id')

table park_history
  actor text not null
  boundary geometry(MultiPolygon,4326)
  boundary_quality text not null
  code text not null
  during tstzrange not null
  id bigint not null
  label_point geometry(Point,4326)
  name text not null
  provenance provenance not null
  reason text
  source_date text
  source_title text
  unit_id bigint not null
  CREATE INDEX park_history_id_lower_idx ON park_history USING btree (id, lower(during))

table plan
  added_on date
  annual_wan wan not null
  change_reason text
  collective_start text
  id bigint not null generated always as identity
  kind text not null
  project_id bigint not null
  provenance provenance not null default 'reported'::text
  removed_on date
  year integer not null
  CHECK (((annual_wan)::numeric >= (0)::numeric))
  CHECK (((year >= 1990) AND (year <= 2100)))
  CHECK ((kind = ANY (ARRAY['construction'::text, 'preliminary'::text])))
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (project_id, year)
  CREATE INDEX plan_year ON plan USING btree (year)
  CREATE TRIGGER history_delete AFTER DELETE ON plan REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON plan REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON plan REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table plan_history
  actor text not null
  added_on date
  annual_wan wan not null
  change_reason text
  collective_start text
  during tstzrange not null
  id bigint not null
  kind text not null
  project_id bigint not null
  provenance provenance not null
  reason text
  removed_on date
  year integer not null
  CREATE INDEX plan_history_id_lower_idx ON plan_history USING btree (id, lower(during))
  CREATE INDEX plan_history_of_project ON plan_history USING btree (project_id)

table project
  address_text text
  area_mu numeric(12,2)
  category text not null
  code text not null
  contact_leader text
  id bigint not null generated always as identity
  industry text
  lead_department text
  location geometry(Point,4326)
  name text not null
  note text
  owner_enterprise text
  parent_id bigint
  park_id bigint
  position_crs text
  position_quality text not null default 'none'::text
  provenance provenance not null default 'reported'::text
  search_text text not null default ''::text
  service_officer text
  service_phone text
  side_state text
  source_date text
  source_title text
  total_wan wan
  unit_id bigint not null
  CHECK (((location IS NULL) = (position_quality = 'none'::text)))
  CHECK (((total_wan)::numeric >= (0)::numeric))
  CHECK ((area_mu >= (0)::numeric))
  CHECK ((category = ANY (ARRAY['industry'::text, 'infrastructure'::text, 'livelihood'::text, 'ecology'::text])))
  CHECK ((position_quality = ANY (ARRAY['surveyed'::text, 'site'::text, 'park'::text, 'town'::text, 'unit'::text, 'none'::text])))
  CHECK ((side_state = ANY (ARRAY['suspended'::text, 'removed'::text, 'terminated'::text])))
  FOREIGN KEY (parent_id) REFERENCES project(id)
  FOREIGN KEY (park_id) REFERENCES park(id)
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE (code)
  CREATE INDEX project_location ON project USING gist (location)
  CREATE INDEX project_name ON project USING btree (name, unit_id)
  CREATE INDEX project_parent ON project USING btree (parent_id)
  CREATE INDEX project_park ON project USING btree (park_id)
  CREATE INDEX project_unit ON project USING btree (unit_id)
  CREATE TRIGGER history_delete AFTER DELETE ON project REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.id', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_insert AFTER INSERT ON project REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.id', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_update AFTER UPDATE ON project REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.id', 'r.unit_id', 'r.park_id')

table project_history
  actor text not null
  address_text text
  area_mu numeric(12,2)
  category text not null
  code text not null
  contact_leader text
  during tstzrange not null
  id bigint not null
  industry text
  lead_department text
  location geometry(Point,4326)
  name text not null
  note text
  owner_enterprise text
  parent_id bigint
  park_id bigint
  position_crs text
  position_quality text not null
  provenance provenance not null
  reason text
  search_text text not null
  service_officer text
  service_phone text
  side_state text
  source_date text
  source_title text
  total_wan wan
  unit_id bigint not null
  CREATE INDEX project_history_id_lower_idx ON project_history USING btree (id, lower(during))

table report
  cause text
  filed_at timestamp with time zone
  id bigint not null generated always as identity
  in_statistics boolean
  key uuid not null default gen_random_uuid()
  month date not null
  next_step text
  percent numeric(5,2)
  problem text
  progress_text text
  project_id bigint not null
  provenance provenance not null default 'reported'::text
  reported_at timestamp with time zone not null
  reporter text
  review_note text
  reviewed_at timestamp with time zone
  reviewer text
  status text not null default 'submitted'::text
  CHECK (((percent >= (0)::numeric) AND (percent <= (100)::numeric)))
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text, 'verified'::text, 'returned'::text])))
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (key)
  UNIQUE (project_id, month)
  CREATE INDEX report_latest ON report USING btree (project_id, month DESC)
  CREATE TRIGGER history_delete AFTER DELETE ON report REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON report REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON report REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table report_history
  actor text not null
  cause text
  during tstzrange not null
  filed_at timestamp with time zone
  id bigint not null
  in_statistics boolean
  key uuid not null
  month date not null
  next_step text
  percent numeric(5,2)
  problem text
  progress_text text
  project_id bigint not null
  provenance provenance not null
  reason text
  reported_at timestamp with time zone not null
  reporter text
  review_note text
  reviewed_at timestamp with time zone
  reviewer text
  status text not null
  CREATE INDEX report_history_id_lower_idx ON report_history USING btree (id, lower(during))
  CREATE INDEX report_history_of_project ON report_history USING btree (project_id)

table setting
  key text not null
  value jsonb not null
  PRIMARY KEY (key)

table unit
  boundary geometry(MultiPolygon,4326)
  code text not null
  id bigint not null generated always as identity
  label_point geometry(Point,4326)
  level text not null
  name text not null
  ordinal integer not null default 0
  parent_id bigint
  provenance provenance not null default 'reported'::text
  reports boolean not null default false
  short_name text not null
  source_date text
  source_title text
  CHECK ((level = ANY (ARRAY['province'::text, 'city'::text, 'unit'::text])))
  FOREIGN KEY (parent_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE (code)
  CREATE INDEX unit_boundary ON unit USING gist (boundary)
  CREATE UNIQUE INDEX unit_place ON unit USING btree (name, level, COALESCE(parent_id, (0)::bigint))
  CREATE TRIGGER history_delete AFTER DELETE ON unit REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.id', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON unit REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.id', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON unit REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.id', 'null::bigint')

table unit_history
  actor text not null
  boundary geometry(MultiPolygon,4326)
  code text not null
  during tstzrange not null
  id bigint not null
  label_point geometry(Point,4326)
  level text not null
  name text not null
  ordinal integer not null
  parent_id bigint
  provenance provenance not null
  reason text
  reports boolean not null
  short_name text not null
  source_date text
  source_title text
  CREATE INDEX unit_history_id_lower_idx ON unit_history USING btree (id, lower(during))

function app_actor()
function app_now()
function publish_change()
function record_history()
procedure keep_history(IN fact regclass, IN project text, IN unit text, IN park text)
