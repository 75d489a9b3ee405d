import { setImmediate as turn } from 'node:timers/promises'
import { CLASS_KEY, type Item } from './item.ts'
import type { Client } from '../../../shared/db/pool.ts'
import { jsonForPostgres } from '../../rows/json.ts'

export interface ItemRecord {
  item: Item
  server: string
  characterId: number
  receivedAt: string
  /** The record is part of a full inventory. */
  isOfFull: boolean
}

/** An item that really changed, and who held it before. */
export interface StoredItem {
  id: string
  owner: number
  former: number | null
}

/** So many are stored by one statement; then others have their turn. */
const MAX_AT_ONCE = 500
/** So many leave by one statement: each must end within the time a statement has. */
const MAX_TAKEN = 2_000

const FIGURES = ['stack', 'value', 'burden', 'armor_level', 'workmanship', 'material', 'set_id', 'tinks']
const COLUMNS = `character_id, name, object_class, icon, container_id, wielded_location, stack, value, burden,
  armor_level, workmanship, material,
  set_id, tinks, appraised_at, int_values, double_values, bool_values, string_values, spells, active_spells`
const each = (of: string) => COLUMNS.replace(/\w+/g, (column) => `${of}.${column}`)

// INV2: an appraised record with a bag of whole numbers (`exact`) replaces the figures; another record only updates the
// fields it has. INV14: a record that names another item under a reused id takes nothing over from the former one.
// INV15: an item that is reported in another container without a worn place is no longer worn; a full inventory reports
// every worn place. A record that does not name the place leaves it, unless the item changed hands.
// Each item is looked up by its key: `offset 0` keeps the planner from joining, since its statistics know nothing of a
// game server that came just now. Rows without a change are left out before the write: a conflict that updates nothing
// would still lock its row on disk. What is decoded of an item, and its history, come by triggers on `items`
// (0011-items-decoded.sql).
const updated = (column: string) => `coalesce(g.${column}, i.${column}) as ${column}`
const figure = (column: string) =>
  `case when g.exact then g.${column} else coalesce(g.${column}, i.${column}) end as ${column}`
const bag = (column: string) =>
  `case when g.${column} is null then coalesce(i.${column}, '{}') when g.appraised or i.${column} is null
    then g.${column} else i.${column} || g.${column} end as ${column}`
const list = (column: string) =>
  `case when g.${column} is null then coalesce(i.${column}, '{}') when g.appraised or i.${column} is null
    or cardinality(g.${column}) > 0 then g.${column} else i.${column} end as ${column}`

const PUT = `
with given as (
  select r.*, r.appraised and r.int_values is not null as exact from jsonb_to_recordset($1::jsonb) as r(
    server text, game_id bigint, character_id int, at timestamptz, appraised boolean, container_named boolean,
    worn_named boolean, full_inventory boolean,
    name text, object_class int, icon int, container_id bigint, wielded_location bigint, stack int, value int,
    burden int, armor_level int, workmanship real, material int, set_id int, tinks int,
    int_values jsonb, double_values jsonb, bool_values jsonb, string_values jsonb, spells int[], active_spells int[])
), changed as (
  select g.server, g.game_id, f.character_id as former, m.*, g.at as changed_at
  from given g
  left join lateral (select * from items f where f.server = g.server and f.game_id = g.game_id offset 0) f on true
  left join lateral (select f.* where f.game_id is not null and
    case when f.int_values ? '${CLASS_KEY}' and g.int_values ? '${CLASS_KEY}'
      then f.int_values -> '${CLASS_KEY}' = g.int_values -> '${CLASS_KEY}'
      else coalesce(f.name = g.name, true) and coalesce(f.object_class = g.object_class, true) end) i on true
  cross join lateral (select g.character_id, ${updated('name')}, ${updated('object_class')}, ${figure('icon')},
    case when g.container_named then g.container_id when i.character_id = g.character_id
      then i.container_id end as container_id,
    case when g.worn_named or g.exact then g.wielded_location
      when g.container_named and (g.full_inventory and g.int_values is not null
        or g.container_id is distinct from i.container_id) then null
      when i.character_id = g.character_id then i.wielded_location end as wielded_location,
    ${FIGURES.map(figure).join(',\n    ')},
    case when g.appraised then coalesce(i.appraised_at, g.at) else i.appraised_at end as appraised_at,
    ${['int_values', 'double_values', 'bool_values', 'string_values'].map(bag).join(',\n    ')},
    ${['spells', 'active_spells'].map(list).join(',\n    ')}
    offset 0) m -- else the database would work it out twice
  where f.game_id is null or (${each('f')}) is distinct from (${each('m')})
), stored as (
  insert into items (server, game_id, ${COLUMNS}, changed_at)
  select server, game_id, ${COLUMNS}, changed_at from changed
  on conflict (server, game_id) do update set (${COLUMNS}, changed_at) = (${each('excluded')}, excluded.changed_at)
)
select server || ':' || game_id as id, character_id as owner, former from changed`

/** Stores items that came or changed; each id at most once a call. Returns those that really changed. */
export async function putItems(client: Client, records: readonly ItemRecord[]): Promise<StoredItem[]> {
  // A piece is composed while the database stores the one before.
  const pieces: Promise<StoredItem[]>[] = []
  for (let i = 0; i < records.length; i += MAX_AT_ONCE) {
    if (i > 0) await turn()
    const piece = records.length <= MAX_AT_ONCE ? records : records.slice(i, i + MAX_AT_ONCE)
    const stored = putPiece(client, piece)
    stored.catch(() => undefined) // reported below, with the others
    pieces.push(stored)
  }
  return (await Promise.all(pieces)).flat()
}

async function putPiece(client: Client, records: readonly ItemRecord[]): Promise<StoredItem[]> {
  const given = records.map(({ item, server, characterId, receivedAt, isOfFull }) => ({
    server,
    game_id: item.gameId,
    character_id: characterId,
    at: receivedAt,
    appraised: item.appraised,
    container_named: item.containerId !== undefined,
    worn_named: item.wieldedLocation !== undefined,
    full_inventory: isOfFull,
    name: item.name,
    object_class: item.objectClass,
    icon: item.icon,
    container_id: item.containerId ?? null,
    wielded_location: item.wieldedLocation ?? null,
    stack: item.stack,
    value: item.value,
    burden: item.burden,
    armor_level: item.armorLevel,
    workmanship: item.workmanship,
    material: item.material,
    set_id: item.setId,
    tinks: item.tinks,
    int_values: item.intValues,
    double_values: item.doubleValues,
    bool_values: item.boolValues,
    string_values: item.stringValues,
    spells: item.spells,
    active_spells: item.activeSpells,
  }))
  const { rows } = await client.query<StoredItem>({
    name: 'put items',
    text: PUT,
    values: [jsonForPostgres(given)],
  })
  return rows
}

/** Items that left a character; what another character holds by now is left alone. */
export async function takeItems(
  client: Client,
  taken: readonly { characterId: number; server: string; gameId: number }[],
  at: string,
): Promise<{ id: string; owner: number }[]> {
  if (!taken.length) return []
  const { rows } = await client.query<{ id: string; owner: number }>({
    name: 'take items',
    text: `with held as materialized (
       select t.* from unnest($1::int[], $2::text[], $3::bigint[]) as t(character_id, server, game_id)
       cross join lateral (select i.character_id from items i
         where i.server = t.server and i.game_id = t.game_id offset 0) i
       where i.character_id = t.character_id)
     update items i set character_id = null, wielded_location = null, changed_at = $4 from held t
     where i.server = t.server and i.game_id = t.game_id
     returning i.server || ':' || i.game_id as id, t.character_id as owner`,
    values: [taken.map((row) => row.characterId), taken.map((row) => row.server), taken.map((row) => row.gameId), at],
  })
  return rows
}

/**
 * Items a character no longer holds, since its full inventory does not name them. Both parts are materialized: with the
 * server as a constant in the same query, the planner reads all items of a server for each of them when its statistics
 * do not know that server. The ids are looked up by `not in`, which every Postgres hashes; as `not exists` 15 compares
 * each item with each of tens of thousands.
 */
export async function takeOthers(
  client: Client,
  characterId: number,
  server: string,
  kept: readonly number[],
  at: string,
): Promise<string[]> {
  const taken: string[] = []
  for (;;) {
    const { rows } = await client.query<{ id: string }>({
      name: 'take other items',
      text: `with held as materialized (select server, game_id from items where character_id = $1),
       gone as materialized (select server, game_id from held where server = $2
         and game_id not in (select unnest($3::bigint[])) limit ${MAX_TAKEN})
       update items i set character_id = null, wielded_location = null, changed_at = $4 from gone
       where i.server = gone.server and i.game_id = gone.game_id returning i.server || ':' || i.game_id as id`,
      values: [characterId, server, kept, at],
    })
    taken.push(...rows.map((row) => row.id))
    if (rows.length < MAX_TAKEN) return taken
  }
}
