import type { Pool } from './pool.ts'

const TABLES = ['telemetry', 'vitals', 'chat', 'spawns', 'portal_sightings'] as const
const DAY_MS = 86_400_000
const DAYS_AHEAD = 3

/** Makes the daily partitions from yesterday to three days ahead. Days are of UTC and of our own clock: clients' clocks are wrong. */
export async function ensurePartitions(pool: Pool, now: Date): Promise<void> {
  const today = Math.floor(now.getTime() / DAY_MS)
  for (const table of TABLES) {
    for (let day = today - 1; day <= today + DAYS_AHEAD; day++) {
      const from = new Date(day * DAY_MS).toISOString().slice(0, 10)
      const to = new Date((day + 1) * DAY_MS).toISOString().slice(0, 10)
      const name = `${table}_${from.replaceAll('-', '')}`
      await pool.query(
        `create table if not exists ${name} partition of ${table} for values from ('${from}') to ('${to}')`,
      )
    }
  }
}
