-- One log of everything notable, in one order, so that a single stream can follow and resume it. Triggers write it in the
-- transaction of the row that it is about, for every writer, old code included.
create table guild_events (
  id bigint generated always as identity primary key,
  kind text not null,
  at timestamptz not null,
  character_id int,
  server text,
  rare_id bigint,
  alert_id bigint,
  command_id bigint,
  details jsonb not null default '{}'
);
create index on guild_events (at);
create index on guild_events (kind, id);
create index on guild_events (character_id, id) where character_id is not null;

-- Whether a plugin of a character is connected and whether the character sends telemetry, as last reported in the log.
create table attendance (
  character_id int not null references characters,
  what text not null,
  is_there boolean not null,
  since timestamptz not null,
  server text,
  primary key (character_id, what)
);

-- What changed in an inventory since its last event in the log, until the burst is over.
create table inventory_bursts (
  character_id int primary key references characters,
  began_at timestamptz not null,
  changed_at timestamptz not null,
  at timestamptz not null,
  added text[] not null,
  removed text[] not null,
  added_count int not null,
  removed_count int not null
);

-- A backup that is restored brings its own log.
create function is_restoring() returns boolean language sql stable as
  $$ select coalesce(current_setting('overlord.restoring', true), '') = 'on' $$;

create function server_of(owner int) returns text language sql stable as
  $$ select server from attendance where character_id = owner and what = 'PLUGIN' $$;

create function log_rare() returns trigger language plpgsql as $$
begin
  insert into guild_events (kind, at, character_id, server, rare_id)
    values ('RARE', new.received_at, new.character_id, server_of(new.character_id), new.id);
  return null;
end $$;
create trigger rares_logged after insert on rares for each row when (not is_restoring()) execute function log_rare();

create function log_alert() returns trigger language plpgsql as $$
begin
  insert into guild_events (kind, at, character_id, server, alert_id)
    values (case new.kind when 'DEATH' then 'DEATH' else 'ALERT' end, new.at, new.character_id, server_of(new.character_id), new.id);
  return null;
end $$;
create trigger alerts_logged after insert on alerts
  for each row when (new.kind not in ('SERVER_UP', 'SERVER_DOWN') and not is_restoring()) execute function log_alert();

create function log_level() returns trigger language plpgsql as $$
begin
  insert into guild_events (kind, at, character_id, server, details)
    values ('LEVEL', new.received_at, new.character_id, server_of(new.character_id),
      jsonb_build_object('level', new.level, 'previousLevel', old.level));
  return null;
end $$;
create trigger sheets_logged after update on character_sheets
  for each row when (new.level > old.level) execute function log_level();

-- A quest was completed when its timer runs again that had ended. Timers are rounded, so a minute more is no new timer.
create function log_quest() returns trigger language plpgsql as $$
begin
  insert into guild_events (kind, at, character_id, server, details)
    values ('QUEST_COMPLETED', new.received_at, new.character_id, server_of(new.character_id),
      jsonb_build_object('name', new.name, 'readyAt', new.ready_at));
  return null;
end $$;
create trigger quests_logged after update on quests
  for each row when (old.ready_at <= new.received_at and new.ready_at > new.received_at + interval '1 minute')
  execute function log_quest();

create function log_server() returns trigger language plpgsql as $$
begin
  insert into guild_events (kind, at, server, details)
    values ('SERVER_' || new.state, new.since, new.name, jsonb_build_object('previousSince', old.since));
  return null;
end $$;
-- Up at the first probe is no change.
create trigger game_servers_logged after update on game_servers
  for each row when (new.state = 'DOWN' and old.state <> 'DOWN' or new.state = 'UP' and old.state = 'DOWN')
  execute function log_server();

create function log_command() returns trigger language plpgsql as $$
declare
  known int := (select id from characters where name = new.character_name);
begin
  insert into guild_events (kind, at, character_id, server, command_id)
    values ('COMMAND', new.answered_at, known, server_of(known), new.id);
  return null;
end $$;
create trigger command_audit_logged after update on command_audit
  for each row when (old.outcome is null and new.outcome is not null) execute function log_command();

-- Changed items alone (a stack that shrinks, a sword that wears) are no burst: they change all the time.
create function gather_burst() returns trigger language plpgsql as $$
begin
  insert into inventory_bursts as b (character_id, began_at, changed_at, at, added, removed, added_count, removed_count)
    values (new.character_id, clock_timestamp(), clock_timestamp(), new.at, new.added[1:100], new.removed[1:100],
      cardinality(new.added), cardinality(new.removed))
    on conflict (character_id) do update set changed_at = excluded.changed_at, at = excluded.at,
      added = (b.added || excluded.added)[1:100], removed = (b.removed || excluded.removed)[1:100],
      added_count = b.added_count + excluded.added_count, removed_count = b.removed_count + excluded.removed_count;
  return null;
end $$;
create trigger inventory_changes_gathered after insert on inventory_changes
  for each row when (cardinality(new.added) + cardinality(new.removed) > 0 and not is_restoring()) execute function gather_burst();

-- What the tables still hold of the last thirty days.
insert into guild_events (kind, at, character_id, rare_id, alert_id, command_id)
select kind, at, character_id, rare_id, alert_id, command_id from (
  select 'RARE' as kind, received_at as at, character_id, id as rare_id, null::bigint as alert_id, null::bigint as command_id from rares
  union all
  select case kind when 'DEATH' then 'DEATH' else 'ALERT' end, at, character_id, null, id, null from alerts
    where kind not in ('SERVER_UP', 'SERVER_DOWN')
  union all
  select 'COMMAND', a.answered_at, c.id, null, null, a.id from command_audit a left join characters c on c.name = a.character_name
    where a.outcome is not null) old
where at > now() - interval '30 days' order by at;
