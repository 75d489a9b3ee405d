import type { Pool } from '../../../shared/db/pool.ts'
import type { Search } from './store.ts'
import { Values } from './sql.ts'
import type { Abilities } from './usable.ts'
import { conditionOf } from './where.ts'

/** So many rows are looked at, which takes a millisecond or so. */
const SAMPLE = 1_500
/** For so long the size of the table is taken for what it was, in ms. */
const KNOWN_MS = 60_000
/** Items of so few characters are few: a character carries hundreds. */
const FEW_CHARACTERS = 8

interface Size {
  rows: number
  pages: number
}
const sizes = new WeakMap<Pool, { size: Promise<Size>; until: number }>()

/** How big the table about is, as the database last counted. */
function sizeOf(pool: Pool): Promise<Size> {
  const known = sizes.get(pool)
  if (known && performance.now() < known.until) return known.size
  const size = pool
    .query<Size>(
      `select greatest(reltuples, 0)::bigint as rows, relpages as pages from pg_class
        where oid = 'item_facts'::regclass`,
    )
    .then((found) => found.rows[0]!)
  sizes.set(pool, { size, until: performance.now() + KNOWN_MS })
  size.catch(() => sizes.delete(pool))
  return size
}

/** About how many items match of how many. Only how a search goes about it depends on this, never what it finds. */
export interface Guess {
  items: number
  of: number
  /** Pages that the database keeps them on. */
  pages: number
}

/**
 * Guesses by looking at some pages of the table. The database's own guess takes conditions for independent, and is
 * often far off.
 */
export async function guess(
  pool: Pool,
  where: Search['where'],
  abilities: Abilities | null,
  sample = SAMPLE,
): Promise<Guess> {
  const { rows: of, pages } = await sizeOf(pool)
  const isNarrow = where?.ids || (where?.characters && where.characters.length <= FEW_CHARACTERS)
  if (isNarrow || of <= sample) return { items: 0, of, pages }
  const values = new Values()
  const condition = conditionOf(where, values, abilities)
  const percent = values.put((100 * sample) / of, 'real')
  const { rows } = await pool.query<{ share: number | null }>(
    `select count(*) filter (where ${condition})::float8 / nullif(count(*), 0) as share
      from item_facts f tablesample system (${percent})`,
    values.all,
  )
  return { items: (rows[0]!.share ?? 0) * of, of, pages }
}

/**
 * Halves of all items, as conditions on `f`, for two connections to look at together. The database can do so by itself,
 * but to begin takes it 8 ms and more.
 */
export const halves = ({ pages }: Guess): string[] => {
  const middle = `'(${Math.floor(pages / 2)},0)'::tid`
  return [`f.ctid < ${middle}`, `f.ctid >= ${middle}`]
}
