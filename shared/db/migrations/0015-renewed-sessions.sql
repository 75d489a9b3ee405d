-- What a session was called before it was given a new name, newest first: sockets opened by then stay, nothing new is let in.
alter table user_sessions add column was bytea[] not null default '{}';
