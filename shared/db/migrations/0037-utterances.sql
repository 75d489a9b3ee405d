-- One line that several characters heard is one utterance. Its id is that of the line that was stored first; the lines of later
-- listeners point to it. Lines stored before have neither column: each is an utterance with one listener, and nothing is rewritten.
alter table chat add column first_id bigint;
alter table chat add column speech_key bigint;

-- Ids are drawn where the row is written, in the order of storage. They start a day above any that old code gives by its clock,
-- which stays usable while it runs: its rows take their number from the sequence if they come without one.
create sequence chat_ids owned by chat.id;
select setval('chat_ids', greatest(
  (select coalesce(max(id), 0) from chat),
  ((extract(epoch from now() + interval '1 day') * 1000)::bigint - 1704067200000) << 22));
alter table chat alter column id set default nextval('chat_ids');

-- step: indexes while others write
-- Lines with the same words, to find the utterance that a line belongs to.
create index chat_speech on chat (speech_key, received_at) where speech_key is not null;
-- Who heard an utterance later, and what a character heard later.
create index chat_heard on chat (first_id) where first_id is not null;
create index chat_heard_by on chat (character_id, first_id) where first_id is not null;
-- Talk among the lines of the game, which are most.
create index chat_talk on chat (id) where first_id is null and (channel <> 'OTHER' or sender is not null);
