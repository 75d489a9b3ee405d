import type { Day } from '../dialect/days.ts'
import type { Client } from '../pool.ts'
import { ASIDE, NOTES_LATE } from './aside.ts'

const { copy, late, old } = ASIDE
/**
 * Pages that one entry of the packed index stands for: fewer make a look-up read less, and its look through the index
 * longer.
 */
const PAGES = 16
/**
 * So many rows are written, then the disk rests. Writers wait until the log is on disk, with all that was written to it
 * before: written at one go, a day of 330,000 rows delayed inserts by 0.9 s.
 */
const PIECE = 2_000
const REST_S = 0.02

/** The copy's rows: the last transaction that made some, and whether all are frozen. */
export interface Made {
  by: string
  isFrozen: boolean
}

/** Takes away what a killed process left. The day it was at is as it was, or packed: never between. */
export async function tidy(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select tgrelid::regclass::text as name from pg_trigger where tgname = $1',
    [NOTES_LATE],
  )
  // One text, one transaction: without the trigger's table no late row could be stored.
  await client.query(
    [...rows.map(({ name }) => `drop trigger ${NOTES_LATE} on ${name}`), `drop table if exists ${late}, ${copy}`].join(
      ';',
    ),
  )
  await client.query(`drop table if exists ${old}`)
}

/**
 * From now on every row that comes for the day is noted. Readers wait for nothing; a late frame's batch for a moment.
 */
export async function noteLateRows(client: Client, { name }: Day): Promise<void> {
  await client.query(
    `create table ${late} (like ${name});
     create trigger ${NOTES_LATE} after insert on ${name} for each row execute function keep_late_row()`,
  )
}

/**
 * Copies a day: by character and time, columns by width so that nothing is lost to alignment, with the indexes its
 * table asks of it.
 */
export async function copyDay(client: Client, { table, name, from, to }: Day): Promise<Made> {
  const columns = await columnsOf(client, table)
  const list = columns.map((column) => column.name).join(', ')
  const indexes = await indexesOf(client, table)
  await client.query('begin isolation level repeatable read')
  try {
    // At one moment: what is noted by then is in the day, what is noted later is not.
    await client.query(`delete from ${late}`)
    // Its bounds are known to hold, so attaching it scans no row; autovacuum is off meanwhile.
    await client.query(
      `create table ${copy} (${columns.map((column) => column.definition).join(', ')},
         constraint within_day check (received_at >= '${from}'
         and received_at < '${to}')) with (autovacuum_enabled = off)`,
    )
    await client.query(
      `insert into ${copy} (${list}) select ${list} from (
         select ${list}, row_number() over (order by character_id, received_at, ctid) as nth from ${name}) sorted
       where nth % ${PIECE} <> 0 or pg_sleep(${REST_S}) is not null`,
    )
    for (const index of indexes) await client.query(`create index on ${copy} ${index}`)
    await client.query(
      `create index on ${copy} using brin (character_id, received_at) with (pages_per_range = ${PAGES})`,
    )
    const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::xid::text as id')
    await client.query('commit')
    return { by: rows[0]!.id, isFrozen: false }
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection may be what was lost
    throw error
  }
}

/** Puts what was noted into the copy, in one transaction; gives it, or null when nothing was noted. */
export async function addLateRows(client: Client, { table }: Day): Promise<string | null> {
  const list = (await columnsOf(client, table)).map((column) => column.name).join(', ')
  const { rows } = await client.query<{ id: string | null }>(
    `with noted as (delete from ${late} returning *), added as (insert into ${copy} (${list}) select ${list} from noted
      returning 1)
     select case when count(*) > 0 then pg_current_xact_id()::xid::text end as id from added`,
  )
  return rows[0]!.id
}

interface ColumnDefinition {
  name: string
  definition: string
}

/** Widest first; texts last, since what follows a text needs alignment again. */
async function columnsOf(client: Client, table: string): Promise<ColumnDefinition[]> {
  const { rows } = await client.query<ColumnDefinition>(
    `select quote_ident(attname) as name, quote_ident(attname) || ' ' || format_type(atttypid, atttypmod) || case
      when attnotnull then ' not null' else '' end as definition
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
     order by attlen < 0, array_position('{d,i,s,c}'::"char"[], attalign), attnum`,
    [table],
  )
  return rows
}

/** What follows `create index on …` of each index that the table wants on its days. */
async function indexesOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>(
    'select pg_get_indexdef(indexrelid) as text from pg_index where indrelid = $1::regclass',
    [table],
  )
  return rows.map(({ text }) => text.replace(/^CREATE INDEX \S+ ON ONLY \S+ /, ''))
}
