import { setTimeout as wait } from 'node:timers/promises'
import { BLOCK_TABLES, type BlockTable } from '../blocks/columns.ts'
import { readDialect } from '../dialect/choose.ts'
import { DAY_MS, dayOf, endOf, type Day } from '../dialect/days.ts'
import type { Client, Pool } from '../pool.ts'
import { DAYS_LOCK, withAdvisoryLock } from '../advisory-lock.ts'
import type { Retention } from '../retention/periods.ts'
import { blockDaysOf, moveDay } from './move-day.ts'

/** A day is packed once it is over for so long: by then hardly a frame comes late. */
const CLOSED_DAYS = 2
const AGAIN_MS = 250
const PATIENCE_MS = 60_000
/** After so long no further day is started: new days must be created, and old days dropped, at their hour. */
const MAX_MS = 45 * 60_000
/**
 * Other sessions wait for at most `lock_timeout`, and not for the disk then: a slice that is lost by a crash is whole
 * as rows, and is moved again. Vacuum writes no faster than the database's own does.
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
 * Packs days that are over into blocks of many rows, the newest day first. One process at a time. Readers and writers
 * wait for a few milliseconds at most.
 */
export async function packDays(pool: Pool, packing: Packing): Promise<void> {
  await withAdvisoryLock(pool, DAYS_LOCK, async (client) => {
    if ((await readDialect(client)).name !== 'partitions') return // TimescaleDB packs by itself
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const begun = performance.now()
    let canceled: Promise<unknown> | undefined
    const cancel = () => {
      canceled = pool.query('select pg_cancel_backend($1)', [rows[0]!.pid]).catch(() => undefined) // ends anyway
    }
    packing.signal.addEventListener('abort', cancel)
    try {
      await client.query(SETTINGS)
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
      if (canceled) await afterCancel(client, canceled)
    }
  })
}

/** Waits until a cancel has had its effect: one that is late would end a statement of the connection's next user. */
async function afterCancel(client: Client, canceled: Promise<unknown>): Promise<void> {
  await canceled
  await client.query('select').catch(() => undefined)
}

/** Days that are over, hold rows, and are not to be dropped; the newest first. */
async function daysWithRows(client: Client, table: BlockTable['table'], { retention, now }: Packing): Promise<Day[]> {
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
  let bytes = 0
  for (const { name } of [day, ...blockDaysOf(table, day)]) bytes += await bytesOf(client, name)
  return { day: day.name, rows, bytesBefore, bytes }
}

const bytesOf = async (client: Client, name: string): Promise<number> =>
  (await client.query<{ bytes: number }>('select pg_total_relation_size($1) as bytes', [name])).rows[0]!.bytes

/** Whether others held up what was tried, by a lock. */
function isHeldUp(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === '55P03' || code === '40P01'
}

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
