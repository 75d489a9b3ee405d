import type { Dialect } from './dialect.ts'
import { dropPartitions } from '../retention/drop-partitions.ts'

const DAY_MS = 86_400_000

/** Postgres' own partitions, one a day. Days are of UTC and of our own clock: clients' clocks are wrong. */
export const partitions: Dialect = {
  name: 'partitions',
  create: (sql) => sql,
  async ensureDays(pool, tables, days) {
    for (const table of tables)
      for (const day of days) {
        const from = new Date(day * DAY_MS).toISOString().slice(0, 10)
        const to = new Date((day + 1) * DAY_MS).toISOString().slice(0, 10)
        const name = `${table}_${from.replaceAll('-', '')}`
        await pool.query(
          `create table if not exists ${name} partition of ${table} for values from ('${from}') to ('${to}')`,
        )
      }
  },
  dropOld: dropPartitions,
}
