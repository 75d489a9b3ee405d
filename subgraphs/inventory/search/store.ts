import type { Pool } from '../../../shared/db/pool.ts'
import type { ItemWhere } from '../generated/resolvers.ts'
import { ITEM_COLUMNS, type ItemRow } from '../item/store.ts'
import { isAfter, isWhole, orderBy, sortColumn, type Order, type Place } from './order.ts'
import { inParts, Values } from './sql.ts'
import { abilitiesOf, type Abilities } from './usable.ts'
import { conditionOf } from './where.ts'

/** An item with the figure its list is ordered by. */
export type FoundItem = ItemRow & { figure: string | number | null }

/** What is searched for, and in which order. */
export interface Search {
  where: ItemWhere | null | undefined
  order: Order
  first: number
  after: Place | null
}

/** The abilities of the character named in `usableBy`; null when none is named. */
export const abilitiesFor = (pool: Pool, where: ItemWhere | null | undefined): Promise<Abilities> | null =>
  where?.usableBy != null ? abilitiesOf(pool, where.usableBy) : null

/** The part of a list with a figure to order by, or the part without one. */
type Half = 'with' | 'without'

/** The halves of a list that lie behind a place, in their order. */
function halves({ order, after }: Search): Half[] {
  if (isWhole(order)) return ['with']
  return after?.[2] === null ? ['without'] : ['with', 'without']
}

/** The same page of each of these characters: one statement, or two where some items have no such figure. */
export async function listItemsOf(
  pool: Pool,
  names: readonly string[],
  search: Search,
  abilities: Abilities | null,
): Promise<Map<string, FoundItem[]>> {
  const byName = new Map<string, FoundItem[]>(names.map((name) => [name, []]))
  for (const half of halves(search)) {
    const values = new Values()
    const holders = values.put(names, 'text[]')
    const page = pageOf(search, half, values, abilities)
    const { rows } = await pool.query<FoundItem>(
      `select ${ITEM_COLUMNS}, f.figure from characters c cross join lateral (${page}) f
        where c.name = any(${holders}) ${orderBy(search.order, 'f.figure')}`,
      values.all,
    )
    for (const row of rows) {
      const own = byName.get(row.owner!)!
      if (own.length <= search.first) own.push(row)
    }
  }
  return byName
}

function pageOf(
  { where, order, first, after }: Search,
  half: Half,
  values: Values,
  abilities: Abilities | null,
): string {
  const figure = sortColumn(order)
  const conditions = ['f.character_id = c.id', conditionOf(where, values, abilities)]
  if (!isWhole(order)) conditions.push(`${figure} is ${half === 'with' ? 'not ' : ''}null`)
  if (after && (half === 'with' || after[2] === null)) conditions.push(isAfter(order, after, values))
  return `select f.*, ${figure} as figure from item_facts f where ${conditions.join(' and ')} ${orderBy(order)}
  limit ${values.put(first + 1, 'int')}`
}

/**
 * How many items match.
 * @param parts conditions that part all items, see inParts
 */
export async function countItems(
  pool: Pool,
  where: Search['where'],
  abilities: Abilities | null,
  parts?: readonly string[],
): Promise<number> {
  const counted = await inParts<{ count: number }>(
    pool,
    parts,
    (values, part) => `select count(*) from item_facts f where ${conditionOf(where, values, abilities)} and ${part}`,
  )
  return counted.reduce((sum, { count }) => sum + count, 0)
}

/** How many items of each of these characters match, in one statement. */
export async function countItemsOf(
  pool: Pool,
  names: readonly string[],
  where: Search['where'],
  abilities: Abilities | null,
): Promise<Map<string, number>> {
  const values = new Values()
  const holders = values.put(names, 'text[]')
  const { rows } = await pool.query<{ name: string; count: number }>(
    `select c.name, count(*) from item_facts f join characters c on c.id = f.character_id
     where c.name = any(${holders}) and ${conditionOf(where, values, abilities)} group by c.name`,
    values.all,
  )
  return new Map(rows.map(({ name, count }) => [name, count]))
}
