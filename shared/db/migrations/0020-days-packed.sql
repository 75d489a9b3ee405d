-- Days that are over are packed (shared/db/packing/), without the index that finds a character's rows while its day goes on:
-- so that index is each day's own. Here the last days get theirs again; those before are packed within the hour.
-- step: each of the last 2 days of telemetry
create index concurrently if not exists :day_unpacked on :day (character_id, received_at);

-- step: one transaction
do $$ begin
  if (select relkind from pg_class where oid = 'telemetry'::regclass) = 'p' then
    drop index telemetry_character_id_received_at_idx;
  end if;
end $$;

-- Rows that come while their day is being copied are noted beside it.
create function keep_late_row() returns trigger language plpgsql as $$ begin
  insert into telemetry_late select new.*;
  return null;
end $$;
