import type { Pool } from '../../../shared/db/pool.ts'
import type { ItemWhere } from '../generated/resolvers.ts'
import { ITEM_COLUMNS, type ItemRow } from '../item/store.ts'
import { isAfter, orderBy, sortColumn, type Order, type Place } from './order.ts'
import { Values } from './sql.ts'
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

/** What the one named in `usableBy` can do; null when nobody is named. */
export const abilitiesFor = (pool: Pool, where: ItemWhere | null | undefined): Promise<Abilities> | null =>
  where?.usableBy != null ? abilitiesOf(pool, where.usableBy) : null

/** A page, one row more than asked for when more follow. */
export async function listItems(pool: Pool, search: Search, abilities: Abilities | null): Promise<FoundItem[]> {
  const values = new Values()
  const { rows } = await pool.query<FoundItem>(
    `select ${ITEM_COLUMNS}, f.figure from (${pageOf(search, values, abilities)}) f left join characters c on c.id = f.character_id
     ${orderBy(search.order, 'f.figure')}`,
    values.all,
  )
  return rows
}

/** The same page of each of these characters, in one statement. */
export async function listItemsOf(
  pool: Pool,
  names: readonly string[],
  search: Search,
  abilities: Abilities | null,
): Promise<Map<string, FoundItem[]>> {
  const values = new Values()
  const whose = values.put(names, 'text[]')
  const { rows } = await pool.query<FoundItem>(
    `select ${ITEM_COLUMNS}, f.figure from characters c cross join lateral (${pageOf(search, values, abilities, 'f.character_id = c.id')}) f
     where c.name = any(${whose}) ${orderBy(search.order, 'f.figure')}`,
    values.all,
  )
  const byName = new Map<string, FoundItem[]>(names.map((name) => [name, []]))
  for (const row of rows) byName.get(row.owner!)!.push(row)
  return byName
}

function pageOf(
  { where, order, first, after }: Search,
  values: Values,
  abilities: Abilities | null,
  also?: string,
): string {
  const conditions = [also, conditionOf(where, values, abilities), after && isAfter(order, after, values)]
  return `select f.*, ${sortColumn(order)} as figure from item_facts f where ${conditions.filter(Boolean).join(' and ')}
    ${orderBy(order)} limit ${values.put(first + 1, 'int')}`
}

/** How many items match. */
export async function countItems(pool: Pool, where: Search['where'], abilities: Abilities | null): Promise<number> {
  const values = new Values()
  const condition = conditionOf(where, values, abilities)
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) from item_facts f where ${condition}`,
    values.all,
  )
  return rows[0]!.count
}

/** How many items of each of these characters match, in one statement. */
export async function countItemsOf(
  pool: Pool,
  names: readonly string[],
  where: Search['where'],
  abilities: Abilities | null,
): Promise<Map<string, number>> {
  const values = new Values()
  const whose = values.put(names, 'text[]')
  const { rows } = await pool.query<{ name: string; count: number }>(
    `select c.name, count(*) from item_facts f join characters c on c.id = f.character_id
     where c.name = any(${whose}) and ${conditionOf(where, values, abilities)} group by c.name`,
    values.all,
  )
  return new Map(rows.map(({ name, count }) => [name, count]))
}
