-- What the watch must not forget.

-- The vitae each character told last, in the order of its own clock. `latest_vitals` is no place for it: the newest frame may say
-- nothing of vitae, or have come late.
create table watch_characters (
  character_id int primary key references characters,
  vitae real not null
) with (fillfactor = 70);
insert into watch_characters select character_id, vitae from latest_vitals where vitae is not null;

-- The session it began in: another one ends it.
alter table watch_states add column session text;

-- Of whoever was heard last before this it is decided whether to tell of the absence.
create table absence_watch (
  single boolean primary key default true check (single),
  decided_to timestamptz not null
);
