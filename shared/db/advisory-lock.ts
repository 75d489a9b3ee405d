import type { Client, Pool } from './pool.ts'

/** Of work on days of history: dropping and packing them. */
export const DAYS_LOCK = 7_219_008

/**
 * Runs `work` on a connection of its own under an advisory lock; returns null if another process holds the lock.
 * The lock ends with its connection, also when that is lost while the work goes on: this process goes on too then.
 * Session settings made by `work` are reset afterwards.
 */
export async function withAdvisoryLock<T>(
  pool: Pool,
  lock: number,
  work: (client: Client) => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect()
  let broken: Error | undefined
  const lost = (error: Error) => void (broken = error)
  client.on('error', lost)
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lock])
    return rows[0]!.mine ? await work(client) : null
  } catch (error) {
    broken ??= error as Error
    throw error
  } finally {
    if (!broken)
      await client.query('reset all; select pg_advisory_unlock_all()').catch((error: Error) => (broken = error))
    if (!broken) client.off('error', lost) // a broken one may say so once more
    client.release(broken)
  }
}
