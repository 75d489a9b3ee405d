import type { Item } from '../../shared/contract/frames/item.ts'
import type { Client } from '../../shared/db/pool.ts'
import { jsonForPostgres } from './json.ts'

export interface ItemRecord {
  item: Item
  server: string
  characterId: number
  receivedAt: string
}

// A record with appraisal replaces what is known; one without never wipes it: what it names wins, what it does not name stays.
// `container_told`/`wielded_told`: an update that says nothing of the place leaves it, unless the item changed hands.
const PUT = `
with given as (
  select * from jsonb_to_recordset($1::jsonb) as r(
    server text, game_id bigint, character_id int, at timestamptz, appraised boolean, container_told boolean, wielded_told boolean,
    name text, object_class int, icon int, container_id bigint, wielded_location bigint, stack int, value int, burden int,
    armor_level int, workmanship real, material int, set_id int, tinks int,
    int_values jsonb, double_values jsonb, bool_values jsonb, string_values jsonb, spells int[], active_spells int[])
), merged as (
  select g.server, g.game_id, g.character_id, i.character_id as former,
    coalesce(g.name, i.name) as name, coalesce(g.object_class, i.object_class) as object_class, coalesce(g.icon, i.icon) as icon,
    case when g.container_told then g.container_id when i.character_id = g.character_id then i.container_id end as container_id,
    case when g.wielded_told or (g.appraised and g.int_values is not null) then g.wielded_location when i.character_id = g.character_id then i.wielded_location end as wielded_location,
    coalesce(g.stack, i.stack) as stack, coalesce(g.value, i.value) as value, coalesce(g.burden, i.burden) as burden,
    case when g.appraised and g.int_values is not null then g.armor_level else coalesce(g.armor_level, i.armor_level) end as armor_level,
    coalesce(g.workmanship, i.workmanship) as workmanship, coalesce(g.material, i.material) as material,
    case when g.appraised and g.int_values is not null then g.set_id else coalesce(g.set_id, i.set_id) end as set_id,
    case when g.appraised and g.int_values is not null then g.tinks else coalesce(g.tinks, i.tinks) end as tinks,
    case when g.appraised then coalesce(i.appraised_at, g.at) else i.appraised_at end as appraised_at,
    case when g.int_values is null then coalesce(i.int_values, '{}') when g.appraised or i.int_values is null then g.int_values
      else i.int_values || g.int_values end as int_values,
    case when g.double_values is null then coalesce(i.double_values, '{}') when g.appraised or i.double_values is null then g.double_values
      else i.double_values || g.double_values end as double_values,
    case when g.bool_values is null then coalesce(i.bool_values, '{}') when g.appraised or i.bool_values is null then g.bool_values
      else i.bool_values || g.bool_values end as bool_values,
    case when g.string_values is null then coalesce(i.string_values, '{}') when g.appraised or i.string_values is null then g.string_values
      else i.string_values || g.string_values end as string_values,
    case when g.spells is null then coalesce(i.spells, '{}') when g.appraised or i.spells is null or cardinality(g.spells) > 0 then g.spells
      else i.spells end as spells,
    case when g.active_spells is null then coalesce(i.active_spells, '{}') when g.appraised or i.active_spells is null or cardinality(g.active_spells) > 0 then g.active_spells
      else i.active_spells end as active_spells,
    g.at as changed_at
  from given g left join items i on i.server = g.server and i.game_id = g.game_id
), stored as (
  insert into items as i (server, game_id, character_id, name, object_class, icon, container_id, wielded_location, stack, value, burden,
    armor_level, workmanship, material, set_id, tinks, appraised_at, int_values, double_values, bool_values, string_values, spells, active_spells, changed_at)
  select server, game_id, character_id, name, object_class, icon, container_id, wielded_location, stack, value, burden,
    armor_level, workmanship, material, set_id, tinks, appraised_at, int_values, double_values, bool_values, string_values, spells, active_spells, changed_at
  from merged
  on conflict (server, game_id) do update set
    character_id = excluded.character_id, name = excluded.name, object_class = excluded.object_class, icon = excluded.icon,
    container_id = excluded.container_id, wielded_location = excluded.wielded_location, stack = excluded.stack, value = excluded.value,
    burden = excluded.burden, armor_level = excluded.armor_level, workmanship = excluded.workmanship, material = excluded.material,
    set_id = excluded.set_id, tinks = excluded.tinks, appraised_at = excluded.appraised_at, int_values = excluded.int_values,
    double_values = excluded.double_values, bool_values = excluded.bool_values, string_values = excluded.string_values,
    spells = excluded.spells, active_spells = excluded.active_spells, changed_at = excluded.changed_at
  where (i.character_id, i.name, i.object_class, i.icon, i.container_id, i.wielded_location, i.stack, i.value, i.burden, i.armor_level,
      i.workmanship, i.material, i.set_id, i.tinks, i.appraised_at, i.int_values, i.double_values, i.bool_values, i.string_values, i.spells, i.active_spells)
    is distinct from (excluded.character_id, excluded.name, excluded.object_class, excluded.icon, excluded.container_id, excluded.wielded_location,
      excluded.stack, excluded.value, excluded.burden, excluded.armor_level, excluded.workmanship, excluded.material, excluded.set_id, excluded.tinks,
      excluded.appraised_at, excluded.int_values, excluded.double_values, excluded.bool_values, excluded.string_values, excluded.spells, excluded.active_spells)
  returning i.server, i.game_id
)
select s.server || ':' || s.game_id as id, m.character_id as owner, m.former
from stored s join merged m on m.server = s.server and m.game_id = s.game_id`

/** Stores items that came or changed; each id at most once a call. Returns those that really changed, with who held them before. */
export async function putItems(
  client: Client,
  records: readonly ItemRecord[],
): Promise<{ id: string; owner: number; former: number | null }[]> {
  if (!records.length) return []
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
  const { rows } = await client.query<{ id: string; owner: number; former: number | null }>({
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

/** Items a character no longer holds, since its full inventory does not name them. */
export async function takeOthers(
  client: Client,
  characterId: number,
  server: string,
  kept: readonly number[],
  at: string,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `update items set character_id = null, wielded_location = null, changed_at = $4
     where character_id = $1 and server = $2 and game_id <> all ($3::bigint[]) returning server || ':' || game_id as id`,
    [characterId, server, kept, at],
  )
  return rows.map((row) => row.id)
}
