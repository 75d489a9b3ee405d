-- Links by which somebody without an account sees one view of the map. Only the guild subgraph writes them.
create table view_links (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  name text not null,
  secret_hash bytea not null unique,
  -- What the link shows: subgraphs/guild/view-link/view.ts.
  view jsonb not null,
  created_at timestamptz not null default now(),
  ends_at timestamptz not null,
  last_used_at timestamptz
);
create index on view_links (user_id);
create index on view_links (ends_at);
