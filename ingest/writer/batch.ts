import { setImmediate as turn } from 'node:timers/promises'
import type { Client, Pool } from '../../shared/db/pool.ts'
import { moveCursor } from '../spool/cursor.ts'
import type { Position } from '../spool/segments.ts'
import type { Publish, Row, TallyRow } from '../outcome.ts'
import { writeSheets } from './character-sheets.ts'
import { writeChat } from './chat.ts'
import { TURN_ROWS } from './columns.ts'
import { writeCombat } from './combat-sessions.ts'
import { writeDeadLetters } from './dead-letters.ts'
import { followRows } from '../watch/follow.ts'
import { raiseAlerts } from '../watch/raise.ts'
import type { Dimensions } from './dimensions.ts'
import { writeDungeons } from './dungeon-maps.ts'
import { writeEquipment } from './equipment.ts'
import { writeInventory } from './inventory.ts'
import { writePortals } from './portals.ts'
import { writeQuests } from './quests.ts'
import { writeRares } from './rares.ts'
import { writeSpawns } from './spawns.ts'
import { countTallies, storeTallies } from './tallies.ts'
import { writeTelemetry } from './telemetry.ts'
import { writeVitals } from './vitals.ts'

type RowOf<T extends Row['table']> = Extract<Row, { table: T }>['row']
/** Stores the rows of one table, in the order they came. Gives what to tell once they are committed. */
type Write<T extends Row['table']> = (
  client: Client,
  rows: readonly RowOf<T>[],
  known: Dimensions,
) => Promise<Publish[] | void>

/**
 * Who writes what. They begin in this order, and then do not wait for each other: each has tables of its own. First comes what keeps
 * the database longest, so that it works while the others are composed.
 */
const writers: { readonly [T in Row['table']]: Write<T> } = {
  inventory: writeInventory,
  chat: writeChat,
  telemetry: writeTelemetry,
  tallies: (client, _, known) => storeTallies(client, known),
  vitals: writeVitals,
  character_sheets: writeSheets,
  portals: writePortals,
  spawns: writeSpawns,
  quests: writeQuests,
  equipment: writeEquipment,
  dungeon_maps: writeDungeons,
  combat_sessions: writeCombat,
  rares: writeRares,
  dead_letters: writeDeadLetters,
}

/** How the cursor of a spool moves with a batch. */
export interface CursorMove {
  spoolId: string
  from: Position
  to: Position
}

/**
 * Stores rows and moves the cursor past their frames, in one transaction. Returns what to tell now that they are there.
 * Statements go to the database without waiting for each other's answers, so the pool must pipeline.
 * @param move null for rows that came from no spool
 * @param sent told when every table's rows were begun with: what is left is short, or waits for answers
 */
export async function storeBatch(
  pool: Pool,
  known: Dimensions,
  rows: readonly Row[],
  move: CursorMove | null,
  sent: () => void = () => undefined,
): Promise<Publish[]> {
  const client = await pool.connect()
  let broken = true // whatever goes wrong in the midst of unanswered statements, only a new connection is sure to be clean
  const lost = () => undefined // told by the statement that was under way
  client.on('error', lost)
  try {
    const begun: Promise<unknown>[] = [client.query('begin')]
    if (move) begun.push(moveCursor(client, move.spoolId, move.from, move.to))
    for (const step of begun) step.catch(() => undefined) // its fault is told below, with the others
    const breath = () => (rows.length > TURN_ROWS ? turn() : undefined)
    await known.prepare(client, rows)
    await breath()
    const byTable = grouped(rows)
    await followRows(client, byTable, known) // asks what was before: so before anything is written
    await breath()
    const tallies = byTable.get('tallies') as TallyRow[] | undefined
    if (tallies) await countTallies(client, tallies, known) // rares and fights ask which session was played
    await breath()
    const writing: Promise<Publish[] | void>[] = []
    for (const [table, write] of Object.entries(writers)) {
      const own = byTable.get(table as Row['table'])
      if (!own) continue
      const written = (write as Write<Row['table']>)(client, own, known)
      written.catch(() => undefined) // told below, with the others
      writing.push(written)
      if (own.length > TURN_ROWS) await turn()
    }
    sent()
    await settled([...begun, ...writing])
    const publish = (await Promise.all(writing)).flatMap((told) => told ?? [])
    publish.push(...(await raiseAlerts(client, known)))
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error(`The database answered ${command} to a commit`)
    broken = false
    return publish
  } catch (error) {
    known.forget()
    throw error
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}

const AFTER_ANOTHER = '25P02'

/** Waits for all, then throws the first fault that is not merely another's consequence. */
async function settled(steps: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(steps)
  const faults = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (faults.length) throw faults.find((fault) => (fault as { code?: unknown }).code !== AFTER_ANOTHER) ?? faults[0]
}

function grouped(rows: readonly Row[]): Map<Row['table'], Row['row'][]> {
  const byTable = new Map<Row['table'], Row['row'][]>()
  for (const { table, row } of rows) {
    const own = byTable.get(table)
    if (own) own.push(row)
    else byTable.set(table, [row])
  }
  return byTable
}
