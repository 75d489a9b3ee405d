import type { Pool } from '../../../shared/db/pool.ts'
import { ITEM_COLUMNS } from '../item/store.ts'
import { isAfter, isBeyond, isIndexed, orderBy, placed, sortColumn } from './order.ts'
import type { Guess } from './sample.ts'
import { inParts, Values } from './sql.ts'
import type { FoundItem, Search } from './store.ts'
import type { Abilities } from './usable.ts'
import { conditionOf } from './where.ts'

// The database estimates badly how many items match several conditions, and then looks for few of them by walking an
// index over all. So a sample estimates how many match. Few are all fetched and then sorted; many are soon met along
// the index.

/**
 * A list walks the index if more than this share of items matches: one index step costs about as much as scanning a
 * dozen.
 */
const WORTH = 1 / 50
const MAX_WALKED = 5_000
/**
 * How far a list is worth following: a page is full long before when its order has nothing to do with what is asked.
 */
export const wayOf = ({ first }: Search, { of }: Guess): number =>
  Math.min(MAX_WALKED, Math.max(10 * first, Math.ceil(of * WORTH)))

/** Up to so many items are few. */
export const FEW = 12_000
/** So many of what was taken for few are found all the same. */
const MISTAKEN = 3

/** The items of a page, one more when more follow, and how many match altogether. */
export interface Found {
  rows: FoundItem[]
  total: number
}

/** The page when few items match, else null. */
export async function findFew(
  pool: Pool,
  search: Search,
  abilities: Abilities | null,
  most = FEW * MISTAKEN,
): Promise<Found | null> {
  const values = new Values()
  const few = values.put(most, 'int')
  const { rows } = await pool.query<FoundItem & { total: number; server: string | null }>(
    `with matching as materialized (${matching(search, values, abilities)} limit ${few} + 1),
      t as (select count(*) as total from matching)
     select t.total, ${ITEM_COLUMNS}, k.figure
     from t left join (${page(
       `select * from matching f where (select t.total
     from t) <= ${few}`,
       search,
       values,
     )}) k on true
     left join item_facts f on f.server = k.server and f.game_id = k.game_id
     left join characters c on c.id = f.character_id
     ${placed(search.order, 'k')}`,
    values.all,
  )
  const { total } = rows[0]!
  return total > most ? null : { total, rows: rows.filter((row) => row.server !== null) }
}

/**
 * The page, by looking at every item that matches.
 * @param parts conditions that part all items, see inParts
 */
export async function findAll(
  pool: Pool,
  search: Search,
  abilities: Abilities | null,
  parts?: readonly string[],
): Promise<FoundItem[]> {
  const keys = await inParts<{ server: string; game_id: number }>(pool, parts, (values, part) =>
    page(`select * from (${matching(search, values, abilities)} and ${part}) f where true`, search, values),
  )
  const values = new Values()
  const servers = values.put(
    keys.map((key) => key.server),
    'text[]',
  )
  const ids = values.put(
    keys.map((key) => key.game_id),
    'bigint[]',
  )
  const { rows } = await pool.query<FoundItem>(
    `select ${ITEM_COLUMNS}, f.figure
     from (select f.*, ${sortColumn(search.order)} as figure from unnest(${servers}, ${ids}) k(server, game_id)
       join item_facts f using (server, game_id)) f
     left join characters c on c.id = f.character_id ${placed(search.order, 'f')}
     limit ${values.put(search.first + 1, 'int')}`,
    values.all,
  )
  return rows
}

const matching = ({ where, order }: Search, values: Values, abilities: Abilities | null): string =>
  `select f.server, f.game_id, ${sortColumn(order)} as figure from item_facts f
    where ${conditionOf(where, values, abilities)}`

/** The rows `f` of a page among those that match. */
const page = (rows: string, { order, after, first }: Search, values: Values): string =>
  `${rows}${after ? ` and ${isBeyond(order, after, values)}` : ''} ${placed(order, 'f')}
  limit ${values.put(first + 1, 'int')}`

/**
 * The page, by following the list from its place; null when it is not full before the way gets long, or when nothing
 * keeps that order. For many items that match.
 */
export async function follow(
  pool: Pool,
  search: Search,
  abilities: Abilities | null,
  far: number,
): Promise<FoundItem[] | null> {
  const { where, order, first, after } = search
  if (!isIndexed(order)) return null
  const values = new Values()
  const figure = sortColumn(order)
  const isWithout = after?.[2] === null
  const from = ['f.character_id is not null']
  if (!isWithout) from.push(`${figure} is not null`)
  if (after) from.push(isAfter(order, after, values))
  const sorted = isWithout ? orderBy(order, 'f.server') : orderBy(order)
  const way = `select f.* from item_facts f where ${from.join(' and ')} ${sorted} limit ${values.put(far, 'int')}`
  const conditions = [conditionOf(where, values, abilities)]
  if (isWithout) conditions.push(`${figure} is null`)
  const { rows } = await pool.query<FoundItem>(
    `select ${ITEM_COLUMNS}, f.figure from (
       select f.*, ${figure} as figure from (${way}) f where ${conditions.join(' and ')}
       limit ${values.put(first + 1, 'int')}
     ) f left join characters c on c.id = f.character_id ${orderBy(order, 'f.figure')}`,
    values.all,
  )
  return rows.length > first ? rows : null
}
