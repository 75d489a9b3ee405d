import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from '../db/pool.ts'
import type { StoredFacts } from '../pubsub/fact-stream.ts'

const POLL_MS = 5

/**
 * Facts whose ids count up. An id is given before its transaction ends, so that a greater one may be read first: hence
 * a reader in order waits for the transactions that are writing to the table.
 * @param of the table, and its column of ids
 */
export function storedFacts<T>(
  pool: Pool,
  of: { table: string; id: string },
  { page, idOf, areStates = false }: Pick<StoredFacts<T>, 'page' | 'idOf' | 'areStates'>,
): StoredFacts<T> {
  return {
    page,
    idOf,
    areStates,
    async range() {
      const { rows } = await pool.query<{ oldest: string | null; newest: string | null }>(
        `select min(${of.id})::text as oldest, max(${of.id})::text as newest from ${of.table}`,
      )
      const { oldest, newest } = rows[0]!
      return oldest === null || newest === null ? null : { oldest, newest }
    },
    settled: () => writersDone(pool, of.table),
    isNewer: (id, other) => BigInt(id) > BigInt(other),
  }
}

/** Settles once every transaction that has written to a table by now is over. */
export async function writersDone(pool: Pool, table: string): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select virtualtransaction as id from pg_locks
     where locktype = 'relation' and relation = $1::regclass and mode = 'RowExclusiveLock' and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [table],
  )
  for (let open = rows.map(({ id }) => id); open.length;) {
    await wait(POLL_MS)
    const { rows: left } = await pool.query<{ id: string }>(
      'select distinct virtualtransaction as id from pg_locks where virtualtransaction = any($1)',
      [open],
    )
    open = left.map(({ id }) => id)
  }
}

/** The one fact of an id; undefined if it is gone, or does not match what the facts were asked for. */
export async function storedFact<T>(facts: Pick<StoredFacts<T>, 'page'>, id: string): Promise<T | undefined> {
  return (await facts.page(String(BigInt(id) - 1n), id, 1))[0]
}
