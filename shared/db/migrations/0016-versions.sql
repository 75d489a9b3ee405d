-- Writers remember sessions between batches, and a character may speak to another ingest process and come back. Each write
-- counts a row's version up, and only from the version it remembers: who remembers an older one reads anew.
alter table session_tallies add column version int not null default 0;
alter table combat_sessions add column version int not null default 0;
