import { ownNames } from '../migrate.ts'
import { BLOCK_TABLE_NAMES } from '../blocks/columns.ts'
import { TIME_TABLES } from '../partitions.ts'
import type { Client } from '../pool.ts'

export interface Table {
  name: string
  columns: string[]
  days: string[] | null
}

/** Every table that migrations made, those referred to first. */
export async function listTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; by_day: boolean; refers: string[] }>(
    `select c.relname as name, c.relkind = 'p' as by_day,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             and a.attgenerated = '' order by a.attnum) as columns,
       array(select r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
             where k.conrelid = c.oid and k.contype = 'f' and r.oid <> c.oid) as refers
     from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
     and not c.relispartition
       and c.relname = any($1)
     order by c.relname`,
    [[...(await ownNames('table'))]],
  )
  const { rows: parts } = await client.query<{ parent: string; day: string }>(
    `select p.relname as parent, right(c.relname, 8) as day from pg_inherits i join pg_class c on c.oid = i.inhrelid
     join pg_class p on p.oid = i.inhparent where p.relkind = 'p' and c.relname ~ '_[0-9]{8}$' order by 1, 2`,
  )
  const tables: Table[] = []
  const visit = (name: string, within: readonly string[]) => {
    const row = rows.find((other) => other.name === name)
    if (!row || within.includes(name) || tables.some((table) => table.name === name)) return
    for (const other of row.refers) visit(other, [...within, name])
    const days = parts.filter(({ parent }) => parent === name).map(({ day }) => day)
    tables.push({ name, columns: row.columns, days: row.by_day ? days : null })
  }
  for (const { name } of rows) visit(name, [])
  for (const table of tables) if (!table.days && isTimeTable(table.name)) table.days = await daysOf(client, table.name)
  return tables
}

const isTimeTable = (name: string) => [...TIME_TABLES, ...BLOCK_TABLE_NAMES].includes(name)

/** Of a hypertable, which knows its days as chunks of its own: a backup may go where there are partitions. */
async function daysOf(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ day: string }>(
    `select distinct to_char(received_at at time zone 'UTC', 'YYYYMMDD') as day from ${quoted(name)} order by 1`,
  )
  return rows.map(({ day }) => day)
}

/** Identity columns and the last number each gave. */
export async function listSequences(client: Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ key: string; last: number | null }>(
    `select t.relname || '.' || a.attname as key, pg_sequence_last_value(s.oid) as last
     from pg_class s join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i')
     and d.classid = 'pg_class'::regclass
     join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
     where s.relkind = 'S' and t.relnamespace = current_schema()::regnamespace`,
  )
  return Object.fromEntries(rows.flatMap(({ key, last }) => (last === null ? [] : [[key, last]])))
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
