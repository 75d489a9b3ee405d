-- People and programs. Secrets are kept as hashes only.

create table users (
  id uuid primary key default gen_random_uuid(),
  username text not null,
  password_hash text,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  created_at timestamptz not null default now(),
  last_sign_in_at timestamptz
);
create unique index on users (lower(username));

create table user_sessions (
  id_hash bytea primary key,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ends_at timestamptz not null
);
create index on user_sessions (user_id);

create table sign_in_links (
  link_hash bytea primary key,
  user_id uuid not null references users on delete cascade,
  ends_at timestamptz not null,
  reusable boolean not null default false
);

create table service_tokens (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  secret_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz
);
