-- Who spoke a line, read from its wording; and an index for text within lines, where the database offers trigrams.
alter table chat add column sender text;

do $$ begin
  create extension if not exists pg_trgm;
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'no trigrams here: chat is searched line by line';
end $$;

-- step: indexes while others write
create index chat_sender_id_idx on chat (sender, id) where sender is not null;

-- step: indexes while others write, with pg_trgm
create index chat_words on chat using gin (text gin_trgm_ops);
