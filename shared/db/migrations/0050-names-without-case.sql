-- Queries compare names ignoring case.
create index characters_lower on characters (lower(name));
create index monsters_lower on monsters (lower(name));
