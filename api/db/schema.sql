-- What the migrations add up to, for reading and for review: not run by anything.
-- After a new migration: REGEN=1 npm test -- --only server api/schema

domain date_precision as text CHECK ((VALUE = ANY (ARRAY['day'::text, 'month'::text, 'quarter'::text, 'year'::text])))
domain provenance as text CHECK ((VALUE = ANY (ARRAY['published'::text, 'synthetic'::text, 'reported'::text])))
domain wan as numeric(14,2) CHECK (((VALUE >= ('-99999999999'::bigint)::numeric) AND (VALUE <= ('99999999999'::bigint)::numeric)))

table audit
  actor text not null
  address text
  agent text
  algorithm text not null
  at timestamp with time zone not null
  change_seq bigint
  content text
  detail jsonb
  hash text not null
  kind text not null
  n bigint not null
  noun text
  op text
  park_id bigint
  person_id bigint
  project_id bigint
  reason text
  row_id bigint
  unit_id bigint
  version timestamp with time zone
  CHECK ((algorithm = ANY (ARRAY['sha256'::text, 'sm3'::text])))
  CHECK ((n > 0))
  PRIMARY KEY (n)
  UNIQUE (change_seq)
  CREATE INDEX audit_at ON audit USING btree (at)
  CREATE INDEX audit_of_kind ON audit USING btree (kind, n)
  CREATE INDEX audit_of_person ON audit USING btree (person_id, n)
  CREATE INDEX audit_of_project ON audit USING btree (project_id, n)
  CREATE INDEX audit_of_row ON audit USING btree (noun, row_id, version)
  CREATE TRIGGER audit_kept BEFORE UPDATE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()
  CREATE TRIGGER audit_old BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_early_deletion()

table audit_event
  actor text not null
  address text
  agent text
  at timestamp with time zone not null
  detail jsonb
  id bigint not null generated always as identity
  kind text not null
  noun text
  person_id bigint
  reason text
  row_id bigint
  CHECK ((kind ~ '^[a-z_]+$'::text))
  PRIMARY KEY (id)

table auth_account
  access_token text
  access_token_expires_at timestamp with time zone
  account_id text not null
  created_at timestamp with time zone not null
  id bigint not null generated always as identity
  id_token text
  issuer text
  password text
  password_at timestamp with time zone
  provider_id text not null
  refresh_token text
  refresh_token_expires_at timestamp with time zone
  scope text
  updated_at timestamp with time zone not null
  user_id bigint not null
  FOREIGN KEY (user_id) REFERENCES auth_user(id)
  PRIMARY KEY (id)
  UNIQUE (provider_id, account_id)
  CREATE INDEX auth_account_user ON auth_account USING btree (user_id)

table auth_password
  at timestamp with time zone not null
  hash text not null
  id bigint not null generated always as identity
  user_id bigint not null
  FOREIGN KEY (user_id) REFERENCES auth_user(id)
  PRIMARY KEY (id)
  CREATE INDEX auth_password_user ON auth_password USING btree (user_id, at)

table auth_secret
  only_one boolean not null default true
  secret text not null
  CHECK (only_one)
  PRIMARY KEY (only_one)

table auth_session
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  id bigint not null generated always as identity
  ip_address text
  token text not null
  updated_at timestamp with time zone not null
  user_agent text
  user_id bigint not null
  view_as bigint
  FOREIGN KEY (user_id) REFERENCES auth_user(id)
  FOREIGN KEY (view_as) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (token)
  CREATE INDEX auth_session_expires ON auth_session USING btree (expires_at)
  CREATE INDEX auth_session_user ON auth_session USING btree (user_id)

table auth_two_factor
  backup_codes text not null
  failed_verification_count integer not null default 0
  id bigint not null generated always as identity
  locked_until timestamp with time zone
  secret text not null
  used_at timestamp with time zone
  used_code text
  user_id bigint not null
  verified boolean not null default false
  FOREIGN KEY (user_id) REFERENCES auth_user(id)
  PRIMARY KEY (id)
  UNIQUE (user_id)

table auth_user
  before_at timestamp with time zone
  before_from text
  created_at timestamp with time zone not null
  email text not null default (('person-'::text || id) || '@onemap.invalid'::text)
  email_verified boolean not null default true
  id bigint not null
  image text
  name text not null default ''::text
  signed_in_at timestamp with time zone
  signed_in_from text
  two_factor_enabled boolean not null default false
  updated_at timestamp with time zone not null
  FOREIGN KEY (id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (email)

table auth_verification
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  id bigint not null generated always as identity
  identifier text not null
  updated_at timestamp with time zone not null
  value text not null
  PRIMARY KEY (id)
  CREATE INDEX auth_verification_identifier ON auth_verification USING btree (identifier)

table body
  cadence text
  chair_id bigint
  code text not null
  escalate_after_wd integer not null default 5
  id bigint not null generated always as identity
  level integer not null
  may_close boolean not null default false
  may_escalate boolean not null default false
  may_extend boolean not null default false
  name text not null
  parent_id bigint
  unit_id bigint
  CHECK (((escalate_after_wd >= 1) AND (escalate_after_wd <= 250)))
  CHECK (((level >= 1) AND (level <= 9)))
  CHECK ((name <> ''::text))
  FOREIGN KEY (chair_id) REFERENCES person(id)
  FOREIGN KEY (parent_id) REFERENCES body(id)
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE (code)
  UNIQUE (name)
  CREATE TRIGGER history_delete AFTER DELETE ON body REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON body REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON body REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'null::bigint')

table body_history
  actor text not null
  actor_address text
  actor_id bigint
  cadence text
  chair_id bigint
  code text not null
  during tstzrange not null
  escalate_after_wd integer not null
  id bigint not null
  level integer not null
  may_close boolean not null
  may_escalate boolean not null
  may_extend boolean not null
  name text not null
  parent_id bigint
  reason text
  unit_id bigint
  CREATE INDEX body_history_id_lower_idx ON body_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON body_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table body_member
  body_id bigint not null
  department_id bigint
  id bigint not null generated always as identity
  person_id bigint
  CHECK ((num_nonnulls(person_id, department_id) = 1))
  FOREIGN KEY (body_id) REFERENCES body(id) ON DELETE CASCADE
  FOREIGN KEY (department_id) REFERENCES department(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE NULLS NOT DISTINCT (body_id, person_id, department_id)
  CREATE TRIGGER history_delete AFTER DELETE ON body_member REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON body_member REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON body_member REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table body_member_history
  actor text not null
  actor_address text
  actor_id bigint
  body_id bigint not null
  department_id bigint
  during tstzrange not null
  id bigint not null
  person_id bigint
  reason text
  CREATE INDEX body_member_history_id_lower_idx ON body_member_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON body_member_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table cause
  active boolean not null default true
  code text not null
  id bigint not null generated always as identity
  name text not null
  ordinal integer not null default 0
  parent text
  FOREIGN KEY (parent) REFERENCES cause(code)
  PRIMARY KEY (id)
  UNIQUE (code)
  UNIQUE (name)
  CREATE TRIGGER history_delete AFTER DELETE ON cause REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON cause REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON cause REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table cause_history
  active boolean not null
  actor text not null
  actor_address text
  actor_id bigint
  code text not null
  during tstzrange not null
  id bigint not null
  name text not null
  ordinal integer not null
  parent text
  reason text
  CREATE INDEX cause_history_id_lower_idx ON cause_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON cause_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table change
  actor text not null
  actor_address text
  actor_agent text
  actor_id bigint
  at timestamp with time zone not null
  id bigint not null generated always as identity
  noun text not null
  op text not null
  park_id bigint
  person_id bigint
  project_id bigint
  reason text not null
  row_id bigint not null
  seq bigint
  unit_id bigint
  version timestamp with time zone
  CHECK ((op = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text])))
  PRIMARY KEY (id)
  UNIQUE (seq)
  CREATE INDEX change_of_project ON change USING btree (project_id, at)
  CREATE INDEX change_of_row ON change USING btree (noun, row_id)
  CREATE INDEX change_unpublished ON change USING btree (id) WHERE (seq IS NULL)
  CREATE TRIGGER change_kept BEFORE UPDATE OF id, at, noun, row_id, op, unit_id, park_id, project_id, actor, reason, actor_id, person_id, version, actor_address, actor_agent OR TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()
  CREATE TRIGGER change_numbered BEFORE UPDATE OF seq ON change FOR EACH ROW WHEN ((old.seq IS NOT NULL)) EXECUTE FUNCTION refuse_rewriting()
  CREATE TRIGGER change_old BEFORE DELETE ON change FOR EACH ROW EXECUTE FUNCTION refuse_early_deletion()

table delivery
  attempts integer not null default 0
  channel text not null
  created_at timestamp with time zone not null
  id bigint not null generated always as identity
  last_error text
  next_at timestamp with time zone not null
  notice_id bigint not null
  sent_at timestamp with time zone
  state text not null default 'waiting'::text
  token text not null
  tried_at timestamp with time zone
  webhook_id bigint
  CHECK (((channel = 'webhook'::text) = (webhook_id IS NOT NULL)))
  CHECK ((channel = ANY (ARRAY['email'::text, 'webhook'::text])))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'dead'::text])))
  FOREIGN KEY (notice_id) REFERENCES notice(id)
  FOREIGN KEY (webhook_id) REFERENCES notice_webhook(id)
  PRIMARY KEY (id)
  CREATE INDEX delivery_due ON delivery USING btree (next_at) WHERE (state = ANY (ARRAY['waiting'::text, 'failed'::text]))
  CREATE INDEX delivery_pace ON delivery USING btree (webhook_id, tried_at) WHERE (channel = 'webhook'::text)
  CREATE UNIQUE INDEX delivery_email ON delivery USING btree (notice_id) WHERE (channel = 'email'::text)
  CREATE UNIQUE INDEX delivery_webhook ON delivery USING btree (webhook_id, token) WHERE (channel = 'webhook'::text)

table department
  code text not null
  id bigint not null generated always as identity
  name text not null
  unit_id bigint
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE (code)
  UNIQUE (name)
  CREATE TRIGGER history_delete AFTER DELETE ON department REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON department REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON department REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'null::bigint')

table department_history
  actor text not null
  actor_address text
  actor_id bigint
  code text not null
  during tstzrange not null
  id bigint not null
  name text not null
  reason text
  unit_id bigint
  CREATE INDEX department_history_id_lower_idx ON department_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON department_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table deputy
  for_person_id bigint not null
  id bigint not null generated always as identity
  person_id bigint not null
  valid_from date not null
  valid_to date not null
  CHECK ((for_person_id <> person_id))
  CHECK ((valid_to >= valid_from))
  FOREIGN KEY (for_person_id) REFERENCES person(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  CREATE INDEX deputy_person ON deputy USING btree (person_id)
  CREATE TRIGGER history_delete AFTER DELETE ON deputy REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON deputy REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON deputy REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table deputy_history
  actor text not null
  actor_address text
  actor_id bigint
  during tstzrange not null
  for_person_id bigint not null
  id bigint not null
  person_id bigint not null
  reason text
  valid_from date not null
  valid_to date not null
  CREATE INDEX deputy_history_id_lower_idx ON deputy_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON deputy_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table device
  address text
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  last_seen_at timestamp with time zone
  page_version text
  person_id bigint not null
  revoked_at timestamp with time zone
  screen_height integer
  screen_width integer
  token text not null
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (person_id)
  UNIQUE (token)

table device_pairing
  code text not null
  expires_at timestamp with time zone not null
  person_id bigint
  secret text not null
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (secret)
  UNIQUE (code)

table dispatch
  area geometry(Geometry,4326)
  demand text not null
  due_on date not null
  ended_at timestamp with time zone
  id bigint not null generated always as identity
  key uuid not null
  number text not null
  origin text not null
  priority text not null
  sender_id bigint not null
  sent_at timestamp with time zone not null
  serial integer not null
  state text not null default 'open'::text
  title text not null
  year integer not null
  CHECK (((state = 'open'::text) = (ended_at IS NULL)))
  CHECK ((demand <> ''::text))
  CHECK ((origin = ANY (ARRAY['selection'::text, 'hotspot'::text, 'filter'::text, 'meeting'::text, 'issue'::text])))
  CHECK ((priority = ANY (ARRAY['ordinary'::text, 'urgent'::text, 'critical'::text])))
  CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'recalled'::text])))
  CHECK ((title <> ''::text))
  FOREIGN KEY (sender_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  UNIQUE (number)
  UNIQUE (year, serial)
  CREATE INDEX dispatch_sender ON dispatch USING btree (sender_id)
  CREATE TRIGGER history_delete AFTER DELETE ON dispatch REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON dispatch REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON dispatch REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table dispatch_history
  actor text not null
  actor_address text
  actor_id bigint
  area geometry(Geometry,4326)
  demand text not null
  due_on date not null
  during tstzrange not null
  ended_at timestamp with time zone
  id bigint not null
  key uuid not null
  number text not null
  origin text not null
  priority text not null
  reason text
  sender_id bigint not null
  sent_at timestamp with time zone not null
  serial integer not null
  state text not null
  title text not null
  year integer not null
  CREATE INDEX dispatch_history_id_lower_idx ON dispatch_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON dispatch_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table dispatch_issue
  dispatch_id bigint not null
  id bigint not null generated always as identity
  issue_id bigint not null
  FOREIGN KEY (dispatch_id) REFERENCES dispatch(id) ON DELETE CASCADE
  FOREIGN KEY (issue_id) REFERENCES issue(id)
  PRIMARY KEY (id)
  UNIQUE (dispatch_id, issue_id)
  CREATE INDEX dispatch_issue_issue ON dispatch_issue USING btree (issue_id)
  CREATE TRIGGER history_delete AFTER DELETE ON dispatch_issue REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON dispatch_issue REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON dispatch_issue REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table dispatch_issue_history
  actor text not null
  actor_address text
  actor_id bigint
  dispatch_id bigint not null
  during tstzrange not null
  id bigint not null
  issue_id bigint not null
  reason text
  CREATE INDEX dispatch_issue_history_id_lower_idx ON dispatch_issue_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON dispatch_issue_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table dispatch_step
  action text not null
  at timestamp with time zone not null
  by_id bigint
  by_name text not null
  due_on date
  id bigint not null generated always as identity
  key uuid
  links jsonb not null default '[]'::jsonb
  note text
  state text not null
  task_id bigint not null
  FOREIGN KEY (by_id) REFERENCES person(id)
  FOREIGN KEY (task_id) REFERENCES dispatch_task(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX dispatch_step_task ON dispatch_step USING btree (task_id)
  CREATE TRIGGER history_delete AFTER DELETE ON dispatch_step REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON dispatch_step REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON dispatch_step REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table dispatch_step_history
  action text not null
  actor text not null
  actor_address text
  actor_id bigint
  at timestamp with time zone not null
  by_id bigint
  by_name text not null
  due_on date
  during tstzrange not null
  id bigint not null
  key uuid
  links jsonb not null
  note text
  reason text
  state text not null
  task_id bigint not null
  CREATE INDEX dispatch_step_history_id_lower_idx ON dispatch_step_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON dispatch_step_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table dispatch_task
  acknowledged_at timestamp with time zone
  answered_at timestamp with time zone
  asked_due_on date
  department_id bigint
  dispatch_id bigint not null
  due_on date not null
  ended_at timestamp with time zone
  first_due_on date not null
  id bigint not null generated always as identity
  park_id bigint
  person_id bigint
  state text not null default 'sent'::text
  unit_id bigint
  warned text
  CHECK (((state = ANY (ARRAY['checked'::text, 'recalled'::text])) = (ended_at IS NOT NULL)))
  CHECK ((asked_due_on > due_on))
  CHECK ((due_on >= first_due_on))
  CHECK ((num_nonnulls(person_id, department_id, unit_id, park_id) = 1))
  CHECK ((state = ANY (ARRAY['sent'::text, 'acknowledged'::text, 'in_progress'::text, 'answered'::text, 'checked'::text, 'recalled'::text])))
  FOREIGN KEY (department_id) REFERENCES department(id)
  FOREIGN KEY (dispatch_id) REFERENCES dispatch(id) ON DELETE CASCADE
  FOREIGN KEY (park_id) REFERENCES park(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE NULLS NOT DISTINCT (dispatch_id, person_id, department_id, unit_id, park_id)
  CREATE INDEX dispatch_task_open ON dispatch_task USING btree (due_on) WHERE (ended_at IS NULL)
  CREATE TRIGGER history_delete AFTER DELETE ON dispatch_task REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_insert AFTER INSERT ON dispatch_task REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_update AFTER UPDATE ON dispatch_task REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')

table dispatch_task_body
  body_id bigint not null
  entered_on date not null
  id bigint not null generated always as identity
  left_on date
  next_on date
  task_id bigint not null
  told_on date
  FOREIGN KEY (body_id) REFERENCES body(id)
  FOREIGN KEY (task_id) REFERENCES dispatch_task(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (task_id, body_id)
  CREATE INDEX dispatch_task_body_body ON dispatch_task_body USING btree (body_id) WHERE (left_on IS NULL)
  CREATE UNIQUE INDEX dispatch_task_body_current ON dispatch_task_body USING btree (task_id) WHERE (left_on IS NULL)
  CREATE TRIGGER history_delete AFTER DELETE ON dispatch_task_body REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON dispatch_task_body REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON dispatch_task_body REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table dispatch_task_body_history
  actor text not null
  actor_address text
  actor_id bigint
  body_id bigint not null
  during tstzrange not null
  entered_on date not null
  id bigint not null
  left_on date
  next_on date
  reason text
  task_id bigint not null
  told_on date
  CREATE INDEX dispatch_task_body_history_id_lower_idx ON dispatch_task_body_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON dispatch_task_body_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table dispatch_task_history
  acknowledged_at timestamp with time zone
  actor text not null
  actor_address text
  actor_id bigint
  answered_at timestamp with time zone
  asked_due_on date
  department_id bigint
  dispatch_id bigint not null
  due_on date not null
  during tstzrange not null
  ended_at timestamp with time zone
  first_due_on date not null
  id bigint not null
  park_id bigint
  person_id bigint
  reason text
  state text not null
  unit_id bigint
  warned text
  CREATE INDEX dispatch_task_history_id_lower_idx ON dispatch_task_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON dispatch_task_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table dispatch_task_project
  id bigint not null generated always as identity
  project_id bigint not null
  task_id bigint not null
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  FOREIGN KEY (task_id) REFERENCES dispatch_task(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (task_id, project_id)
  CREATE INDEX dispatch_task_project_project ON dispatch_task_project USING btree (project_id)
  CREATE TRIGGER history_delete AFTER DELETE ON dispatch_task_project REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON dispatch_task_project REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON dispatch_task_project REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table dispatch_task_project_history
  actor text not null
  actor_address text
  actor_id bigint
  during tstzrange not null
  id bigint not null
  project_id bigint not null
  reason text
  task_id bigint not null
  CREATE INDEX dispatch_task_project_history_id_lower_idx ON dispatch_task_project_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON dispatch_task_project_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table hotspot
  day date not null
  made_at timestamp with time zone not null default app_now()
  map jsonb not null
  CHECK (((map -> 'rule'::text) IS NOT NULL))
  PRIMARY KEY (day)

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
  CREATE TRIGGER first_plan_changed AFTER UPDATE ON investment FOR EACH ROW WHEN ((((old.planned_wan)::numeric IS DISTINCT FROM (new.planned_wan)::numeric) AND (old.planned_wan IS NOT NULL))) EXECUTE FUNCTION keep_first_plan()
  CREATE TRIGGER first_plan_deleted AFTER DELETE ON investment FOR EACH ROW WHEN ((old.planned_wan IS NOT NULL)) EXECUTE FUNCTION keep_first_plan()
  CREATE TRIGGER history_delete AFTER DELETE ON investment REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON investment REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON investment REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table investment_history
  actor text not null
  actor_address text
  actor_id bigint
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
  CREATE INDEX investment_history_month ON investment_history USING btree (month)
  CREATE INDEX investment_history_of_project ON investment_history USING btree (project_id)
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON investment_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table investment_original
  fund_source text not null
  month date not null
  planned_wan wan not null
  project_id bigint not null
  revised_at timestamp with time zone not null
  PRIMARY KEY (project_id, month, fund_source)

table issue
  accepted_at timestamp with time zone
  ask text
  ask_days integer
  assigned_at timestamp with time zone
  body_id bigint
  cause text
  channel text not null
  closed_at timestamp with time zone
  confirmed_at timestamp with time zone
  contact_due timestamp with time zone
  contacted_at timestamp with time zone
  description text not null default ''::text
  done_at timestamp with time zone
  done_by_id bigint
  due_at timestamp with time zone
  enterprise text
  escalated integer not null default 0
  extended integer not null default 0
  finish_due timestamp with time zone
  first_due timestamp with time zone
  held_since timestamp with time zone not null
  holder text not null
  id bigint not null generated always as identity
  key uuid not null
  lead_department_id bigint
  lead_person_id bigint
  lead_unit_id bigint
  location geometry(Point,4326)
  merged_into_id bigint
  park_id bigint
  paused_at timestamp with time zone
  project_id bigint
  provenance provenance not null default 'reported'::text
  raiser_id bigint
  raiser_name text
  raiser_phone text
  rating integer
  received_at timestamp with time zone not null
  reopened integer not null default 0
  report_id bigint
  returned integer not null default 0
  sensitive boolean not null default false
  severity text not null default 'normal'::text
  source_text text
  state text not null
  title text not null
  unit_id bigint
  verified_at timestamp with time zone
  version integer not null default 0
  CHECK (((holder = 'none'::text) = (state = ANY (ARRAY['archived'::text, 'not_accepted'::text, 'merged'::text]))))
  CHECK (((project_id IS NULL) OR ((unit_id IS NULL) AND (park_id IS NULL))))
  CHECK (((raiser_id IS NOT NULL) OR (raiser_name IS NOT NULL)))
  CHECK (((rating >= 1) AND (rating <= 5)))
  CHECK (((returned >= 0) AND (returned <= 1)))
  CHECK (((state <> ALL (ARRAY['confirmed'::text, 'archived'::text])) OR (confirmed_at IS NOT NULL)))
  CHECK (((state <> ALL (ARRAY['verified'::text, 'confirmed'::text, 'archived'::text])) OR (verified_at IS NOT NULL)))
  CHECK (((state = 'merged'::text) = (merged_into_id IS NOT NULL)))
  CHECK ((ask = ANY (ARRAY['extension'::text, 'pause'::text])))
  CHECK ((channel = ANY (ARRAY['report'::text, 'inspection'::text, 'meeting'::text, 'enterprise'::text, 'message'::text])))
  CHECK ((finish_due >= first_due))
  CHECK ((holder = ANY (ARRAY['manager'::text, 'lead'::text, 'raiser'::text, 'body'::text, 'none'::text])))
  CHECK ((merged_into_id <> id))
  CHECK ((severity = ANY (ARRAY['normal'::text, 'urgent'::text])))
  CHECK ((state = ANY (ARRAY['collected'::text, 'screened'::text, 'assigned'::text, 'accepted'::text, 'in_hand'::text, 'done'::text, 'verified'::text, 'confirmed'::text, 'archived'::text, 'escalated'::text, 'long_term'::text, 'not_accepted'::text, 'merged'::text])))
  CHECK ((title <> ''::text))
  FOREIGN KEY (body_id) REFERENCES body(id)
  FOREIGN KEY (cause) REFERENCES cause(code)
  FOREIGN KEY (done_by_id) REFERENCES person(id)
  FOREIGN KEY (lead_department_id) REFERENCES department(id)
  FOREIGN KEY (lead_person_id) REFERENCES person(id)
  FOREIGN KEY (lead_unit_id) REFERENCES unit(id)
  FOREIGN KEY (merged_into_id) REFERENCES issue(id)
  FOREIGN KEY (park_id) REFERENCES park(id)
  FOREIGN KEY (project_id) REFERENCES project(id)
  FOREIGN KEY (raiser_id) REFERENCES person(id)
  FOREIGN KEY (report_id) REFERENCES report(id) ON DELETE SET NULL
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX issue_due ON issue USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id)
  CREATE INDEX issue_lead_department ON issue USING btree (lead_department_id)
  CREATE INDEX issue_lead_person ON issue USING btree (lead_person_id)
  CREATE INDEX issue_lead_unit ON issue USING btree (lead_unit_id)
  CREATE INDEX issue_merged ON issue USING btree (merged_into_id)
  CREATE INDEX issue_park ON issue USING btree (park_id)
  CREATE INDEX issue_project ON issue USING btree (project_id)
  CREATE INDEX issue_raiser ON issue USING btree (raiser_id)
  CREATE INDEX issue_received ON issue USING btree (received_at)
  CREATE INDEX issue_unit ON issue USING btree (unit_id)
  CREATE TRIGGER history_delete AFTER DELETE ON issue REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_insert AFTER INSERT ON issue REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_update AFTER UPDATE ON issue REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'r.unit_id', 'r.park_id')

table issue_history
  accepted_at timestamp with time zone
  actor text not null
  actor_address text
  actor_id bigint
  ask text
  ask_days integer
  assigned_at timestamp with time zone
  body_id bigint
  cause text
  channel text not null
  closed_at timestamp with time zone
  confirmed_at timestamp with time zone
  contact_due timestamp with time zone
  contacted_at timestamp with time zone
  description text not null
  done_at timestamp with time zone
  done_by_id bigint
  due_at timestamp with time zone
  during tstzrange not null
  enterprise text
  escalated integer not null
  extended integer not null
  finish_due timestamp with time zone
  first_due timestamp with time zone
  held_since timestamp with time zone not null
  holder text not null
  id bigint not null
  key uuid not null
  lead_department_id bigint
  lead_person_id bigint
  lead_unit_id bigint
  location geometry(Point,4326)
  merged_into_id bigint
  park_id bigint
  paused_at timestamp with time zone
  project_id bigint
  provenance provenance not null
  raiser_id bigint
  raiser_name text
  raiser_phone text
  rating integer
  reason text
  received_at timestamp with time zone not null
  reopened integer not null
  report_id bigint
  returned integer not null
  sensitive boolean not null
  severity text not null
  source_text text
  state text not null
  title text not null
  unit_id bigint
  verified_at timestamp with time zone
  version integer not null
  CREATE INDEX issue_history_id_lower_idx ON issue_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON issue_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table issue_step
  action text not null
  at timestamp with time zone not null default app_now()
  body_id bigint
  by_id bigint
  by_name text not null default app_actor()
  days integer
  department_id bigint
  due_at timestamp with time zone
  evidence text
  holder text not null
  id bigint not null generated always as identity
  issue_id bigint not null
  key uuid not null
  note text
  person_id bigint
  rating integer
  state text not null
  unit_id bigint
  FOREIGN KEY (by_id) REFERENCES person(id)
  FOREIGN KEY (department_id) REFERENCES department(id)
  FOREIGN KEY (issue_id) REFERENCES issue(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX issue_step_issue ON issue_step USING btree (issue_id, id)

table light_adoption
  at timestamp with time zone not null default app_now()
  from_on date not null
  id bigint not null generated always as identity
  name text not null
  note text not null
  person text not null
  person_id bigint
  version integer not null
  CHECK ((note <> ''::text))
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  CREATE TRIGGER history_delete AFTER DELETE ON light_adoption REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON light_adoption REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON light_adoption REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER light_adoption_kept BEFORE DELETE OR UPDATE ON light_adoption FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table light_adoption_history
  actor text not null
  actor_address text
  actor_id bigint
  at timestamp with time zone not null
  during tstzrange not null
  from_on date not null
  id bigint not null
  name text not null
  note text not null
  person text not null
  person_id bigint
  reason text
  version integer not null
  CREATE INDEX light_adoption_history_id_lower_idx ON light_adoption_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON light_adoption_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table light_rule
  at timestamp with time zone not null default app_now()
  from_on date
  id bigint not null generated always as identity
  name text not null
  note text not null default ''::text
  person text not null
  person_id bigint
  rule jsonb not null
  to_on date
  version integer not null
  CHECK ((jsonb_typeof(rule) = 'object'::text))
  CHECK ((name <> ''::text))
  CHECK ((to_on >= from_on))
  CHECK ((version > 0))
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (name, version)
  CREATE TRIGGER history_delete AFTER DELETE ON light_rule REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON light_rule REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON light_rule REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER light_rule_kept BEFORE DELETE OR UPDATE ON light_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table light_rule_history
  actor text not null
  actor_address text
  actor_id bigint
  at timestamp with time zone not null
  during tstzrange not null
  from_on date
  id bigint not null
  name text not null
  note text not null
  person text not null
  person_id bigint
  reason text
  rule jsonb not null
  to_on date
  version integer not null
  CREATE INDEX light_rule_history_id_lower_idx ON light_rule_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON light_rule_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table look
  last_at timestamp with time zone not null
  person_id bigint not null
  since timestamp with time zone
  CHECK ((since <= last_at))
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (person_id)

table migration
  applied_at timestamp with time zone not null default now()
  name text not null
  sha256 text not null
  PRIMARY KEY (name)

table milestone
  actual_date date
  actual_precision date_precision
  cause text
  code text
  critical boolean not null default false
  evidence text
  forecast_date date
  id bigint not null generated always as identity
  kind text not null
  limit_days integer
  name text not null
  ordinal integer not null default 0
  original_date date
  original_precision date_precision
  party text
  project_id bigint not null
  provenance provenance not null default 'reported'::text
  revised_date date
  revised_precision date_precision
  source_date text
  source_title text
  verified_at timestamp with time zone
  verified_by text
  verified_by_id bigint
  CHECK ((((verified_at IS NULL) = (verified_by IS NULL)) AND ((verified_at IS NULL) OR (actual_date IS NOT NULL))))
  CHECK (((actual_date IS NULL) = (actual_precision IS NULL)))
  CHECK (((code ~ '^[a-z][a-z0-9_]{0,39}$'::text) AND (code <> kind)))
  CHECK (((limit_days >= 0) AND (limit_days <= 2000)))
  CHECK (((original_date IS NULL) = (original_precision IS NULL)))
  CHECK (((revised_date IS NULL) = (revised_precision IS NULL)))
  CHECK ((evidence <> ''::text))
  CHECK ((kind = ANY (ARRAY['signing'::text, 'preliminary'::text, 'permit'::text, 'start'::text, 'construction'::text, 'structure'::text, 'finish'::text, 'production'::text])))
  CHECK ((party <> ''::text))
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  FOREIGN KEY (verified_by_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE NULLS NOT DISTINCT (project_id, kind, code)
  CREATE TRIGGER history_delete AFTER DELETE ON milestone REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON milestone REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON milestone REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER keep_original BEFORE DELETE OR UPDATE ON milestone FOR EACH ROW EXECUTE FUNCTION keep_original()

table milestone_history
  actor text not null
  actor_address text
  actor_id bigint
  actual_date date
  actual_precision date_precision
  cause text
  code text
  critical boolean not null default false
  during tstzrange not null
  evidence text
  forecast_date date
  id bigint not null
  kind text not null
  limit_days integer
  name text not null
  ordinal integer not null default 0
  original_date date
  original_precision date_precision
  party text
  project_id bigint not null
  provenance provenance not null
  reason text
  revised_date date
  revised_precision date_precision
  source_date text
  source_title text
  verified_at timestamp with time zone
  verified_by text
  verified_by_id bigint
  CREATE INDEX milestone_history_id_lower_idx ON milestone_history USING btree (id, lower(during))
  CREATE INDEX milestone_history_of_project ON milestone_history USING btree (project_id)
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON milestone_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table milestone_plan
  approver text
  approver_id bigint
  decided_at timestamp with time zone
  edition integer not null default 1
  id bigint not null generated always as identity
  key uuid not null
  note text
  project_id bigint not null
  proposed_at timestamp with time zone not null default app_now()
  proposer text not null
  proposer_id bigint
  start_on date not null
  state text not null
  steps jsonb not null
  submitted_at timestamp with time zone
  template text not null
  template_version integer not null
  CHECK (((decided_at IS NULL) = (approver IS NULL)))
  CHECK (((state <> 'refused'::text) OR (note <> ''::text)))
  CHECK (((state = ANY (ARRAY['approved'::text, 'refused'::text])) = (decided_at IS NOT NULL)))
  CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'refused'::text, 'dropped'::text])))
  FOREIGN KEY (approver_id) REFERENCES person(id)
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  FOREIGN KEY (proposer_id) REFERENCES person(id)
  FOREIGN KEY (template, template_version) REFERENCES milestone_template(code, version)
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX milestone_plan_project ON milestone_plan USING btree (project_id)
  CREATE UNIQUE INDEX milestone_plan_open ON milestone_plan USING btree (project_id) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]))
  CREATE TRIGGER history_delete AFTER DELETE ON milestone_plan REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON milestone_plan REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON milestone_plan REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table milestone_plan_history
  actor text not null
  actor_address text
  actor_id bigint
  approver text
  approver_id bigint
  decided_at timestamp with time zone
  during tstzrange not null
  edition integer not null
  id bigint not null
  key uuid not null
  note text
  project_id bigint not null
  proposed_at timestamp with time zone not null
  proposer text not null
  proposer_id bigint
  reason text
  start_on date not null
  state text not null
  steps jsonb not null
  submitted_at timestamp with time zone
  template text not null
  template_version integer not null
  CREATE INDEX milestone_plan_history_id_lower_idx ON milestone_plan_history USING btree (id, lower(during))
  CREATE INDEX milestone_plan_history_of_project ON milestone_plan_history USING btree (project_id)
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON milestone_plan_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table milestone_revision
  approver text
  approver_id bigint
  cause_code text not null
  decided_at timestamp with time zone
  from_date date not null
  from_precision date_precision not null
  id bigint not null generated always as identity
  key uuid not null
  milestone_id bigint not null
  note text
  project_id bigint not null
  proposed_at timestamp with time zone not null default app_now()
  proposer text not null
  proposer_id bigint
  state text not null
  text text not null
  to_date date not null
  CHECK (((decided_at IS NULL) = (approver IS NULL)))
  CHECK (((state <> 'refused'::text) OR (note <> ''::text)))
  CHECK (((state = 'proposed'::text) = (decided_at IS NULL)))
  CHECK ((approver_id <> proposer_id))
  CHECK ((cause_code <> ''::text))
  CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'refused'::text])))
  CHECK ((text <> ''::text))
  CHECK ((to_date <> from_date))
  FOREIGN KEY (approver_id) REFERENCES person(id)
  FOREIGN KEY (milestone_id) REFERENCES milestone(id) ON DELETE CASCADE
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  FOREIGN KEY (proposer_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX milestone_revision_project ON milestone_revision USING btree (project_id)
  CREATE INDEX milestone_revision_waiting ON milestone_revision USING btree (proposed_at) WHERE (state = 'proposed'::text)
  CREATE UNIQUE INDEX milestone_revision_open ON milestone_revision USING btree (milestone_id) WHERE (state = 'proposed'::text)
  CREATE TRIGGER history_delete AFTER DELETE ON milestone_revision REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON milestone_revision REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON milestone_revision REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table milestone_revision_history
  actor text not null
  actor_address text
  actor_id bigint
  approver text
  approver_id bigint
  cause_code text not null
  decided_at timestamp with time zone
  during tstzrange not null
  from_date date not null
  from_precision date_precision not null
  id bigint not null
  key uuid not null
  milestone_id bigint not null
  note text
  project_id bigint not null
  proposed_at timestamp with time zone not null
  proposer text not null
  proposer_id bigint
  reason text
  state text not null
  text text not null
  to_date date not null
  CREATE INDEX milestone_revision_history_id_lower_idx ON milestone_revision_history USING btree (id, lower(during))
  CREATE INDEX milestone_revision_history_of_project ON milestone_revision_history USING btree (project_id)
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON milestone_revision_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table milestone_template
  category text
  code text not null
  id bigint not null generated always as identity
  name text not null
  steps jsonb not null
  version integer not null
  CHECK ((category = ANY (ARRAY['industry'::text, 'infrastructure'::text, 'livelihood'::text, 'ecology'::text])))
  CHECK ((code ~ '^[a-z][a-z0-9_-]{0,39}$'::text))
  CHECK ((jsonb_typeof(steps) = 'array'::text))
  CHECK ((name <> ''::text))
  CHECK ((version > 0))
  PRIMARY KEY (id)
  UNIQUE (code, version)
  CREATE TRIGGER history_delete AFTER DELETE ON milestone_template REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON milestone_template REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON milestone_template REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table milestone_template_history
  actor text not null
  actor_address text
  actor_id bigint
  category text
  code text not null
  during tstzrange not null
  id bigint not null
  name text not null
  reason text
  steps jsonb not null
  version integer not null
  CREATE INDEX milestone_template_history_id_lower_idx ON milestone_template_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON milestone_template_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table notice
  at timestamp with time zone not null
  for_person_id bigint
  id bigint not null generated always as identity
  key text not null
  kind text not null
  link text not null
  noun text not null
  person_id bigint not null
  read_at timestamp with time zone
  row_id bigint not null
  text text not null
  title text not null
  CHECK ((link ~ '^/($|[^/\\])'::text))
  CHECK ((title <> ''::text))
  FOREIGN KEY (for_person_id) REFERENCES person(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX notice_of_person ON notice USING btree (person_id, ((read_at IS NULL)) DESC, id DESC)
  CREATE TRIGGER notice_insert AFTER INSERT ON notice REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION tell_of_notice()
  CREATE TRIGGER notice_update AFTER UPDATE ON notice REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION tell_of_notice()

table notice_preference
  email boolean not null
  kind text not null
  person_id bigint not null
  webhook boolean not null
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (person_id, kind)

table notice_webhook
  active boolean not null default true
  id bigint not null generated always as identity
  kinds jsonb
  name text not null
  park_id bigint
  unit_id bigint
  CHECK (((park_id IS NULL) OR (unit_id IS NULL)))
  CHECK ((jsonb_typeof(kinds) = 'array'::text))
  CHECK ((name <> ''::text))
  FOREIGN KEY (park_id) REFERENCES park(id)
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  UNIQUE (name)
  CREATE TRIGGER history_delete AFTER DELETE ON notice_webhook REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_insert AFTER INSERT ON notice_webhook REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_update AFTER UPDATE ON notice_webhook REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')

table notice_webhook_history
  active boolean not null
  actor text not null
  actor_address text
  actor_id bigint
  during tstzrange not null
  id bigint not null
  kinds jsonb
  name text not null
  park_id bigint
  reason text
  unit_id bigint
  CREATE INDEX notice_webhook_history_id_lower_idx ON notice_webhook_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON notice_webhook_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table notice_webhook_secret
  quiet_until timestamp with time zone
  secret text not null
  url text not null
  webhook_id bigint not null
  FOREIGN KEY (webhook_id) REFERENCES notice_webhook(id)
  PRIMARY KEY (webhook_id)

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
  actor_address text
  actor_id bigint
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
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON park_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table person
  department_id bigint
  disabled_at timestamp with time zone
  email text
  id bigint not null generated always as identity
  kind text not null default 'person'::text
  login text not null
  name text not null
  phone text
  title text
  CHECK ((kind = ANY (ARRAY['person'::text, 'device'::text])))
  CHECK ((name <> ''::text))
  FOREIGN KEY (department_id) REFERENCES department(id)
  PRIMARY KEY (id)
  CREATE UNIQUE INDEX person_login ON person USING btree (lower(login))
  CREATE TRIGGER history_delete AFTER DELETE ON person REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON person REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON person REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table person_history
  actor text not null
  actor_address text
  actor_id bigint
  department_id bigint
  disabled_at timestamp with time zone
  during tstzrange not null
  email text
  id bigint not null
  kind text not null
  login text not null
  name text not null
  phone text
  reason text
  title text
  CREATE INDEX person_history_id_lower_idx ON person_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON person_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table photo
  accuracy_m double precision
  height integer
  id bigint not null generated always as identity
  kept_sha256 text not null
  key uuid not null
  kind text not null
  location geometry(Point,4326)
  name text not null
  noun text not null
  position_by text
  project_id bigint
  report_key uuid
  row_id bigint
  sender text not null
  sender_id bigint
  sent_at timestamp with time zone not null default app_now()
  sha256 text not null
  size_bytes bigint not null
  taken_at timestamp with time zone
  type text not null
  width integer
  CHECK (((kind = 'photo'::text) = ((width IS NOT NULL) AND (height IS NOT NULL))))
  CHECK (((location IS NULL) = (position_by IS NULL)))
  CHECK (((noun = 'issue'::text) OR (project_id IS NOT NULL)))
  CHECK (((row_id IS NOT NULL) OR ((noun = 'report'::text) AND (report_key IS NOT NULL))))
  CHECK ((kept_sha256 ~ '^[0-9a-f]{64}$'::text))
  CHECK ((kind = ANY (ARRAY['photo'::text, 'file'::text])))
  CHECK ((name <> ''::text))
  CHECK ((noun = ANY (ARRAY['report'::text, 'issue'::text, 'milestone'::text, 'project'::text])))
  CHECK ((position_by = ANY (ARRAY['page'::text, 'image'::text])))
  CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  FOREIGN KEY (sender_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX photo_kept ON photo USING btree (kept_sha256)
  CREATE INDEX photo_of_project ON photo USING btree (project_id)
  CREATE INDEX photo_of_row ON photo USING btree (noun, row_id)
  CREATE INDEX photo_sha256 ON photo USING btree (sha256)
  CREATE INDEX photo_to_be_filed ON photo USING btree (report_key) WHERE (row_id IS NULL)
  CREATE TRIGGER history_delete AFTER DELETE ON photo REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON photo REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON photo REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table photo_history
  accuracy_m double precision
  actor text not null
  actor_address text
  actor_id bigint
  during tstzrange not null
  height integer
  id bigint not null
  kept_sha256 text not null
  key uuid not null
  kind text not null
  location geometry(Point,4326)
  name text not null
  noun text not null
  position_by text
  project_id bigint
  reason text
  report_key uuid
  row_id bigint
  sender text not null
  sender_id bigint
  sent_at timestamp with time zone not null
  sha256 text not null
  size_bytes bigint not null
  taken_at timestamp with time zone
  type text not null
  width integer
  CREATE INDEX photo_history_id_lower_idx ON photo_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON photo_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table photo_upload
  begun_at timestamp with time zone not null default app_now()
  id text not null
  person_id bigint not null
  size_bytes bigint not null
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  CREATE INDEX photo_upload_begun ON photo_upload USING btree (begun_at)

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
  CREATE TRIGGER first_plan_changed AFTER UPDATE ON plan FOR EACH ROW WHEN (((old.annual_wan)::numeric IS DISTINCT FROM (new.annual_wan)::numeric)) EXECUTE FUNCTION keep_first_plan()
  CREATE TRIGGER history_delete AFTER DELETE ON plan REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON plan REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON plan REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table plan_history
  actor text not null
  actor_address text
  actor_id bigint
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
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON plan_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table plan_original
  annual_wan wan not null
  project_id bigint not null
  revised_at timestamp with time zone not null
  year integer not null
  PRIMARY KEY (project_id, year)

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
  actor_address text
  actor_id bigint
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
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON project_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table project_person
  duty text not null
  id bigint not null generated always as identity
  person_id bigint not null
  project_id bigint not null
  CHECK ((duty = ANY (ARRAY['owner'::text, 'helper'::text, 'contact'::text, 'inspector'::text])))
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (project_id, person_id, duty)
  CREATE INDEX project_person_person ON project_person USING btree (person_id)
  CREATE TRIGGER history_delete AFTER DELETE ON project_person REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON project_person REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON project_person REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table project_person_history
  actor text not null
  actor_address text
  actor_id bigint
  during tstzrange not null
  duty text not null
  id bigint not null
  person_id bigint not null
  project_id bigint not null
  reason text
  CREATE INDEX project_person_history_id_lower_idx ON project_person_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON project_person_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table reference
  actual_finish date not null
  actual_start date not null
  actual_wan numeric(14,2)[] not null
  category text not null
  code text not null
  id bigint not null generated always as identity
  name text not null
  planned_finish date not null
  planned_start date not null
  planned_wan numeric(14,2)[] not null
  provenance provenance not null default 'reported'::text
  source_date text
  source_title text
  total_wan wan not null
  year integer not null
  CHECK (((total_wan)::numeric > (0)::numeric))
  CHECK (((year >= 1990) AND (year <= 2100)))
  CHECK ((actual_finish > actual_start))
  CHECK ((cardinality(actual_wan) = 12))
  CHECK ((cardinality(planned_wan) = 12))
  CHECK ((category = ANY (ARRAY['industry'::text, 'infrastructure'::text, 'livelihood'::text, 'ecology'::text])))
  CHECK ((planned_finish > planned_start))
  PRIMARY KEY (id)
  UNIQUE (code, year)
  CREATE TRIGGER history_delete AFTER DELETE ON reference REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON reference REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON reference REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'null::bigint', 'null::bigint')

table reference_history
  actor text not null
  actor_address text
  actor_id bigint
  actual_finish date not null
  actual_start date not null
  actual_wan numeric(14,2)[] not null
  category text not null
  code text not null
  during tstzrange not null
  id bigint not null
  name text not null
  planned_finish date not null
  planned_start date not null
  planned_wan numeric(14,2)[] not null
  provenance provenance not null
  reason text
  source_date text
  source_title text
  total_wan wan not null
  year integer not null
  CREATE INDEX reference_history_id_lower_idx ON reference_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON reference_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table report
  cause text
  correction_note text
  doubts jsonb not null default '[]'::jsonb
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
  reported_at timestamp with time zone not null default app_now()
  reporter text
  reporter_id bigint
  review_note text
  reviewed_at timestamp with time zone
  reviewer text
  status text not null default 'submitted'::text
  CHECK (((percent >= (0)::numeric) AND (percent <= (100)::numeric)))
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  CHECK ((status = ANY (ARRAY['submitted'::text, 'verified'::text, 'returned'::text])))
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  FOREIGN KEY (reporter_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  UNIQUE (project_id, month)
  CREATE INDEX report_latest ON report USING btree (project_id, month DESC)
  CREATE TRIGGER history_delete AFTER DELETE ON report REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_insert AFTER INSERT ON report REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')
  CREATE TRIGGER history_update AFTER UPDATE ON report REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('r.project_id', 'null::bigint', 'null::bigint')

table report_draft
  fields jsonb not null
  id bigint not null generated always as identity
  month date not null
  person_id bigint
  project_id bigint not null
  saved_at timestamp with time zone not null
  saved_by text not null
  CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (project_id, month)

table report_history
  actor text not null
  actor_address text
  actor_id bigint
  cause text
  correction_note text
  doubts jsonb not null default '[]'::jsonb
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
  reporter_id bigint
  review_note text
  reviewed_at timestamp with time zone
  reviewer text
  status text not null
  CREATE INDEX report_history_id_lower_idx ON report_history USING btree (id, lower(during))
  CREATE INDEX report_history_month ON report_history USING btree (month)
  CREATE INDEX report_history_of_project ON report_history USING btree (project_id)
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON report_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table role_grant
  department_id bigint
  id bigint not null generated always as identity
  park_id bigint
  person_id bigint not null
  role text not null
  scope text not null
  unit_id bigint
  valid_from date not null
  valid_to date
  CHECK (((scope = 'department'::text) = (department_id IS NOT NULL)))
  CHECK (((scope = 'park'::text) = (park_id IS NOT NULL)))
  CHECK (((scope = 'unit'::text) = (unit_id IS NOT NULL)))
  CHECK ((role = ANY (ARRAY['leader'::text, 'dispatcher'::text, 'unit_manager'::text, 'park_manager'::text, 'department'::text, 'helper'::text, 'inspector'::text, 'auditor'::text, 'security'::text, 'administrator'::text, 'device'::text])))
  CHECK ((scope = ANY (ARRAY['city'::text, 'unit'::text, 'park'::text, 'department'::text, 'own'::text])))
  CHECK ((valid_to >= valid_from))
  FOREIGN KEY (department_id) REFERENCES department(id)
  FOREIGN KEY (park_id) REFERENCES park(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (unit_id) REFERENCES unit(id)
  PRIMARY KEY (id)
  CREATE INDEX role_grant_person ON role_grant USING btree (person_id)
  CREATE TRIGGER history_delete AFTER DELETE ON role_grant REFERENCING OLD TABLE AS old_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_insert AFTER INSERT ON role_grant REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')
  CREATE TRIGGER history_update AFTER UPDATE ON role_grant REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION record_history('null::bigint', 'r.unit_id', 'r.park_id')

table role_grant_history
  actor text not null
  actor_address text
  actor_id bigint
  department_id bigint
  during tstzrange not null
  id bigint not null
  park_id bigint
  person_id bigint not null
  reason text
  role text not null
  scope text not null
  unit_id bigint
  valid_from date not null
  valid_to date
  CREATE INDEX role_grant_history_id_lower_idx ON role_grant_history USING btree (id, lower(during))
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON role_grant_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

table schedule_run
  failure_at timestamp with time zone
  failures integer not null default 0
  holder text
  job text not null
  last_error text
  leased_until timestamp with time zone
  started_at timestamp with time zone
  success_at timestamp with time zone
  PRIMARY KEY (job)

table setting
  key text not null
  value jsonb not null
  PRIMARY KEY (key)

table sign_in_failure
  address text not null
  at timestamp with time zone not null
  failures integer not null
  login text not null
  PRIMARY KEY (login, address)
  CREATE INDEX sign_in_failure_at ON sign_in_failure USING btree (at)

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
  actor_address text
  actor_id bigint
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
  CREATE TRIGGER history_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON unit_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()

function app_actor()
function app_now()
function app_person()
function app_scope(kind text)
function app_sees_all()
function audit_keep_days()
function body_is_used(body bigint)
function dispatch_sent()
function dispatch_task_states(dispatch bigint)
function dispatch_task_visible()
function first_day(day date, "precision" text)
function keep_first_plan()
function keep_original()
function next_dispatch_serial(year integer)
function photo_elsewhere(sent text, kept text, project bigint)
function project_in_area(area geometry)
function publish_change()
function record_history()
function refuse_early_deletion()
function refuse_rewriting()
function tell_of_notice()
function tell_persons(notices jsonb, usual jsonb)
procedure guard_history(IN history text)
procedure keep_history(IN fact regclass, IN project text, IN unit text, IN park text)
procedure scope_rows(IN fact regclass, IN visible text)
