-- How far the frames of each spool (the append-only files in front of the database) are stored. Moved in the transaction
-- that stores them, so that every frame is stored exactly once.
create table spool_cursors (
  spool_id uuid primary key,
  segment bigint not null,
  position bigint not null,
  moved_at timestamptz not null default now()
) with (fillfactor = 50);
