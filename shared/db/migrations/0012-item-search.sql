-- What searches of items ask for. Figures that few items have are indexed where they are; so indexed, a figure also gives the
-- order of a list (subgraphs/inventory/search/order.ts asks for items with and without it apart).
create index on item_facts (character_id, coalesce(name, ''), server, game_id);
create index on item_facts (coalesce(name, ''), server, game_id) where character_id is not null;
create index on item_facts (value, server, game_id) where value is not null;
create index on item_facts (burden, server, game_id) where burden is not null;
create index on item_facts (armor_level, server, game_id) where armor_level is not null;
create index on item_facts (base_armor_level, server, game_id) where base_armor_level is not null;
create index on item_facts (workmanship, server, game_id) where workmanship is not null;
create index on item_facts (max_damage, server, game_id) where max_damage is not null;
create index on item_facts (total_rating, server, game_id) where total_rating is not null;
create index on item_facts (tier, server, game_id) where tier is not null;
create index on item_facts (set_id) where set_id is not null;
create index on item_facts (material) where material is not null;
create index on item_facts (tinks) where tinks is not null;
create index on item_facts (imbues) where imbues is not null;
create index on item_facts (damage_rating) where damage_rating is not null;
create index on item_facts (crit_damage_rating) where crit_damage_rating is not null;
create index on item_facts (object_class);
create index on item_facts (container_id);
create index on item_facts (character_id) where wielded_location is not null;
create index on item_facts using gin (spells);

do $$ begin
  create extension if not exists pg_trgm;
  create index item_facts_words on item_facts using gin (words gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'no trigrams here: names are searched one by one';
end $$;
