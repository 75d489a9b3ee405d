-- Finds that were counted elsewhere before us and of which nothing else is known (ingest/legacy).
alter table session_tallies add column rares_untold bigint not null default 0;
