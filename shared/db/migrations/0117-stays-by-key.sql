-- Stays of items that came: each item's is looked up by its key. The planner, which is asked each time, hashed all
-- stays that are known for each batch of a few hundred items instead: inventories took the longer to store, the more of
-- them were known.
create or replace function items_came() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  perform items_decode(array_agg(server), array_agg(game_id)) from new_rows;
  execute 'insert into item_stays (server, game_id, character_id, since, container_id, wielded_location, stack)
    select n.server, n.game_id, n.character_id, n.changed_at, n.container_id, n.wielded_location, n.stack
    from new_rows n
    left join lateral (select true as known from item_stays s
      where s.server = n.server and s.game_id = n.game_id and s.until = ''infinity'' limit 1 offset 0) s on true
    where n.character_id is not null and s.known is null';
  return null;
end $$;
