-- Game sessions at the tabletop. Only the tabletop subgraph writes here.

create table gm_sessions (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references users on delete cascade,
  title text not null,
  -- What is known of the current scene, for everybody.
  scene text not null default '',
  -- Turn order of a fight; null outside one.
  initiative jsonb,
  -- The next turn: its id, and the secret of its dice, whose commitment was published with the turn before.
  next_turn_id uuid not null default gen_random_uuid(),
  next_secret text not null,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now()
);
create index on gm_sessions (owner_id);

create table gm_members (
  session_id uuid not null references gm_sessions on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null check (role in ('GM', 'PLAYER', 'SPECTATOR')),
  joined_at timestamptz not null default now(),
  primary key (session_id, user_id)
);
create index on gm_members (user_id);

-- Codes are shown once; only their hash is stored.
create table gm_invites (
  code_hash bytea primary key,
  session_id uuid not null references gm_sessions on delete cascade,
  role text not null check (role in ('PLAYER', 'SPECTATOR')),
  created_at timestamptz not null default now(),
  ends_at timestamptz not null
);
create index on gm_invites (session_id);

create table gm_characters (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references gm_sessions on delete cascade,
  name text not null,
  street_name text,
  -- Who plays it; null for nobody yet.
  player_id uuid references users on delete set null,
  is_opponent boolean not null default false,
  sheet jsonb not null,
  -- Wounds, ammunition, pools, sustained spells.
  state jsonb not null,
  added_at timestamptz not null default now()
);
create unique index on gm_characters (session_id, lower(name));

create table gm_turns (
  id uuid primary key,
  session_id uuid not null references gm_sessions on delete cascade,
  user_id uuid not null references users on delete cascade,
  -- The character that acts; null for none.
  character_id uuid references gm_characters on delete set null,
  message text not null,
  -- Id of the message at the client that sent it.
  client_id text,
  trace uuid not null,
  -- The dice of the turn: a secret that is published when the turn ends, a salt that was fixed after the commitment.
  secret text not null,
  commitment text not null,
  salt text not null,
  next_roll bigint not null default 1,
  -- The newest report of the process that narrates.
  last_report int not null default 0,
  -- Which process works on it, and when that was last known.
  claim uuid,
  alive_at timestamptz,
  started_at timestamptz not null default now(),
  ended_at timestamptz
);
-- One at a time in each session, however many processes there are.
create unique index gm_turns_in_flight on gm_turns (session_id) where ended_at is null;
create index on gm_turns (session_id, started_at);

-- Written with the row of the session locked, so that within a session ids grow in the order of commits.
create table gm_events (
  id bigint generated always as identity primary key,
  session_id uuid not null references gm_sessions on delete cascade,
  turn_id uuid references gm_turns on delete cascade,
  kind text not null check (kind in ('SYSTEM', 'PROCESSING', 'NARRATIVE', 'TOOL_EXECUTION', 'TOOL_RESULT', 'ROLL',
    'INITIATIVE', 'PRESENCE', 'COMPLETE', 'ERROR')),
  payload json not null,
  -- Who may see it; null for every member.
  visible_to uuid[],
  at timestamptz not null default now(),
  trace uuid not null
);
create unique index gm_events_terminal on gm_events (turn_id) where kind in ('COMPLETE', 'ERROR');
create index on gm_events (session_id, id);

-- Calls of tools within a turn. A call that is repeated is answered from here.
create table gm_tool_calls (
  turn_id uuid not null references gm_turns on delete cascade,
  call_id text not null,
  tool text not null,
  arguments json not null,
  result json not null,
  at timestamptz not null default now(),
  primary key (turn_id, call_id)
);

create table gm_rolls (
  id text primary key,
  session_id uuid not null references gm_sessions on delete cascade,
  turn_id uuid not null references gm_turns on delete cascade,
  -- What it was for, in words.
  purpose text not null,
  roll json not null,
  -- The parts of the target number and of the dice, each with its source.
  parts json not null,
  visible_to uuid[],
  at timestamptz not null default now()
);
create index on gm_rolls (session_id, at);
create index on gm_rolls (turn_id);
