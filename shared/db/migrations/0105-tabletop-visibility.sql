-- Rows of the visibility table that a game master replaced; null for the table of the rules.

alter table gm_sessions add column visibility jsonb;
