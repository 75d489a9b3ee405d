-- When a member last followed the events of a game session.

alter table gm_members add column seen_at timestamptz;
