-- What people asked the assistant and what came of it. Only the guild subgraph writes here.

create table assistant_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  -- The beginning of its first question.
  title text not null default '',
  created_at timestamptz not null default now(),
  -- When something was last asked in it.
  used_at timestamptz not null default now(),
  -- When somebody last followed it.
  watched_at timestamptz
);
create index on assistant_sessions (user_id, used_at desc, id);
create index on assistant_sessions (used_at);

create table assistant_turns (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references assistant_sessions on delete cascade,
  user_id uuid not null references users on delete cascade,
  -- The session of the browser that asked, user_sessions.id: whatever is done for the person ends with it.
  sign_in uuid not null,
  message text not null,
  asked_at timestamptz not null default now(),
  -- Which process works on it: an id of assistant_agents, which may be gone.
  claim uuid,
  ended_at timestamptz
);
-- One at a time for each person, however many processes take questions.
create unique index assistant_turns_in_flight on assistant_turns (user_id) where ended_at is null;
create index on assistant_turns (user_id, asked_at);
create index on assistant_turns (session_id, asked_at);

-- Processes that answer, connected now. One that was not alive for 15 seconds is gone.
create table assistant_agents (
  id uuid primary key,
  alive_at timestamptz not null default now()
);

-- Written with the row of the turn locked, so that within a session ids grow in the order of commits.
create table assistant_events (
  id bigint generated always as identity primary key,
  turn_id uuid not null references assistant_turns on delete cascade,
  session_id uuid not null references assistant_sessions on delete cascade,
  seq int not null,
  kind text not null check (kind in ('STATUS', 'TEXT', 'TOOL_CALL', 'TOOL_RESULT', 'USAGE', 'DONE', 'ERROR')),
  -- As it was reported: the order of fields is the order of columns for whoever shows it.
  payload json not null,
  at timestamptz not null default now(),
  trace text not null,
  unique (turn_id, seq)
);
create unique index assistant_events_terminal on assistant_events (turn_id) where kind in ('DONE', 'ERROR');
create index on assistant_events (session_id, id);
