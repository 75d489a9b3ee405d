import { dropPartitions } from '../retention/drop-partitions.ts'
import { transaction, type Pool } from '../pool.ts'
import type { Dialect } from './dialect.ts'

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
        if (!(await isThere(pool, name))) await make(pool, name, `${table} for values from ('${from}') to ('${to}')`)
      }
  },
  dropOld: dropPartitions,
}

const isThere = async (pool: Pool, name: string): Promise<boolean> =>
  (await pool.query<{ there: boolean }>('select to_regclass($1) is not null as there', [name])).rows[0]!.there

const LOCK = 7_219_002

/** One process at a time: `if not exists` looks before it makes, and fails where another made it between. */
const make = (pool: Pool, name: string, ofWhat: string): Promise<void> =>
  transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    await client.query(`create table if not exists ${name} partition of ${ofWhat}`)
  })
