-- Time in the game by character, UTC day and landblock, so that a month of a guild is read without its half million
-- buckets of five minutes. Triggers keep it equal to the sum over telemetry_spans, whoever writes or drops those.
create table place_days (
  character_id int not null references characters,
  day int not null,
  block_x int not null,
  block_y int not null,
  seconds int not null,
  primary key (character_id, day, block_x, block_y)
) with (fillfactor = 70);

-- A bucket counts where its last position is. Its half minutes with a frame are the time in the game.
create function block_at(position_ real) returns int language sql immutable as
  $$ select floor((position_ + 101.95) / 0.8)::int $$;
create function seconds_seen(seen int) returns int language sql immutable as
  $$ select (bit_count(seen::bit(10)) * 30)::int $$;

create function count_places() returns trigger language plpgsql as $$
begin
  if is_restoring() then return null; end if;
  if tg_op = 'INSERT' then
    insert into place_days as d (character_id, day, block_x, block_y, seconds)
      select n.character_id, n.span / 288, block_at(n.ew_last), block_at(n.ns_last), sum(seconds_seen(n.seen))
      from new_rows n where n.ew_last is not null and n.ns_last is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (character_id, day, block_x, block_y) do update set seconds = d.seconds + excluded.seconds;
  elsif tg_op = 'UPDATE' then
    insert into place_days as d (character_id, day, block_x, block_y, seconds)
      select r.character_id, r.span / 288, block_at(r.ew_last), block_at(r.ns_last), sum(r.seconds) from (
        select character_id, span, ew_last, ns_last, seconds_seen(seen) as seconds from new_rows
        union all select character_id, span, ew_last, ns_last, -seconds_seen(seen) from old_rows) r
      where r.ew_last is not null and r.ns_last is not null
      group by 1, 2, 3, 4 having sum(r.seconds) <> 0 order by 1, 2, 3, 4
      on conflict (character_id, day, block_x, block_y) do update set seconds = d.seconds + excluded.seconds;
  else
    update place_days d set seconds = d.seconds - o.seconds from (
      select character_id, span / 288 as day, block_at(ew_last) as x, block_at(ns_last) as y,
        sum(seconds_seen(seen)) as seconds
      from old_rows group by 1, 2, 3, 4) o
    where d.character_id = o.character_id and d.day = o.day and d.block_x = o.x and d.block_y = o.y;
  end if;
  return null;
end $$;
create trigger telemetry_spans_added after insert on telemetry_spans referencing new table as new_rows
  for each statement execute function count_places();
create trigger telemetry_spans_grown after update on telemetry_spans
  referencing old table as old_rows new table as new_rows
  for each statement execute function count_places();
create trigger telemetry_spans_dropped after delete on telemetry_spans referencing old table as old_rows
  for each statement execute function count_places();

insert into place_days (character_id, day, block_x, block_y, seconds)
select character_id, span / 288, block_at(ew_last), block_at(ns_last), sum(seconds_seen(seen)) from telemetry_spans
where ew_last is not null and ns_last is not null group by 1, 2, 3, 4;
