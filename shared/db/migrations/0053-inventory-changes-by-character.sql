-- Changes of some characters' inventories, newest first.
create index on inventory_changes (character_id, id);
