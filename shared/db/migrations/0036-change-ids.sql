-- A number for each change of the rows that only keep their newest state, so that streams of them can resume. It is drawn where the
-- row is written, for every writer, old code included.

create function draw_change_id() returns trigger language plpgsql as $$
begin
  -- A row that comes with its number keeps it: a backup that is restored.
  if tg_op = 'UPDATE' or new.change_id = 0 then
    new.change_id := nextval(tg_argv[0]);
  end if;
  return new;
end $$;

alter table combat_sessions add column change_id bigint not null default 0;
create sequence combat_change_ids owned by combat_sessions.change_id;
update combat_sessions s set change_id = n.id
  from (select character_id, key, nextval('combat_change_ids') as id
        from (select character_id, key from combat_sessions order by received_at) o) n
  where (s.character_id, s.key) = (n.character_id, n.key);
create index on combat_sessions (change_id);
create trigger combat_sessions_change_id before insert or update on combat_sessions
  for each row execute function draw_change_id('combat_change_ids');

-- step: one transaction
alter table character_sheets add column change_id bigint not null default 0;
create sequence sheet_change_ids owned by character_sheets.change_id;
update character_sheets s set change_id = n.id
  from (select character_id, nextval('sheet_change_ids') as id from (select character_id from character_sheets order by received_at) o) n
  where s.character_id = n.character_id;
create index on character_sheets (change_id);
create trigger character_sheets_change_id before insert or update on character_sheets
  for each row execute function draw_change_id('sheet_change_ids');

-- step: one transaction
alter table quests add column change_id bigint not null default 0;
create sequence quest_change_ids owned by quests.change_id;
update quests s set change_id = n.id
  from (select character_id, name, nextval('quest_change_ids') as id
        from (select character_id, name from quests order by received_at) o) n
  where (s.character_id, s.name) = (n.character_id, n.name);
create index on quests (change_id);
create trigger quests_change_id before insert or update on quests
  for each row execute function draw_change_id('quest_change_ids');

-- step: one transaction
alter table equipment add column change_id bigint not null default 0;
create sequence equipment_change_ids owned by equipment.change_id;
update equipment s set change_id = n.id
  from (select character_id, nextval('equipment_change_ids') as id from (select character_id from equipment order by received_at) o) n
  where s.character_id = n.character_id;
create index on equipment (change_id);
create trigger equipment_change_id before insert or update on equipment
  for each row execute function draw_change_id('equipment_change_ids');
