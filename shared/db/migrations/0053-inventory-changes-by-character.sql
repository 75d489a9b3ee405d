-- step: indexes while others write
-- Changes of some characters' inventories, newest first.
create index inventory_changes_character_id_id_idx on inventory_changes (character_id, id);
