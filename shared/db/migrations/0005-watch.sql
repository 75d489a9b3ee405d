-- What is watched over: alerts and their rules, people's own rules, the game server, and who sent which command.

-- Ids grow in the order of commits (ingest/watch/raise.ts sees to it), so that a listener can resume by the last one it saw.
create table alerts (
  id bigint generated always as identity primary key,
  kind text not null,
  character_id int references characters,
  at timestamptz not null,
  severity text not null,
  text text not null,
  details jsonb not null,
  -- Of one key there is at most one alert within the rule's quiet time.
  key text not null,
  -- What may be told once for good, such as one absence; several processes may see it.
  once text unique
);
create index on alerts (key, at desc);
create index on alerts (at);

create table alert_settings (
  kind text primary key,
  enabled boolean not null default true,
  -- How long it must hold before it is told.
  after_s real not null check (after_s between 0 and 86400),
  -- How long nothing of the same key is told again.
  quiet_s real not null check (quiet_s between 0 and 604800),
  -- States that count as idle; phrases of chat that tell of a vortex.
  words text[] not null default '{}',
  changed_at timestamptz not null default now(),
  changed_by text
);
insert into alert_settings (kind, after_s, quiet_s, words) values
  ('DEATH', 0, 300, '{}'),
  ('IDLE', 300, 0, '{idle,default,"",stopped,none}'),
  ('VORTEX', 0, 60, '{whirlwind of vortexes}'),
  ('GONE', 30, 0, '{}'),
  ('SERVER_DOWN', 0, 0, '{}'),
  ('SERVER_UP', 0, 0, '{}'),
  ('WATCH', 0, 0, '{}');

-- Rules people make for themselves. Only the guild subgraph writes them.
create table watch_rules (
  id uuid primary key default gen_random_uuid(),
  owner_kind text not null,
  owner_id text not null,
  owner_name text not null,
  name text not null,
  -- Both null: everybody.
  characters text[],
  tag text,
  field text not null,
  comparison text not null,
  number double precision,
  word text,
  for_s real not null check (for_s between 0 and 86400),
  quiet_s real not null check (quiet_s between 0 and 604800),
  severity text not null,
  enabled boolean not null default true,
  -- Grows with each change: spells of an older revision are none.
  revision int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create index on watch_rules (owner_kind, owner_id);

-- Grows whenever a rule changes: whoever holds rules in memory reads them anew.
create table watch_version (single boolean primary key default true check (single), version bigint not null);
insert into watch_version (version) values (1);
create function watch_changed() returns trigger language plpgsql as $$
begin
  update watch_version set version = version + 1;
  return null;
end $$;
create trigger watch_changed after insert or update or delete on watch_rules
  for each statement execute function watch_changed();
create trigger watch_changed after insert or update or delete on alert_settings
  for each statement execute function watch_changed();

-- Since when a rule's condition holds for a character, and whether that was told.
create table watch_states (
  rule text not null,
  character_id int not null references characters,
  revision int not null,
  since timestamptz not null,
  fired_at timestamptz,
  primary key (rule, character_id)
) with (fillfactor = 70);

create table game_servers (
  name text primary key,
  address text not null,
  state text not null,
  latency_ms real,
  players int,
  players_at timestamptz,
  since timestamptz not null,
  checked_at timestamptz,
  failed_checks int not null default 0,
  -- Of several ingest processes one checks: whoever takes the turn.
  next_check_at timestamptz not null,
  next_count_at timestamptz not null
);

create table game_server_history (
  name text not null,
  at timestamptz not null,
  state text not null,
  latency_ms real,
  players int,
  primary key (name, at)
);

-- No command leaves without its line here: written before it is sent, its outcome after.
create table command_audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  viewer_kind text not null,
  viewer_id text not null,
  viewer_name text not null,
  character_name text not null,
  command text not null,
  outcome text,
  node text,
  answered_at timestamptz
);
create index on command_audit (at);

create index on inventory_changes (at);
