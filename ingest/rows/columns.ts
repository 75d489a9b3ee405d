import { setImmediate as turn } from 'node:timers/promises'
import type { Client } from '../../shared/db/pool.ts'
import { arrayLiteral } from './literal.ts'

/** A column of a batch: its name, its Postgres type, and how it is read from a row. */
export type Column<R, K = unknown> = readonly [name: string, type: string, value: (row: R, known: K) => unknown]

/**
 * An insert that takes any number of rows in one statement: one array a column, unnested in the database.
 * @param conflict what follows the rows, such as `on conflict … do update …`
 */
export function insertRows<R, K = unknown>(
  table: string,
  columns: readonly Column<R, K>[],
  conflict = '',
): (
  client: Client,
  rows: readonly R[],
  known?: K,
) => Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }> {
  const names = columns.map(([name]) => name).join(', ')
  const arrays = columns.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')
  const text = `insert into ${table} (${names}) select * from unnest(${arrays}) ${conflict}`
  const name = `insert ${table}`.slice(0, 60)
  return (client, rows, known) => {
    const compose = ([, , value]: Column<R, K>) => arrayLiteral(rows, (row) => value(row, known as K))
    const send = (values: string[]) => client.query({ name, text, values })
    if (rows.length <= TURN_ROWS && !composing.has(client)) return send(columns.map(compose))
    return inOrder(client, async () => {
      const values: string[] = []
      for (const column of columns) {
        values.push(compose(column))
        if ((values.length * rows.length) % TURN_CELLS < rows.length) await turn()
      }
      return { answer: send(values) }
    })
  }
}

/** Work on more rows than these lets others have their turn in its midst, so that no socket waits for a whole batch. */
export const TURN_ROWS = 200
/** Composing goes on for so many cells between two turns. */
const TURN_CELLS = 10_000

/** What is being composed for each client, up to the last. */
const composing = new WeakMap<Client, Promise<unknown>>()

/**
 * Sends statements in the order of the calls, even when one is slow to compose: all processes take locks in one order.
 */
async function inOrder<T>(client: Client, compose: () => Promise<{ answer: Promise<T> }>): Promise<T> {
  const before = composing.get(client)
  const sent = before ? before.then(compose) : compose()
  const mine = sent.catch(() => undefined) // the caller gets the error
  composing.set(client, mine)
  void mine.then(() => composing.get(client) === mine && composing.delete(client))
  return (await sent).answer
}

/** `on conflict (key) do update` of every other column. */
export function replaceOn<R, K>(key: string, columns: readonly Column<R, K>[], where = ''): string {
  const set = columns.filter(([name]) => name !== key).map(([name]) => `${name} = excluded.${name}`)
  return `on conflict (${key}) do update set ${set.join(', ')} ${where}`
}

/** The last row of each key: two rows of one key in a batch would make an upsert fail. */
export function lastOf<R, K>(rows: readonly R[], key: (row: R) => K): R[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()]
}
