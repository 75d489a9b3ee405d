-- What is derived from frames: portals, spawns and their heatmap, quests, equipment, dungeon floors, tallies of sessions.

-- Portals by their place in tenths of a map unit, rounded once, by who writes them.
create table portals (
  ns_tenths int not null,
  ew_tenths int not null,
  name text,
  ew real not null,
  ns real not null,
  z real,
  discovered_by int not null references characters,
  discovered_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (ns_tenths, ew_tenths)
);
create index on portals (seen_at);

create table portal_sightings (
  character_id int not null,
  received_at timestamptz not null,
  at timestamptz not null,
  name text,
  ew real not null,
  ns real not null,
  z real
) partition by range (received_at);
create index on portal_sightings using brin (received_at) with (pages_per_range = 32);

create table monsters (
  id int generated always as identity primary key,
  name text not null unique
);

create table spawns (
  character_id int not null,
  monster_id int not null,
  received_at timestamptz not null,
  at timestamptz not null,
  ew real not null,
  ns real not null,
  z real
) partition by range (received_at);
create index on spawns using brin (received_at) with (pages_per_range = 32);

-- Spawns counted by cell (shared/world/heat-cells.ts): by hour for each monster and, as monster 0, for all; by day for all.
create table spawn_hours (
  monster_id int not null,
  hour int not null,
  cell int not null,
  spawns int not null,
  primary key (monster_id, hour, cell)
) with (fillfactor = 80);
create table spawn_days (
  day int not null,
  cell int not null,
  spawns int not null,
  primary key (day, cell)
) with (fillfactor = 80);

create table quests (
  character_id int not null references characters,
  name text not null,
  countdown text,
  ready_at timestamptz,
  at timestamptz not null,
  received_at timestamptz not null,
  primary key (character_id, name)
) with (fillfactor = 80);
create index on quests (name, character_id);

create table equipment (
  character_id int primary key references characters,
  received_at timestamptz not null,
  at timestamptz not null,
  raw jsonb not null
);

create table dungeon_maps (
  landblock text primary key,
  levels jsonb not null,
  told_by int references characters,
  changed_at timestamptz not null
);

-- What was counted of a login, and the counters seen last, so that writing it twice counts nothing twice.
create table session_tallies (
  character_id int not null references characters,
  key text not null,
  started_at timestamptz not null,
  last_at timestamptz not null,
  first_told_at timestamptz not null,
  told_at timestamptz not null,
  kills bigint not null,
  deaths bigint not null,
  tapers_used bigint not null,
  online_s bigint,
  turn int not null, -- grows whenever a character passes from one session to another: the greatest is the one it plays
  seen_kills int,
  seen_deaths int,
  seen_tapers int,
  seen_online_s int,
  primary key (character_id, key)
) with (fillfactor = 50);
create index on session_tallies (character_id, started_at desc);

alter table rares add column session_key text;
create index on rares (character_id, session_key);

-- Where a plugin began to count anew within a session, what it had counted before stands in combat_parts.
alter table combat_sessions add column at timestamptz, add column part int not null default 0;
create table combat_parts (
  character_id int not null references characters,
  key text not null,
  part int not null,
  ended_at timestamptz not null,
  snapshot jsonb not null,
  primary key (character_id, key, part)
);
