-- When questions of chats that their owner deleted were asked: they still count towards the limit of an hour. Rows are
-- removed once they no longer count.
create table assistant_deleted_asks (
  user_id uuid not null references users on delete cascade,
  asked_at timestamptz not null
);
create index on assistant_deleted_asks (user_id, asked_at);
