-- What changes at a table between turns: a journal for undo, rolls without a turn, and the kinds of events for both.

alter table gm_events drop constraint gm_events_kind_check;
alter table gm_events add constraint gm_events_kind_check check (kind in ('SYSTEM', 'PROCESSING', 'NARRATIVE',
  'TOOL_EXECUTION', 'TOOL_RESULT', 'ROLL', 'INITIATIVE', 'PRESENCE', 'COMPLETE', 'ERROR', 'POOL', 'CHARACTER', 'SCENE',
  'WHISPER', 'UNDO'));

-- A roll without a turn has a secret of its own, which is known once it is stored.
alter table gm_rolls alter column turn_id drop not null;
alter table gm_rolls add column secret text;

-- Each change of characters and of the turn order, as it was before and after. Written with the session locked.
create table gm_changes (
  id bigint generated always as identity primary key,
  session_id uuid not null references gm_sessions on delete cascade,
  -- The turn that it is part of; null for what somebody changed between turns.
  turn_id uuid references gm_turns on delete cascade,
  what text not null,
  before json not null,
  after json not null,
  at timestamptz not null default now(),
  undone_at timestamptz
);
create index on gm_changes (session_id, id) where undone_at is null;
