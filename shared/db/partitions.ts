import { readDialect } from './dialect/choose.ts'
import { DAY_MS } from './dialect/days.ts'
import type { Pool } from './pool.ts'

/** Tables that are laid out by day on the time of receipt. */
export const TIME_TABLES = ['telemetry', 'vitals', 'chat', 'spawns', 'portal_sightings'] as const

const DAYS_AHEAD = 3

/** Makes the days from yesterday to three days ahead, where the database does not make them itself. */
export async function ensurePartitions(pool: Pool, now: Date): Promise<void> {
  const today = Math.floor(now.getTime() / DAY_MS)
  const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, i) => today - 1 + i)
  await (await readDialect(pool)).ensureDays(pool, TIME_TABLES, days)
}

/** Makes the days of single moments: of frames that waited long, or came while our clock was wrong. */
export async function ensureDays(pool: Pool, moments: readonly string[]): Promise<void> {
  const days = [...new Set(moments.map((moment) => Math.floor(Date.parse(moment) / DAY_MS)))]
  await (await readDialect(pool)).ensureDays(pool, TIME_TABLES, days)
}
