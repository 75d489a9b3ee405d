-- Stays of items that came: planned anew each time. A statement without parameters keeps the plan it was given when there were few stays,
-- and walked through all of them for each new item: an inventory of fifty thousand took minutes until statistics were taken.
create or replace function items_came() returns trigger language plpgsql set plan_cache_mode = force_custom_plan as $$
begin
  perform items_decode(array_agg(server), array_agg(game_id)) from new_rows;
  execute 'insert into item_stays (server, game_id, character_id, since, container_id, wielded_location, stack)
    select n.server, n.game_id, n.character_id, n.changed_at, n.container_id, n.wielded_location, n.stack from new_rows n
    where n.character_id is not null and not exists (
      select from item_stays s where s.server = n.server and s.game_id = n.game_id and s.until = ''infinity'')';
  return null;
end $$;
