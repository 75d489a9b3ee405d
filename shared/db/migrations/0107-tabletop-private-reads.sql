-- Calls that read what is for the game master alone: what is narrated after one goes to the game master alone.

alter table gm_tool_calls add column is_private boolean not null default false;

-- Narration of a turn is read for the history of later ones, and for what had no witness in it.
create index on gm_events (turn_id) where kind = 'NARRATIVE';
