import { setTimeout as wait } from 'node:timers/promises'
import { blockTablesOf, type BlockTable } from '../blocks/columns.ts'
import { dayOf, isThere, makeDay, type Day } from '../dialect/days.ts'
import type { Client } from '../pool.ts'
import { moveSlice, type Slice } from './slice.ts'

const MINUTES = 60
/** So much of a day is moved by one transaction: it is in memory meanwhile, and flushed to disk when it ends. */
const SLICE_BYTES = 16 * 1024 * 1024
/** Of the time that a slice took, so much is rested: others use the disk as well. */
const REST = 0.5

/** Does work that others' locks may hold up, again until it is done; false when there was no getting through. */
export type Insist = (work: () => Promise<boolean | void>) => Promise<boolean>

/** The days of blocks, for a day of rows. */
export const blockDaysOf = ({ table }: BlockTable, day: Day): Day[] =>
  blockTablesOf(table).map((blocks) => dayOf(blocks, day.name.slice(-8)))

/** A day in slices: parts of an hour, so that no block has rows of two hours. */
function slicesOf(day: Day, bytes: number): Slice[] {
  const parts = [1, 2, 3, 4, 6, 12, 30, MINUTES].find((count) => bytes / 24 / count <= SLICE_BYTES) ?? MINUTES
  const begin = Date.parse(day.from)
  const lengthMs = (MINUTES / parts) * 60_000
  return Array.from({ length: 24 * parts }, (_, n) => ({
    day: day.name,
    from: new Date(begin + n * lengthMs).toISOString(),
    to: new Date(begin + (n + 1) * lengthMs).toISOString(),
  }))
}

/**
 * Moves the rows of a day into blocks and gives their space back. A day whose moving was interrupted goes on where it
 * stopped; rows that come late are moved the next time.
 * @returns the rows moved; null when others did not let go of the day
 */
export async function moveDay(
  client: Client,
  table: BlockTable,
  day: Day,
  { insist, signal }: { insist: Insist; signal: AbortSignal },
): Promise<number | null> {
  const blockDays = blockDaysOf(table, day)
  for (const blocks of blockDays)
    if (!(await isThere(client, blocks)) && !(await insist(() => makeDay(client, blocks)))) return null
  const { rows } = await client.query<{ bytes: number }>('select pg_relation_size($1) as bytes', [day.name])
  let moved = 0
  for (const slice of slicesOf(day, rows[0]!.bytes)) {
    const begun = performance.now()
    let count = 0
    if (!(await insist(async () => void (count = await moveSlice(client, table, slice))))) return null
    if (count) await wait((performance.now() - begun) * REST, undefined, { signal })
    moved += count
  }
  // The database's own vacuum may be at them.
  const vacuum = (name: string) => insist(async () => void (await client.query(`vacuum (analyze) ${name}`)))
  if (moved) for (const blocks of blockDays) await vacuum(blocks.name)
  if (await vacuum(day.name)) await insist(() => emptyDay(client, day))
  return moved
}

/** Gives the space of a day without rows back, that of its indexes too. Somebody may still see rows that were moved. */
async function emptyDay(client: Client, { name }: Day): Promise<void> {
  // Only a vacuum makes it so small, and only when nobody can see a row of it any more.
  const isEmpty = async () =>
    (await client.query<{ empty: boolean }>('select pg_relation_size($1) = 0 as empty', [name])).rows[0]!.empty
  if (!(await isEmpty())) return
  await client.query('begin')
  try {
    await client.query(`lock table ${name} in access exclusive mode`)
    if (await isEmpty()) await client.query(`truncate ${name}`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection may be what was lost
    throw error
  }
}
