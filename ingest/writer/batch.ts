import { setImmediate as turn } from 'node:timers/promises'
import type { Pool } from '../../shared/db/pool.ts'
import { moveCursor } from '../spool/cursor.ts'
import type { Position } from '../spool/segments.ts'
import { DEAD_LETTERS, type Publish, type Row, type RowBase } from '../rows/row.ts'
import type { Table } from '../rows/table.ts'
import { tables } from '../frames/registry.ts'
import { TURN_ROWS } from '../rows/columns.ts'
import { writeDeadLetters } from './dead-letters.ts'
import { watchRows } from '../alerts/watch-rows.ts'
import { raiseAlerts } from '../alerts/raise.ts'
import type { IdCache } from '../rows/id-cache.ts'
import { StatementWatch } from './statement-watch.ts'

/** The tables of all frames, and last of all what could not be stored. */
const allTables: ReadonlyMap<string, Table> = new Map([...tables, [DEAD_LETTERS, { write: writeDeadLetters }]])

/** How the cursor of a spool moves with a batch. */
export interface CursorMove {
  spoolId: string
  from: Position
  to: Position
}

/**
 * Stores rows and moves the cursor past their frames, in one transaction. Returns the events to publish after the
 * commit. Statements go to the database without waiting for each other's answers, so the pool must pipeline.
 * @param move null for rows that came from no spool
 * @param sent called when the statements of every table have begun: the rest is short, or waits for answers
 * @param watch notes what the database works on
 * @param isBulk the transaction may be long: characters are made before it, for other writers wait for their rows
 */
export async function storeBatch(
  pool: Pool,
  ids: IdCache,
  rows: readonly Row[],
  move: CursorMove | null,
  sent: () => void = () => undefined,
  watch = new StatementWatch(),
  isBulk = false,
): Promise<Publish[]> {
  const connection = await pool.connect()
  const client = watch.watched(connection)
  let broken = true // after an error among unanswered statements, only a new connection is surely clean
  const lost = () => undefined // reported by the statement in progress
  connection.on('error', lost)
  try {
    const begun: Promise<unknown>[] = []
    if (isBulk) begun.push(handled((await ids.prepare(client, rows)).touched))
    begun.push(handled(client.query('begin')))
    if (move) begun.push(handled(moveCursor(client, move.spoolId, move.from, move.to)))
    const breath = () => (rows.length > TURN_ROWS ? turn() : undefined)
    if (!isBulk) begun.push(handled((await ids.prepare(client, rows)).touched))
    await breath()
    const byTable = grouped(rows)
    await watchRows(client, byTable, ids) // asks what was before: so before anything is written
    await breath()
    for (const [name, { prepare }] of allTables) {
      const own = byTable.get(name)
      if (!own || !prepare) continue
      await prepare(client, own as never, ids)
      await breath()
    }
    const writing: Promise<Publish[] | void>[] = []
    for (const [name, { write }] of allTables) {
      const own = byTable.get(name)
      if (!own) continue
      writing.push(handled(write(client, own as never, ids)))
      if (own.length > TURN_ROWS) await turn()
    }
    sent()
    await settled([...begun, ...writing])
    const publish = (await Promise.all(writing)).flatMap((published) => published ?? [])
    publish.push(...(await raiseAlerts(client, ids)))
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error(`The database answered ${command} to a commit`)
    broken = false
    return publish
  } catch (error) {
    ids.forget()
    throw error
  } finally {
    connection.off('error', lost)
    connection.release(broken)
  }
}

/** The same promise; its error is reported by `settled`, with the others, and not as unhandled before. */
function handled<T>(step: Promise<T>): Promise<T> {
  step.catch(() => undefined)
  return step
}

const AFTER_ANOTHER = '25P02'

/** Waits for all, then throws the first fault that is not merely another's consequence. */
async function settled(steps: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(steps)
  const faults = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (faults.length) throw faults.find((fault) => (fault as { code?: unknown }).code !== AFTER_ANOTHER) ?? faults[0]
}

function grouped(rows: readonly Row[]): Map<string, RowBase[]> {
  const byTable = new Map<string, RowBase[]>()
  for (const { table, row } of rows) {
    const own = byTable.get(table)
    if (own) own.push(row)
    else byTable.set(table, [row])
  }
  return byTable
}
