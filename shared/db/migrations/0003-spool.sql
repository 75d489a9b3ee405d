-- How far the frames of each spool (the append-only files in front of the database) are stored. Moved in the transaction
-- that stores them, so that every frame is stored exactly once.
create table spool_cursors (
  spool_id uuid primary key,
  segment bigint not null,
  position bigint not null,
  moved_at timestamptz not null default now()
) with (fillfactor = 50);

-- Checked for every item written, and true anyway: whoever holds an item was numbered in the same transaction.
alter table items drop constraint items_character_id_fkey;

-- Snapshots are written far more often than read; the older compression takes several times as long.
do $$
begin
  alter table combat_sessions alter column snapshot set compression lz4;
exception when feature_not_supported then
  raise notice 'this database was built without lz4';
end $$;
