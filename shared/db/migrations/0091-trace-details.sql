-- What a step was about and what it cost, and how a world looked while an assistant worked in it.

alter table trace_steps
  -- Characters, items and a query that its arguments name; see TraceSubjects of shared/contract/traces.ts.
  add column subjects jsonb,
  add column input_tokens int,
  add column output_tokens int;

-- The square around the bot, stored as steps come. Only ingest writes here.
create table world_frames (
  id bigint generated always as identity primary key,
  -- Not a reference: frames of a world that is no longer shown can be replayed.
  world text not null,
  seq int not null,
  at timestamptz not null default now(),
  -- WorldFrameView of shared/contract/world-view.ts.
  view jsonb not null
);
create index on world_frames (world, at);
create index on world_frames (at);
