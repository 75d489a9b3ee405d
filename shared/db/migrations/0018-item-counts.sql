-- Searches ask only for what somebody holds. An index that says so can count by itself, without a look at each item: that is most of
-- the work where many match.
do $$ declare figure text;
begin
  foreach figure in array '{value,burden,armor_level,base_armor_level,workmanship,max_damage,total_rating,tier}'::text[] loop
    execute format('drop index item_facts_%s_server_game_id_idx', figure);
    execute format('create index on item_facts (%1$I, server, game_id) where character_id is not null and %1$I is not null', figure);
  end loop;
  foreach figure in array '{set_id,material,tinks,imbues,damage_rating,crit_damage_rating,object_class}'::text[] loop
    execute format('drop index item_facts_%s_idx', figure);
    execute format('create index on item_facts (%1$I) where character_id is not null and %1$I is not null', figure);
  end loop;
end $$;

-- The level that an item asks of who wields it stands in either of its two requirements; searches name it in these same words.
create index on item_facts ((case 7 when wield_kind then wield_value when wield2_kind then wield2_value end), server, game_id)
  where character_id is not null and (case 7 when wield_kind then wield_value when wield2_kind then wield2_value end) is not null;
