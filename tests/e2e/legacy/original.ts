// A database as the original laid it out, as far as its documents and commits tell.
import { hash } from 'bcryptjs'
import type { Pool } from '../../../shared/db/pool.ts'

const MAIN = `
create table users (id serial primary key, username text unique not null, password_hash text not null, is_admin boolean
default false,
  created_at timestamptz default now());
create table char_stats (character_name text primary key, total_kills int not null);
create table rare_stats (character_name text primary key, total_rares int not null);
create table rare_stats_sessions (character_name text, session_id text, session_rares int, primary key (character_name,
session_id));
create table rare_events (id serial primary key, character_name text not null, name text not null, timestamp timestamptz
not null,
  ew float not null, ns float not null, z float not null);
create table telemetry_events (character_name text, timestamp timestamptz);`

const INVENTORY = `
create table items (id serial primary key, character_name text not null, item_id bigint not null, timestamp timestamp
not null, name text not null,
  icon int, object_class int, value int default 0, burden int default 0, stack int default 1, container_id bigint
  default 0, slot int default -1,
  current_wielded_location bigint default 0, unique (character_name, item_id));
create table item_combat_stats (item_id int primary key references items (id), max_damage int, armor_level int,
damage_bonus float);
create table item_requirements (item_id int primary key references items (id), wield_level int, equip_skill text);
create table item_enhancements (item_id int primary key references items (id), material text, imbue text, tinks int,
workmanship float, item_set text);
create table item_ratings (item_id int primary key references items (id), damage_rating int, crit_damage_rating int);
create table item_spells (item_id int references items (id), spell_id int, is_active boolean default false, primary key
(item_id, spell_id, is_active));
create table item_raw_data (item_id int primary key references items (id), int_values jsonb, original_json jsonb not
null);`

export const PASSWORD = 'what she always typed'

/** People, finds and totals. */
export async function layMain(pool: Pool): Promise<void> {
  await pool.query(MAIN)
  const hashed = await hash(PASSWORD, 4)
  await pool.query(
    `insert into users (username, password_hash, is_admin) values ('Erik', $1, true), ('Sawato', $1, false), ('admin',
      $1, true),
       ('No Hash', 'plain text', false), ($2, $1, false)`,
    [hashed, '<b>Bold</b>'],
  )
  await pool.query(`
    insert into char_stats values ('Larsson', 120000), ('Sven', 7), ('Nobody Yet', -5);
    insert into rare_stats values ('Larsson', 5), ('Sven', 1);
    insert into rare_events (character_name, name, timestamp, ew, ns, z) values
      ('Larsson', 'Star of Tukal', '2025-05-01 10:00:00+00', 1.5, 2.5, 0), ('Larsson', 'Alchemist''s Crystal',
      '2025-05-02 10:00:00.123456+00', 1.5, 2.5, 0),
      ('Sven', 'Infinite Leather', '2025-05-03 10:00:00+00', -1, -2, 3), ('', 'Ghost', '2025-05-03 10:00:00+00', 0, 0,
      0);
    insert into rare_stats_sessions values ('Larsson', 's', 2)`)
}

/** More finds than are read at once. */
export const manyRares = (pool: Pool, count: number) =>
  pool.query(
    `insert into rare_events (character_name, name, timestamp, ew, ns, z)
     select 'Digger', 'Pearl of Defending', timestamptz '2024-01-01' + i * interval '1 minute', 0, 0, 0
     from generate_series(1, $1) i`,
    [count],
  )

/** What plugins reported about items: one with its record, one without. */
export async function layInventory(pool: Pool): Promise<void> {
  await pool.query(INVENTORY)
  const record = {
    Id: -2147302131,
    ObjectClass: 2,
    HasIdData: true,
    Name: 'Celdon Girth',
    IntValues: { 5: 640, 28: 412, 374: 1 },
    DoubleValues: { 167772169: 7 },
    Spells: [6105, 4704],
    ActiveSpells: [],
  }
  await pool.query(`
    insert into items (character_name, item_id, timestamp, name, object_class, value, burden, container_id,
    current_wielded_location) values
      ('Larsson', -2147302131, '2025-06-01 12:00:00', 'Celdon Girth', 2, 21345, 640, 0, 1024),
      ('Larsson', 1342177290, '2025-06-01 12:00:00', 'Copper Ring', 4, 50, 5, 1342177283, 0),
      ('Sven', 1342177777, '2025-06-01 12:00:00', 'Sword', 1, 5, 5, 0, 0);
    insert into items (character_name, item_id, timestamp, name, object_class)
    values ('Larsson', 1342177291, '2025-06-01 12:00:00', 'Dagger', 1);
    insert into item_raw_data values (4, '{"5": 90, "218103842": 12}', '{}');
    insert into item_combat_stats values (1, null, 412, null), (2, null, null, null);
    insert into item_ratings values (2, 3, -1);
    insert into item_spells values (2, 2081, false), (2, 4305, true)`)
  await pool.query('insert into item_raw_data values (1, null, $1)', [JSON.stringify(record)])
}
