import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { likeText, readCursor, type Page } from '../../../shared/serve/connection.ts'

export interface CharacterRef {
  name: string
}

export interface InventoryRow {
  character: string
  itemCount: number
  burden: number
  value: number
  fullAt: string | null
  changedAt: string
}

export interface ItemRow {
  server: string
  gameId: number
  owner: string | null
  name: string | null
  objectClass: number | null
  icon: number | null
  containerId: number | null
  wieldedLocation: number | null
  stack: number | null
  value: number | null
  burden: number | null
  armorLevel: number | null
  workmanship: number | null
  material: number | null
  setId: number | null
  tinks: number | null
  appraisedAt: string | null
  intValues: unknown
  doubleValues: unknown
  boolValues: unknown
  stringValues: unknown
  spells: number[]
  activeSpells: number[]
  changedAt: string
}

export function inventoryLoader(pool: Pool) {
  return new DataLoader<string, InventoryRow | null>(async (names) => {
    const { rows } = await pool.query<InventoryRow>(
      `select c.name as character, v.full_at as "fullAt", v.changed_at as "changedAt", count(i.game_id) as "itemCount",
         coalesce(sum(i.burden), 0)::bigint as burden, coalesce(sum(i.value), 0)::bigint as value
       from inventories v join characters c on c.id = v.character_id left join items i on i.character_id = c.id
       where c.name = any($1) group by c.name, v.full_at, v.changed_at`,
      [names],
    )
    const byName = new Map(rows.map((row) => [row.character, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

export interface ItemWhere {
  characters?: readonly string[] | null | undefined
  text?: string | null | undefined
  equipped?: boolean | null | undefined
  objectClasses?: readonly number[] | null | undefined
}

const FROM = 'from items i left join characters c on c.id = i.character_id'
const SELECT = `
  select i.server, i.game_id as "gameId", c.name as owner, i.name, i.object_class as "objectClass", i.icon, i.container_id as "containerId",
    i.wielded_location as "wieldedLocation", i.stack, i.value, i.burden, i.armor_level as "armorLevel", i.workmanship, i.material, i.set_id as "setId",
    i.tinks, i.appraised_at as "appraisedAt", i.int_values as "intValues", i.double_values as "doubleValues", i.bool_values as "boolValues",
    i.string_values as "stringValues", i.spells, i.active_spells as "activeSpells", i.changed_at as "changedAt" ${FROM}`
// Without a name of its own an item sorts as the empty name.
const KEY = "(coalesce(i.name, ''), i.server, i.game_id)"
const FILTER = `i.character_id is not null and ($1::text[] is null or c.name = any($1)) and ($2::text is null or i.name ilike $2)
  and ($3::boolean is null or (i.wielded_location is not null) = $3) and ($4::int[] is null or i.object_class = any($4))`
const values = (where: ItemWhere) => [
  where.characters ?? null,
  where.text ? likeText(where.text) : null,
  where.equipped ?? null,
  where.objectClasses ?? null,
]

/** The place of an item in the lists. */
export const itemKey = (item: ItemRow): (string | number)[] => [item.name ?? '', item.server, item.gameId]

/** A page of items held by somebody, ordered by name, one row more than asked for when more follow. */
export async function listItems(pool: Pool, where: ItemWhere, page: Page): Promise<ItemRow[]> {
  const after = readCursor(page.after, 3) ?? [null, null, null]
  const { rows } = await pool.query<ItemRow>(
    `${SELECT} where ${FILTER} and ($5::text is null or ${KEY} > ($5, $6::text, $7::bigint)) order by coalesce(i.name, ''), i.server, i.game_id limit $8`,
    [...values(where), ...after, page.first + 1],
  )
  return rows
}

/** How many items match. */
export async function countItems(pool: Pool, where: ItemWhere): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`select count(*) ${FROM} where ${FILTER}`, values(where))
  return rows[0]!.count
}

/** One item by `Server:gameId`, held or not; null when it was never seen. */
export async function findItem(pool: Pool, id: string): Promise<ItemRow | null> {
  const split = id.lastIndexOf(':')
  const gameId = id.slice(split + 1)
  if (split < 1 || !/^\d{1,10}$/.test(gameId)) return null
  const { rows } = await pool.query<ItemRow>(`${SELECT} where i.server = $1 and i.game_id = $2`, [
    id.slice(0, split),
    gameId,
  ])
  return rows[0] ?? null
}
