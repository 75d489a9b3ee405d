-- Which version of Overlord ran a migration: an older one that meets it says which version is needed.
create table migration_versions (
  name text primary key,
  version text not null
);
