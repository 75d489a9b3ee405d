// An original's database, read leniently: which of its tables are there is asked, and rows come as JSON, since only
// their names are known for sure.
import type { Client } from '../../shared/db/pool.ts'

export type OldRow = Readonly<Record<string, unknown>>

/** Tables of the database by name, with their columns and types. */
export type OldTables = ReadonlyMap<string, ReadonlyMap<string, string>>

export async function oldTables(client: Client): Promise<OldTables> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `select table_name as table, column_name as column, data_type as type from information_schema.columns
     where table_schema = current_schema() order by 1, ordinal_position`,
  )
  const tables = new Map<string, Map<string, string>>()
  for (const { table, column, type } of rows) {
    if (!tables.has(table)) tables.set(table, new Map())
    tables.get(table)!.set(column, type)
  }
  return tables
}

/** Rows held in memory at once. */
const BATCH = 200

/** Rows of a select that gives one JSON object `row`, batch by batch, within the caller's transaction. */
export async function* oldRows(client: Client, select: string): AsyncGenerator<OldRow[]> {
  await client.query(`declare old_rows no scroll cursor for ${select}`)
  try {
    for (;;) {
      const { rows } = await client.query<{ row: OldRow }>(`fetch ${BATCH} from old_rows`)
      if (!rows.length) return
      yield rows.map(({ row }) => row)
    }
  } finally {
    await client.query('close old_rows').catch(() => undefined) // a transaction that broke has closed it
  }
}

/** Text of the first of these columns that holds any. */
export function textOf(row: OldRow, ...columns: string[]): string | null {
  for (const column of columns) {
    const value = row[column]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return null
}

/** A moment as ISO text in UTC; the original's columns without a zone are UTC. Null for none. */
export function momentOf(row: OldRow, ...columns: string[]): string | null {
  const text = textOf(row, ...columns)
  if (text === null) return null
  const zoned = /(Z|[+-]\d\d(:?\d\d)?)$/.test(text) && text.length > 10 ? text : `${text}Z`
  const ms = Date.parse(zoned)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
