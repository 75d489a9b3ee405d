// Of several processes with the same world, one runs it; the others wait until it ends.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'

/** How long a process leads without saying so again, and how often it does, in milliseconds. */
const LEASE_MS = 15_000
const RENEW_MS = 5_000

/**
 * Runs a world while this process leads it.
 * @param run starts the world; what it gives ends it
 */
export function leadWorld(
  world: string,
  { pool, log }: { pool: Pool; log: Log },
  run: () => Promise<AsyncDisposable>,
  { leaseMs, renewMs } = { leaseMs: LEASE_MS, renewMs: RENEW_MS },
): AsyncDisposable {
  const leader = randomUUID()
  const ending = new AbortController()
  let running: AsyncDisposable | null = null
  let hasWaited = false

  async function decide(): Promise<void> {
    const isMine = await takeLease(pool, world, leader, leaseMs)
    if (isMine && !running) {
      if (hasWaited) log.info({ world }, 'this process runs the world now')
      running = await run()
    } else if (!isMine) {
      if (!hasWaited) log.info({ world }, 'another process runs the world; this one waits')
      hasWaited = true
      await running?.[Symbol.asyncDispose]()
      running = null
    }
  }

  async function loop(): Promise<void> {
    while (!ending.signal.aborted) {
      // While the database is away nothing is written, so it makes no difference who leads.
      await decide().catch((error: unknown) => log.warn({ error, world }, 'a world did not start'))
      await wait(renewMs, undefined, { ref: false, signal: ending.signal }).catch(() => undefined)
    }
  }
  const looping = loop()
  return {
    async [Symbol.asyncDispose]() {
      ending.abort()
      await looping
      await running?.[Symbol.asyncDispose]()
      await pool
        .query('delete from world_leaders where world = $1 and leader = $2', [world, leader])
        .catch((error: unknown) => log.warn({ error, world }, 'another process takes the world over later'))
    },
  }
}

/** Whether a process leads from now on, or still does. */
async function takeLease(pool: Pool, world: string, leader: string, leaseMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into world_leaders as l (world, leader, until) values ($1, $2, now() + $3 * interval '1 millisecond')
     on conflict (world) do update set leader = excluded.leader, until = excluded.until
       where l.leader = excluded.leader or l.until < now()`,
    [world, leader, leaseMs],
  )
  return rowCount === 1
}
