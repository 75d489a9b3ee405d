import { BLOCK_TABLE_NAMES } from '../blocks/columns.ts'
import type { Client, Pool } from '../pool.ts'

/** Two blocks fill a page, and stay in it. */
const BLOCK_STORAGE = 'with (toast_tuple_target = 4080)'

export const DAY_MS = 86_400_000

/** The index that each day of a table has of its own: days that an earlier version packed have none. */
const DAY_INDEXES: ReadonlyMap<string, string> = new Map([['telemetry', '(character_id, received_at)']])

/** One day of a table, with its partition. Its bounds are moments as SQL takes them. */
export interface Day {
  table: string
  name: string
  from: string
  to: string
}

/** @param digits as partitions are called: `20260620` */
export function dayOf(table: string, digits: string): Day {
  const begin = Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)) - 1, Number(digits.slice(6)))
  const text = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  return { table, name: `${table}_${digits}`, from: text(begin), to: text(begin + DAY_MS) }
}

/** @param number counted from 1970 */
export const numberedDay = (table: string, number: number): Day =>
  dayOf(table, new Date(number * DAY_MS).toISOString().slice(0, 10).replaceAll('-', ''))

/** When a day is over, in milliseconds. */
export const endOf = ({ to }: Day): number => Date.parse(to)

const indexOf = ({ name }: Day) => `${name}_unpacked`

/** Whether a day is there, with its index unless an earlier version packed it. */
export async function isThere(client: Client | Pool, day: Day): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass($1) is not null and ($2::text is null or to_regclass($2) is not null
       or coalesce(obj_description(to_regclass($1), 'pg_class'), '') ~ '^packed') as there`,
    [day.name, DAY_INDEXES.has(day.table) ? indexOf(day) : null],
  )
  return rows[0]!.there
}

/** Makes a day, or what of it is not there. */
export async function makeDay(client: Client, day: Day): Promise<void> {
  const { table, name, from, to } = day
  await client.query(
    `create table if not exists ${name} partition of ${table} for values from ('${from}') to ('${to}')
     ${BLOCK_TABLE_NAMES.includes(table) ? BLOCK_STORAGE : ''}`,
  )
  const columns = DAY_INDEXES.get(table)
  if (columns) await client.query(`create index if not exists ${indexOf(day)} on ${name} ${columns}`)
}
