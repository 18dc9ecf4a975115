-- Signing in. Nothing here is granted to onemap_scoped: a request reads and writes it only through
-- api/session, api/account and api/device, and none of it has a history, which would keep secrets.

-- What better-auth (api/session/auth.ts) knows of a person; the id is the person's own.
create table auth_user (
  id                 bigint primary key references person,
  name               text not null default '',
  -- It wants an address; nothing is ever sent to this one.
  email              text not null unique generated always as ('person-' || id || '@onemap.invalid') stored,
  email_verified     boolean not null default true,
  image              text,
  two_factor_enabled boolean not null default false,
  -- The last sign-in and the one before it, on the application's clock.
  signed_in_at       timestamptz,
  signed_in_from     text,
  before_at          timestamptz,
  before_from        text,
  created_at         timestamptz not null,
  updated_at         timestamptz not null
);

create table auth_session (
  id         bigint generated always as identity primary key,
  user_id    bigint not null references auth_user,
  -- SHA-256 of what the cookie holds: who reads the table cannot sign in with it.
  token      text not null unique,
  -- Moves on with each use, up to the absolute limit after created_at.
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  -- Whom an administrator looks as.
  view_as    bigint references person
);
create index auth_session_user on auth_session (user_id);
create index auth_session_expires on auth_session (expires_at);

-- A way to sign in: provider_id 'credential' with a password, or that of a single sign-on.
create table auth_account (
  id                       bigint generated always as identity primary key,
  user_id                  bigint not null references auth_user,
  account_id               text not null,
  provider_id              text not null,
  issuer                   text,
  password                 text,
  -- When the person chose it; null: the demo's own.
  password_at              timestamptz,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  created_at               timestamptz not null,
  updated_at               timestamptz not null,
  unique (provider_id, account_id)
);
create index auth_account_user on auth_account (user_id);

-- What is true for a while: a second factor waited for, a sign-on under way, an invitation.
create table auth_verification (
  id         bigint generated always as identity primary key,
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_verification_identifier on auth_verification (identifier);

create table auth_two_factor (
  id                        bigint generated always as identity primary key,
  user_id                   bigint not null unique references auth_user,
  -- Both encrypted with the secret of the server.
  secret                    text not null,
  backup_codes              text not null,
  verified                  boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until              timestamptz,
  -- SHA-256 of the last code that was let in, which works once.
  used_code                 text,
  used_at                   timestamptz
);

-- Earlier passwords, where a policy forbids to take one again.
create table auth_password (
  id      bigint generated always as identity primary key,
  user_id bigint not null references auth_user,
  hash    text not null,
  at      timestamptz not null
);
create index auth_password_user on auth_password (user_id, at);

-- Signs cookies and encrypts second factors, unless the server is given one (ONEMAP_SECRET).
create table auth_secret (
  only_one boolean primary key default true check (only_one),
  secret   text not null
);

-- Failures in a row, of a login (known or not) from an address.
create table sign_in_failure (
  login    text not null,
  address  text not null,
  failures integer not null,
  at       timestamptz not null,
  primary key (login, address)
);
create index sign_in_failure_at on sign_in_failure (at);

-- A wall: a person of kind device, which holds the role of that name. Times are real ones, as above.
create table device (
  person_id     bigint primary key references person,
  token         text not null unique,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  last_seen_at  timestamptz,
  address       text,
  page_version  text,
  screen_width  integer,
  screen_height integer
);

-- A wall that waits for an administrator to type its code.
create table device_pairing (
  secret     text primary key,
  code       text not null unique,
  expires_at timestamptz not null,
  person_id  bigint references person
);

-- What happened at the door (api/session/security-event.ts).
create table security_event (
  id        bigint generated always as identity primary key,
  at        timestamptz not null,
  kind      text not null check (kind ~ '^[a-z_]+$'),
  person_id bigint references person,
  login     text,
  address   text not null,
  detail    jsonb not null
);
create index security_event_person on security_event (person_id, at);
