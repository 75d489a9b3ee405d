-- Sessions one can tell apart, whose character is whose, and who wrote what.

alter table user_sessions
  -- Names the session where people list them; the hash is nobody's business.
  add column id uuid not null default gen_random_uuid() unique,
  -- Without a sign for so long, it ends.
  add column idle_s int not null default 604800,
  -- Shortened: whose network, not whose machine.
  add column address text,
  add column agent text;

-- By name, since a character may be given an owner before its first frame. Only the guild subgraph writes here.
create table character_settings (
  name text primary key,
  owner_id uuid references users on delete set null,
  place_shown text not null default 'EXACT' check (place_shown in ('EXACT', 'BLURRED', 'HIDDEN')),
  changed_at timestamptz not null default now(),
  changed_by text not null
);
create index on character_settings (owner_id);

-- Names are copied, not referred to: an entry outlives whom it is about.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  viewer_kind text not null check (viewer_kind in ('user', 'token', 'console', 'stranger')),
  viewer_id text,
  viewer_name text not null,
  action text not null,
  subject text,
  details jsonb not null default '{}',
  -- Null while it goes on, and for good when we were killed on the way.
  outcome text,
  address text
);
create index on audit (at);
