-- Characters and what they tell. Time series are partitioned by day on the time of receipt (partitions.ts makes the days).

create table characters (
  id int generated always as identity primary key,
  name text not null unique,
  tag text,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null
);

-- The plugin's logins: a narrow number for each of its long session ids.
create table play_sessions (
  id int generated always as identity primary key,
  character_id int not null references characters,
  key text not null,
  started_at timestamptz not null,
  unique (character_id, key)
);

create table telemetry (
  character_id int not null,
  session_id int,
  received_at timestamptz not null,
  at timestamptz not null,
  ew real not null,
  ns real not null,
  z real,
  kills int,
  kills_per_hour real,
  online_s int,
  deaths int,
  total_deaths int,
  rares_found int,
  tapers int,
  state text,
  memory_mb real,
  cpu_percent real,
  handles int,
  latency_ms real
) partition by range (received_at);
create index on telemetry (character_id, received_at);
create index on telemetry using brin (received_at) with (pages_per_range = 32);

create table latest_telemetry (
  character_id int primary key references characters,
  session_id int,
  received_at timestamptz not null,
  at timestamptz not null,
  ew real not null,
  ns real not null,
  z real,
  kills int,
  kills_per_hour real,
  online_s int,
  deaths int,
  total_deaths int,
  rares_found int,
  tapers int,
  state text,
  memory_mb real,
  cpu_percent real,
  handles int,
  latency_ms real
) with (fillfactor = 50);

-- Visits by cell of the presence grid (shared/world/coordinates.ts).
create table presence (
  cell int primary key,
  visits bigint not null
) with (fillfactor = 70);

create table vitals (
  character_id int not null,
  received_at timestamptz not null,
  at timestamptz not null,
  health int,
  max_health int,
  health_percent real,
  stamina int,
  max_stamina int,
  stamina_percent real,
  mana int,
  max_mana int,
  mana_percent real,
  vitae real
) partition by range (received_at);
create index on vitals (character_id, received_at);

create table latest_vitals (
  character_id int primary key references characters,
  received_at timestamptz not null,
  at timestamptz not null,
  health int,
  max_health int,
  health_percent real,
  stamina int,
  max_stamina int,
  stamina_percent real,
  mana int,
  max_mana int,
  mana_percent real,
  vitae real
) with (fillfactor = 50);

create table chat (
  id bigint not null,
  character_id int not null,
  received_at timestamptz not null,
  at timestamptz not null,
  text text not null,
  color int,
  channel text not null
) partition by range (received_at);
create index on chat (id);
create index on chat (character_id, id);

create table rares (
  id bigint generated always as identity primary key,
  character_id int not null references characters,
  name text not null,
  tier text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  ew real,
  ns real,
  z real,
  unique (character_id, name, at)
);
create index on rares (received_at);

create table character_sheets (
  character_id int primary key references characters,
  received_at timestamptz not null,
  at timestamptz not null,
  level int,
  race text,
  gender text,
  birth text,
  total_xp bigint,
  unassigned_xp bigint,
  skill_credits int,
  luminance_earned bigint,
  luminance_total bigint,
  deaths int,
  burden_units int,
  encumbrance_capacity int,
  raw jsonb not null
);

create table combat_sessions (
  character_id int not null references characters,
  key text not null,
  started_at timestamptz not null,
  received_at timestamptz not null,
  snapshot jsonb not null,
  primary key (character_id, key)
);
create index on combat_sessions (character_id, received_at desc);

create table inventories (
  character_id int primary key references characters,
  full_at timestamptz,
  changed_at timestamptz not null
);

-- An item keeps its row when it leaves, so that its appraisal is still known when it turns up on another character.
create table items (
  server text not null,
  game_id bigint not null,
  character_id int references characters,
  name text,
  object_class int,
  icon int,
  container_id bigint,
  wielded_location bigint,
  stack int,
  value int,
  burden int,
  armor_level int,
  workmanship real,
  material int,
  set_id int,
  tinks int,
  appraised_at timestamptz,
  int_values jsonb not null,
  double_values jsonb not null,
  bool_values jsonb not null,
  string_values jsonb not null,
  spells int[] not null,
  active_spells int[] not null,
  changed_at timestamptz not null,
  primary key (server, game_id)
);
create index on items (character_id, name, server, game_id);

create table inventory_changes (
  id bigint generated always as identity primary key,
  character_id int not null references characters,
  at timestamptz not null,
  added text[] not null,
  updated text[] not null,
  removed text[] not null
);

-- Frames that could not be kept, with the reason. Bounded by the writer.
create table dead_letters (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  type text,
  character_name text,
  path text,
  reason text not null,
  frame text not null
);
