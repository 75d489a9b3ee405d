import { dropPartitions } from '../retention/drop-partitions.ts'
import { transaction, type Pool } from '../pool.ts'
import { isThere, makeDay, numberedDay, type Day } from './days.ts'
import type { Dialect } from './dialect.ts'

/** Postgres' own partitions, one a day. Days are of UTC and of our own clock: clients' clocks are wrong. */
export const partitions: Dialect = {
  name: 'partitions',
  create: (sql) => sql,
  async ensureDays(pool, tables, days) {
    for (const table of tables)
      for (const number of days) {
        const day = numberedDay(table, number)
        if (!(await isThere(pool, day))) await make(pool, day)
      }
  },
  dropOld: dropPartitions,
}

const LOCK = 7_219_002

/** One process at a time: `if not exists` looks before it makes, and fails where another made it between. */
const make = (pool: Pool, day: Day): Promise<void> =>
  transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    if (!(await isThere(client, day))) await makeDay(client, day)
  })
