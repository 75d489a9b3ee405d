import { transaction, type Client, type Pool } from '../../shared/db/pool.ts'
import type { Publish, Row } from '../outcome.ts'
import { writeSheets } from './character-sheets.ts'
import { writeChat } from './chat.ts'
import { writeCombat } from './combat-sessions.ts'
import { writeDeadLetters } from './dead-letters.ts'
import type { Dimensions, Sighting } from './dimensions.ts'
import { writeDungeons } from './dungeon-maps.ts'
import { writeEquipment } from './equipment.ts'
import { writeInventory } from './inventory.ts'
import { writePortals } from './portals.ts'
import { writeQuests } from './quests.ts'
import { writeRares } from './rares.ts'
import { writeSpawns } from './spawns.ts'
import { writeTallies } from './tallies.ts'
import { writeTelemetry } from './telemetry.ts'
import { writeVitals } from './vitals.ts'

type RowOf<T extends Row['table']> = Extract<Row, { table: T }>['row']
/** Stores the rows of one table, in the order they came. Gives what to tell once they are committed. */
type Write<T extends Row['table']> = (
  client: Client,
  rows: readonly RowOf<T>[],
  known: Dimensions,
) => Promise<Publish[] | void>

/** Who writes what, in this order. */
const writers: { readonly [T in Row['table']]: Write<T> } = {
  telemetry: writeTelemetry,
  tallies: writeTallies, // before rares and fights, which ask it for their session
  vitals: writeVitals,
  chat: writeChat,
  character_sheets: writeSheets,
  combat_sessions: writeCombat,
  inventory: writeInventory,
  rares: writeRares,
  portals: writePortals,
  spawns: writeSpawns,
  quests: writeQuests,
  equipment: writeEquipment,
  dungeon_maps: writeDungeons,
  dead_letters: writeDeadLetters,
}

/** Stores rows in one transaction. Returns what to tell now that they are there. */
export async function storeBatch(pool: Pool, known: Dimensions, rows: readonly Row[]): Promise<Publish[]> {
  const byTable = grouped(rows)
  const stored = transaction(pool, async (client) => {
    await known.prepare(client, rows.flatMap(sighting))
    const publish: Publish[] = []
    for (const [table, write] of Object.entries(writers)) {
      const own = byTable.get(table as Row['table'])
      if (own) publish.push(...((await (write as Write<Row['table']>)(client, own, known)) ?? []))
    }
    return publish
  })
  return stored.catch((error: unknown) => {
    known.forget()
    throw error
  })
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

function sighting({ table, row }: Row): Sighting[] {
  if (table === 'dead_letters' || row.character === null) return []
  if (table === 'tallies') return [] // stands beside the row it counts
  if (table === 'telemetry')
    return [{ character: row.character, receivedAt: row.receivedAt, tag: row.tag, sessionId: row.sessionId }]
  return [{ character: row.character, receivedAt: row.receivedAt }]
}
