-- What assistants did, step by step, and the worlds they look at. Only ingest writes here (ingest/sources).

create table trace_sessions (
  id bigint generated always as identity primary key,
  -- Who reported it: `assistant`, `demo`, or the id of a token. Ids of sessions are unique within it.
  source text not null,
  key text not null,
  -- Its name for people.
  reporter text not null,
  -- The person who asked our own assistant, who alone may see it; null for sessions that every viewer may see.
  owner_id uuid references users on delete cascade,
  player text,
  mode text not null default 'idle',
  started_at timestamptz not null default now(),
  -- When something was last reported of it.
  used_at timestamptz not null default now(),
  ended_at timestamptz,
  -- Steps that the reporter plans.
  total_steps int,
  unique (source, key)
);
create index on trace_sessions (used_at);
create index on trace_sessions (owner_id) where owner_id is not null;

create table trace_steps (
  id bigint generated always as identity primary key,
  -- A greater one after each change: streams resume by it.
  change_id bigint generated always as identity unique,
  session_id bigint not null references trace_sessions on delete cascade,
  -- Names the call within its session: its result comes later.
  call text not null,
  kind text not null,
  -- Counts the calls of a session from 1, as the reporter counts them; 0 for the start and the end of a session.
  step int not null,
  tool text,
  mode text not null,
  -- Redacted: see ingest/sources/traces/redact.ts.
  input jsonb,
  result jsonb,
  looked_at jsonb,
  outcome text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  duration_ms double precision,
  unique (session_id, call)
);
create index on trace_steps (session_id, id);

create table worlds (
  name text primary key,
  kind text not null,
  seq int not null default 0,
  at timestamptz not null default now(),
  -- WorldState of shared/contract/world-view.ts.
  state jsonb not null,
  entities jsonb not null default '[]'
);

-- The surface of 16 x 16 columns.
create table world_chunks (
  world text not null references worlds on delete cascade,
  cx int not null,
  cz int not null,
  cells jsonb not null,
  primary key (world, cx, cz)
);
