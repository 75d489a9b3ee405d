import { readDialect } from './dialect/choose.ts'
import type { Pool } from './pool.ts'

/** Tables that are laid out by day on the time of receipt. */
export const TIME_TABLES = ['telemetry', 'vitals', 'chat'] as const

/** Makes the days from yesterday to three days ahead, where the database does not make them itself. */
export async function ensurePartitions(pool: Pool, now: Date): Promise<void> {
  const dialect = await readDialect(pool)
  await dialect.ensureAhead(pool, TIME_TABLES, now)
}
