-- What searches of items ask for. A search that names nothing but a range of a figure reads the table, which is narrow for that.
create index on item_facts (character_id, coalesce(name, ''), server, game_id);
create index on item_facts (coalesce(name, ''), server, game_id) where character_id is not null;
create index on item_facts (set_id) where set_id is not null;
create index on item_facts (material) where material is not null;
create index on item_facts (tier) where tier is not null;
create index on item_facts (container_id);
create index on item_facts using gin (spells);

do $$ begin
  create extension if not exists pg_trgm;
  create index item_facts_words on item_facts using gin (name gin_trgm_ops);
  create index item_facts_inscriptions on item_facts using gin (inscription gin_trgm_ops) where inscription is not null;
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'no trigrams here: names are searched one by one';
end $$;
