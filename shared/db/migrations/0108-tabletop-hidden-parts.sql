-- Rolls of opponents: what their dice and target numbers are made of is for the game master alone.
alter table gm_rolls add column is_hidden boolean not null default false;
