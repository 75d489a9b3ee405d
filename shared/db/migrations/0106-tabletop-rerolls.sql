-- Which character made a test, and the test that a roll repeats the failed dice of.

alter table gm_rolls add column character_id uuid references gm_characters on delete set null;
alter table gm_rolls add column reroll_of text references gm_rolls on delete cascade;
create index on gm_rolls (character_id, at) where character_id is not null;
create index on gm_rolls (reroll_of) where reroll_of is not null;
