-- Scenes of game sessions: those that are kept, and the one that is played.

alter table gm_sessions add column scene_name text not null default '', add column map_notes text not null default '';

create table gm_scenes (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references gm_sessions on delete cascade,
  name text not null,
  notes text not null,
  map_notes text not null,
  saved_at timestamptz not null default now()
);
create unique index on gm_scenes (session_id, lower(name));
