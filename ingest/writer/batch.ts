import { transaction, type Pool } from '../../shared/db/pool.ts'
import type { Publish, Row } from '../outcome.ts'
import { writeSheets } from './character-sheets.ts'
import { writeChat } from './chat.ts'
import { writeCombat } from './combat-sessions.ts'
import { writeDeadLetters } from './dead-letters.ts'
import type { Dimensions, Sighting } from './dimensions.ts'
import { writeInventory } from './inventory.ts'
import { writeRares } from './rares.ts'
import { writeTelemetry } from './telemetry.ts'
import { writeVitals } from './vitals.ts'

/** Stores rows in one transaction. Returns what to tell now that they are there. */
export async function storeBatch(pool: Pool, known: Dimensions, rows: readonly Row[]): Promise<Publish[]> {
  const of = <T extends Row['table']>(table: T) =>
    rows.filter((row) => row.table === table).map((row) => row.row) as Extract<Row, { table: T }>['row'][]
  const stored = transaction(pool, async (client) => {
    await known.prepare(client, rows.flatMap(sighting))
    const publish: Publish[] = []
    const [telemetry, vitals, chat, rares, sheets, combat, inventory, dead] = [
      of('telemetry'),
      of('vitals'),
      of('chat'),
      of('rares'),
      of('character_sheets'),
      of('combat_sessions'),
      of('inventory'),
      of('dead_letters'),
    ]
    if (telemetry.length) await writeTelemetry(client, telemetry, known)
    if (vitals.length) await writeVitals(client, vitals, known)
    if (chat.length) await writeChat(client, chat, known)
    if (sheets.length) publish.push(...(await writeSheets(client, sheets, known)))
    if (combat.length) publish.push(...(await writeCombat(client, combat, known)))
    if (inventory.length) publish.push(...(await writeInventory(client, inventory, known)))
    if (rares.length) publish.push(...(await writeRares(client, rares, known)))
    if (dead.length) await writeDeadLetters(client, dead)
    return publish
  })
  return stored.catch((error: unknown) => {
    known.forget()
    throw error
  })
}

function sighting({ table, row }: Row): Sighting[] {
  if (table === 'dead_letters') return []
  if (table === 'telemetry')
    return [{ character: row.character, receivedAt: row.receivedAt, tag: row.tag, sessionId: row.sessionId }]
  return [{ character: row.character, receivedAt: row.receivedAt }]
}
