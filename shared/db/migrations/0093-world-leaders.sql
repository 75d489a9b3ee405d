-- Which ingest process runs a world: one that has the same setting waits until the lease has ended.

create table world_leaders (
  world text primary key,
  -- Drawn by the process when it starts.
  leader uuid not null,
  until timestamptz not null
);
