import { setTimeout as wait } from 'node:timers/promises'
import { BLOCK_TABLES, type BlockTable } from '../blocks/columns.ts'
import { readDialect } from '../dialect/choose.ts'
import { DAY_MS, dayOf, endOf, PACKED, type Day } from '../dialect/days.ts'
import type { Client, Pool } from '../pool.ts'
import { DAYS_LOCK, withAdvisoryLock } from '../advisory-lock.ts'
import type { Retention } from '../retention/periods.ts'
import { ASIDE } from './aside.ts'
import { addLateRows, copyDay, noteLateRows, tidy, type Made } from './copy-day.ts'
import { blocksOf, moveDay } from './move-day.ts'
import { isHeldUp, swapDay } from './swap-day.ts'

/** A day is packed once it is over for so long: by then hardly a frame comes late. */
const CLOSED_DAYS = 2
/** A packed day that grew by so much, because frames came late, is packed again. */
const GROWN = 1.1
const GROWN_PAGES = 256
const AGAIN_MS = 250
const PATIENCE_MS = 60_000
/** After so long no further day is started: new days must be created, and old days dropped, at their hour. */
const MAX_MS = 45 * 60_000
/**
 * Other sessions wait for at most `lock_timeout` and the swap itself, and not for the disk then: later commits are
 * flushed later, so nothing is lost without the swap. Freezing writes no faster than the database's own does.
 */
const SETTINGS = `set lock_timeout = '10ms'; set statement_timeout = '6h'; set synchronous_commit = off;
  set vacuum_cost_delay = 2;
  set work_mem = '64MB'; set maintenance_work_mem = '64MB'`

/** A day that was packed, and what it took before and takes now. */
export interface PackedDay {
  day: string
  rows: number
  bytesBefore: number
  bytes: number
}

export interface Packing {
  retention: Retention
  now: Date
  /** Ends the work; a day that is half packed is started again the next time. */
  signal: AbortSignal
  onPacked: (packed: PackedDay) => void
  /** How long to wait for others to release a day: they read in turns, with a moment between them. */
  patienceMs?: number
}

/**
 * Packs days that are over, the newest first: rows by character and time, columns by width, and a BRIN index of a few
 * pages instead of one entry a row; vitals into blocks of many rows. One process at a time. Readers and writers wait
 * for a few milliseconds at most.
 */
export async function packDays(pool: Pool, packing: Packing): Promise<void> {
  await withAdvisoryLock(pool, DAYS_LOCK, async (client) => {
    if ((await readDialect(client)).name !== 'partitions') return // TimescaleDB packs by itself
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const begun = performance.now()
    // ends anyway
    const cancel = () => void pool.query('select pg_cancel_backend($1)', [rows[0]!.pid]).catch(() => undefined)
    packing.signal.addEventListener('abort', cancel)
    try {
      await client.query(SETTINGS)
      if (!(await insist(() => tidy(client), packing))) return
      for (const table of PACKED.keys())
        for (const day of await closedDays(client, table, packing)) {
          if (performance.now() - begun > MAX_MS) return
          const packed = await packDay(client, day, packing)
          if (!packed) return // a read that takes so long is likely to continue
          packing.onPacked(packed)
        }
      for (const table of BLOCK_TABLES)
        for (const day of await daysWithRows(client, table.table, packing)) {
          if (performance.now() - begun > MAX_MS) return
          const packed = await packIntoBlocks(client, table, day, packing)
          if (packed) packing.onPacked(packed)
        }
    } catch (error) {
      if (!packing.signal.aborted) throw error
    } finally {
      packing.signal.removeEventListener('abort', cancel)
    }
  })
}

/** Days that are over, hold rows, are not to be dropped, and are not packed or have grown since. */
async function closedDays(client: Client, table: string, { retention, now }: Packing): Promise<Day[]> {
  const { rows } = await client.query<{ name: string }>(
    `select name from (
       select c.relname as name, pg_relation_size(c.oid) / current_setting('block_size')::int as pages,
         substring(obj_description(c.oid, 'pg_class') from '^packed into (\\d+) pages')::bigint as packed
       from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = $1::regclass and not i.inhdetachpending and c.relname ~ ('^' || $1 || '_[0-9]{8}$')) days
     where pages > coalesce(packed * ${GROWN} + ${GROWN_PAGES}, 0) order by name desc`,
    [table],
  )
  return rows
    .map(({ name }) => dayOf(table, name.slice(-8)))
    .filter((day) => isPackable(day, retention[table as keyof Retention], now))
}

/** Days that are over, hold rows, and are not to be dropped; the newest first. */
async function daysWithRows(client: Client, table: 'vitals', { retention, now }: Packing): Promise<Day[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = $1::regclass and not i.inhdetachpending and c.relname ~ ('^' || $1 || '_[0-9]{8}$')
       and pg_relation_size(c.oid) > 0 order by name desc`,
    [table],
  )
  return rows.map(({ name }) => dayOf(table, name.slice(-8))).filter((day) => isPackable(day, retention[table], now))
}

/** Whether a day is over, and not to be dropped after so many days; 0 is never. */
const isPackable = (day: Day, days: number, now: Date): boolean =>
  endOf(day) <= now.getTime() - CLOSED_DAYS * DAY_MS && (days === 0 || endOf(day) > now.getTime() - days * DAY_MS)

/** Packs a day into blocks; gives null when there was nothing to move, or others did not let go of it. */
async function packIntoBlocks(
  client: Client,
  table: BlockTable,
  day: Day,
  packing: Packing,
): Promise<PackedDay | null> {
  const bytesBefore = await bytesOf(client, day.name)
  const rows = await moveDay(client, table, day, {
    insist: (work) => insist(work, packing),
    signal: packing.signal,
  })
  if (!rows) return null
  const [left, blocks] = [await bytesOf(client, day.name), await bytesOf(client, blocksOf(table, day).name)]
  return { day: day.name, rows, bytesBefore, bytes: left + blocks }
}

/** Packs one day; gives null when others did not let go of it. */
async function packDay(client: Client, day: Day, packing: Packing): Promise<PackedDay | null> {
  const bytesBefore = await bytesOf(client, day.name)
  if (!(await insist(() => noteLateRows(client, day), packing))) return null
  const made = await copyDay(client, day)
  const isSwapped = await insist(() => takePlace(client, day, made), packing)
  const { rows } = await client.query<{ rows: number }>(
    'select reltuples::bigint as rows from pg_class where oid = $1::regclass',
    [day.name],
  )
  await insist(() => tidy(client), packing)
  return isSwapped ? { day: day.name, rows: rows[0]!.rows, bytesBefore, bytes: await bytesOf(client, day.name) } : null
}

/** Lets the copy take the place of its day, if that is to be had now. */
async function takePlace(client: Client, day: Day, made: Made): Promise<boolean | void> {
  const added = await addLateRows(client, day)
  if (added) Object.assign(made, { by: added, isFrozen: false })
  // A reader with a snapshot from before the copy would miss its rows; frozen rows are visible to all.
  if (!made.isFrozen && !(made.isFrozen = await freeze(client, made.by))) return false
  const { rows } = await client.query<{ pages: number }>(
    'select relpages as pages from pg_class where oid = $1::regclass',
    [ASIDE.copy],
  )
  return swapDay(client, day, `packed into ${rows[0]!.pages} pages`)
}

/** Freezes the copy's rows; false while somebody reads as of a moment before they were made. */
async function freeze(client: Client, by: string): Promise<boolean> {
  await client.query(`vacuum (freeze, analyze) ${ASIDE.copy}`)
  const { rows } = await client.query<{ frozen: boolean }>(
    'select age(relfrozenxid) < age($2::xid) as frozen from pg_class where oid = $1::regclass',
    [ASIDE.copy, by],
  )
  return rows[0]!.frozen
}

const bytesOf = async (client: Client, name: string): Promise<number> =>
  (await client.query<{ bytes: number }>('select pg_total_relation_size($1) as bytes', [name])).rows[0]!.bytes

/** Does again what others' locks hold up, or what says so by `false`. False when there was no getting through. */
async function insist(
  work: () => Promise<boolean | void>,
  { signal, patienceMs = PATIENCE_MS }: Packing,
): Promise<boolean> {
  for (let waited = 0; waited <= patienceMs; waited += AGAIN_MS) {
    signal.throwIfAborted()
    if (waited) await wait(AGAIN_MS, undefined, { signal })
    try {
      if ((await work()) !== false) return true
    } catch (error) {
      if (!isHeldUp(error)) throw error
    }
  }
  return false
}
