import { setImmediate as turn } from 'node:timers/promises'
import type { Item } from './item.ts'
import type { Client } from '../../../shared/db/pool.ts'
import { jsonForPostgres } from '../../rows/json.ts'

export interface ItemRecord {
  item: Item
  server: string
  characterId: number
  receivedAt: string
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

const COLUMNS = `character_id, name, object_class, icon, container_id, wielded_location, stack, value, burden, armor_level, workmanship, material,
  set_id, tinks, appraised_at, int_values, double_values, bool_values, string_values, spells, active_spells`
const each = (of: string) => COLUMNS.replace(/\w+/g, (column) => `${of}.${column}`)

// A record with appraisal replaces what is stored; one without only updates the fields it has.
// `container_told`/`wielded_told`: an update that says nothing of the place leaves it, unless the item changed hands.
// Rows without a change are left out before the write: a conflict that updates nothing would still lock its row on
// disk. What is decoded of an item, and its history, come by triggers on `items` (0011-items-decoded.sql).
const PUT = `
with given as (
  select * from jsonb_to_recordset($1::jsonb) as r(
    server text, game_id bigint, character_id int, at timestamptz, appraised boolean, container_told boolean,
    wielded_told boolean,
    name text, object_class int, icon int, container_id bigint, wielded_location bigint, stack int, value int,
    burden int,
    armor_level int, workmanship real, material int, set_id int, tinks int,
    int_values jsonb, double_values jsonb, bool_values jsonb, string_values jsonb, spells int[], active_spells int[])
), changed as (
  select g.server, g.game_id, i.character_id as former, m.*, g.at as changed_at
  from given g left join items i on i.server = g.server and i.game_id = g.game_id
  cross join lateral (select g.character_id,
    coalesce(g.name, i.name) as name, coalesce(g.object_class, i.object_class) as object_class, coalesce(g.icon,
      i.icon) as icon,
    case when g.container_told then g.container_id when i.character_id = g.character_id
    then i.container_id end as container_id,
    case when g.wielded_told or (g.appraised and g.int_values is not null) then g.wielded_location
    when i.character_id = g.character_id then i.wielded_location end as wielded_location,
    coalesce(g.stack, i.stack) as stack, coalesce(g.value, i.value) as value, coalesce(g.burden, i.burden) as burden,
    case when g.appraised and g.int_values is not null then g.armor_level else coalesce(g.armor_level,
    i.armor_level) end as armor_level,
    coalesce(g.workmanship, i.workmanship) as workmanship, coalesce(g.material, i.material) as material,
    case when g.appraised and g.int_values is not null then g.set_id else coalesce(g.set_id, i.set_id) end as set_id,
    case when g.appraised and g.int_values is not null then g.tinks else coalesce(g.tinks, i.tinks) end as tinks,
    case when g.appraised then coalesce(i.appraised_at, g.at) else i.appraised_at end as appraised_at,
    case when g.int_values is null then coalesce(i.int_values, '{}') when g.appraised or i.int_values is null
    then g.int_values
      else i.int_values || g.int_values end as int_values,
    case when g.double_values is null then coalesce(i.double_values, '{}') when g.appraised or i.double_values is null
    then g.double_values
      else i.double_values || g.double_values end as double_values,
    case when g.bool_values is null then coalesce(i.bool_values, '{}') when g.appraised or i.bool_values is null
    then g.bool_values
      else i.bool_values || g.bool_values end as bool_values,
    case when g.string_values is null then coalesce(i.string_values, '{}') when g.appraised or i.string_values is null
    then g.string_values
      else i.string_values || g.string_values end as string_values,
    case when g.spells is null then coalesce(i.spells, '{}') when g.appraised or i.spells is null
    or cardinality(g.spells) > 0 then g.spells
      else i.spells end as spells,
    case when g.active_spells is null then coalesce(i.active_spells, '{}') when g.appraised or i.active_spells is null
    or cardinality(g.active_spells) > 0 then g.active_spells
      else i.active_spells end as active_spells
    offset 0) m -- else the database would work it out twice
  where i.game_id is null or (${each('i')}) is distinct from (${each('m')})
), stored as (
  insert into items (server, game_id, ${COLUMNS}, changed_at)
  select server, game_id, ${COLUMNS}, changed_at from changed
  on conflict (server, game_id) do update set (${COLUMNS}, changed_at) = (${each('excluded')}, excluded.changed_at)
)
select server || ':' || game_id as id, character_id as owner, former from changed`

/** Stores items that came or changed; each id at most once a call. Returns those that really changed. */
export async function putItems(client: Client, records: readonly ItemRecord[]): Promise<StoredItem[]> {
  const stored: StoredItem[] = []
  for (let i = 0; i < records.length; i += MAX_AT_ONCE) {
    if (i > 0) await turn()
    const piece = records.length <= MAX_AT_ONCE ? records : records.slice(i, i + MAX_AT_ONCE)
    stored.push(...(await putPiece(client, piece)))
  }
  return stored
}

async function putPiece(client: Client, records: readonly ItemRecord[]): Promise<StoredItem[]> {
  const given = records.map(({ item, server, characterId, receivedAt }) => ({
    server,
    game_id: item.gameId,
    character_id: characterId,
    at: receivedAt,
    appraised: item.appraised,
    container_told: item.containerId !== undefined,
    wielded_told: item.wieldedLocation !== undefined,
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
  const { rows } = await client.query<{ id: string; owner: number }>(
    `update items i set character_id = null, wielded_location = null, changed_at = $4
     from unnest($1::int[], $2::text[], $3::bigint[]) as t(character_id, server, game_id)
     where i.server = t.server and i.game_id = t.game_id and i.character_id = t.character_id
     returning i.server || ':' || i.game_id as id, t.character_id as owner`,
    [taken.map((row) => row.characterId), taken.map((row) => row.server), taken.map((row) => row.gameId), at],
  )
  return rows
}

/**
 * Items a character no longer holds, since its full inventory does not name them. Their ids are looked up by `not in`,
 * which every Postgres hashes; as `not exists` 15 compares each item with each of tens of thousands.
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
    const { rows } = await client.query<{ id: string }>(
      `update items i set character_id = null, wielded_location = null, changed_at = $4
       from (select game_id from items where character_id = $1 and server = $2
         and game_id not in (select unnest($3::bigint[])) limit ${MAX_TAKEN}) gone
       where i.server = $2 and i.game_id = gone.game_id returning i.server || ':' || i.game_id as id`,
      [characterId, server, kept, at],
    )
    taken.push(...rows.map((row) => row.id))
    if (rows.length < MAX_TAKEN) return taken
  }
}
