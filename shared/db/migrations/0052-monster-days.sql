-- What characters did to each kind of monster, by UTC day, for lists over all characters and any window: reading every fight
-- for them would take seconds. A trigger adds what each report adds to the one before it; a part of a fight that began again
-- at zero counts from zero.
create table monster_days (
  day int not null,
  character_id int not null references characters,
  monster text not null,
  kills bigint not null,
  damage_given bigint not null,
  damage_received bigint not null,
  primary key (character_id, day, monster)
);
create index on monster_days (day);

create function figure_of(monster jsonb, name text) returns bigint language sql immutable as
  $$ select case when jsonb_typeof(monster -> name) = 'number' then trunc((monster ->> name)::numeric)::bigint else 0 end $$;

create function add_monsters(owner int, at timestamptz, now_ jsonb, before jsonb) returns void language sql as $$
  insert into monster_days as d (day, character_id, monster, kills, damage_given, damage_received)
  select floor(extract(epoch from at) / 86400)::int, owner, n.key, n.kills - n.kills0, n.given - n.given0, n.received - n.received0
  from (
    select m.key, figure_of(m.value, 'kill_count') as kills, figure_of(m.value, 'damage_given') as given,
      figure_of(m.value, 'damage_received') as received, figure_of(before -> m.key, 'kill_count') as kills0,
      figure_of(before -> m.key, 'damage_given') as given0, figure_of(before -> m.key, 'damage_received') as received0
    from jsonb_each(case when jsonb_typeof(now_) = 'object' then now_ else '{}' end) m
    where before -> m.key is distinct from m.value) n
  where (n.kills, n.given, n.received) is distinct from (n.kills0, n.given0, n.received0)
  on conflict (character_id, day, monster) do update set kills = d.kills + excluded.kills,
    damage_given = d.damage_given + excluded.damage_given, damage_received = d.damage_received + excluded.damage_received
$$;

-- What was counted of a part that ended, until the part itself is stored: a batch may bring more of it than its last report.
create table monster_parts (
  character_id int not null references characters,
  key text not null,
  part int not null,
  counted jsonb,
  primary key (character_id, key, part)
);

-- What is stored already counts for the day on which it was last reported. That takes long where much is stored, so it is
-- done a few fights at a time: until its turn comes the trigger leaves a fight alone. Part -1 is what a fight is now.
create table uncounted_fights (character_id int, key text, part int, primary key (character_id, key, part));

create function count_monsters() returns trigger language plpgsql as $$
begin
  if exists (select from uncounted_fights u where u.character_id = new.character_id and u.key = new.key and u.part = -1) then
    return null;
  end if;
  if tg_op = 'INSERT' then
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', null);
  elsif new.part = old.part then
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', old.snapshot -> 'monsters');
  else
    insert into monster_parts values (new.character_id, new.key, old.part, old.snapshot -> 'monsters') on conflict do nothing;
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', null);
  end if;
  return null;
end $$;
create trigger combat_sessions_counted after insert or update of snapshot on combat_sessions
  for each row when (not is_restoring()) execute function count_monsters();

create function count_part() returns trigger language plpgsql as $$
declare known jsonb;
begin
  delete from monster_parts p where p.character_id = new.character_id and p.key = new.key and p.part = new.part
    returning p.counted into known;
  perform add_monsters(new.character_id, new.ended_at, new.snapshot -> 'monsters', known);
  return null;
end $$;
create trigger combat_parts_counted after insert on combat_parts
  for each row when (not is_restoring()) execute function count_part();

insert into uncounted_fights select character_id, key, part from combat_parts;
insert into uncounted_fights select character_id, key, -1 from combat_sessions;

-- step: commits on its way
do $$ declare few record; fight record; begin
  for few in select array_agg(character_id) as owners, array_agg(key) as keys, array_agg(part) as parts
    from (select *, (row_number() over (order by character_id, key, part)) / 50 as n from uncounted_fights) u group by n
  loop
    for fight in select s.character_id, s.received_at, s.snapshot
      from unnest(few.owners, few.keys, few.parts) u(character_id, key, part)
      join combat_sessions s on s.character_id = u.character_id and s.key = u.key where u.part = -1
      order by s.character_id, s.key for update of s
    loop perform add_monsters(fight.character_id, fight.received_at, fight.snapshot -> 'monsters', null); end loop;
    perform add_monsters(p.character_id, p.ended_at, p.snapshot -> 'monsters', null)
      from unnest(few.owners, few.keys, few.parts) u(character_id, key, part)
      join combat_parts p on p.character_id = u.character_id and p.key = u.key and p.part = u.part;
    delete from uncounted_fights u using unnest(few.owners, few.keys, few.parts) d(character_id, key, part)
      where u.character_id = d.character_id and u.key = d.key and u.part = d.part;
    commit;
  end loop;
end $$;

-- step: one transaction
create or replace function count_monsters() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', null);
  elsif new.part = old.part then
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', old.snapshot -> 'monsters');
  else
    insert into monster_parts values (new.character_id, new.key, old.part, old.snapshot -> 'monsters') on conflict do nothing;
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', null);
  end if;
  return null;
end $$;

-- step: one transaction
drop table uncounted_fights;
