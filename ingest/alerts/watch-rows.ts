// Watches rows as they are stored, within their transaction: what a crash rolls back raises no alert, what is stored
// raises it once.
import type { ChatEvent, TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { RowBase } from '../rows/row.ts'
import type { IdCache } from '../rows/id-cache.ts'
import { isLate } from './client-clock.ts'
import { note, prepareMemory } from './memory.ts'
import type { ReadyMemory, Watched } from './watched.ts'
import { endSilent, enterSession, updateEpisodes, rulesOf, fireUnchanged } from './episodes.ts'

/** The rows of a batch by table, in the order they came. */
export type RowsByTable = ReadonlyMap<string, readonly RowBase[]>

/** Looks at a batch before its rows are written. What is due then waits for `raiseAlerts`. */
export async function watchRows(client: Client, byTable: RowsByTable, ids: IdCache): Promise<void> {
  const rows = <R extends RowBase>(table: string) => (byTable.get(table) ?? []) as readonly R[]
  const telemetry = rows<TelemetryEvent>('telemetry')
  const vitals = rows<VitalsEvent>('vitals')
  const chat = rows<ChatEvent>('chat')
  if (telemetry.length || vitals.length) await watchFrames(client, telemetry, vitals, ids)
  if (chat.length) await watchChat(client, chat, ids)
}

/** In the order they came: after an outage of the database a batch holds minutes, and one kind explains the other. */
export async function watchFrames(
  client: Client,
  telemetry: readonly TelemetryEvent[],
  vitals: readonly VitalsEvent[],
  ids: IdCache,
): Promise<void> {
  const memory = await prepareMemory(client, ids, telemetry, vitals)
  let next = 0
  for (const row of telemetry) {
    while (next < vitals.length && vitals[next]!.receivedAt < row.receivedAt) watchVitals(memory, vitals[next++]!)
    watchTelemetry(memory, row)
  }
  while (next < vitals.length) watchVitals(memory, vitals[next++]!)
}

function watchTelemetry(memory: ReadyMemory, row: TelemetryEvent): void {
  const watched = memory.characters.get(row.character)!
  endSilent(memory, watched, 'telemetry', row.receivedAt)
  if (!isLate(watched.clock, 'telemetry', row)) takeTelemetry(memory, watched, row)
  watched.telemetryAt = row.receivedAt // a late frame says nothing but that its sender is there
}

function takeTelemetry(memory: ReadyMemory, watched: Watched, row: TelemetryEvent): void {
  if (row.sessionId && row.sessionId !== watched.session) enterSession(memory, watched, row.sessionId)
  if (row.tag != null && row.tag !== (watched.tag ?? '')) {
    watched.tag = row.tag || null // TAG1
    watched.rules = null
  }
  const { telemetry, vitals } = rulesOf(memory, watched)
  updateEpisodes(memory, watched, row, telemetry)
  if (row.ew !== null && row.ns !== null) watched.place = { ew: row.ew, ns: row.ns }
  if (vitals.length) fireUnchanged(memory, watched, vitals, row)
}

function watchVitals(memory: ReadyMemory, row: VitalsEvent): void {
  const watched = memory.characters.get(row.character)!
  endSilent(memory, watched, 'vitals', row.receivedAt)
  if (!isLate(watched.clock, 'vitals', row)) takeVitals(memory, watched, row)
  watched.vitalsAt = row.receivedAt
}

function takeVitals(memory: ReadyMemory, watched: Watched, row: VitalsEvent): void {
  const death = memory.rules.settings.get('DEATH')
  // A death shows only as vitae leaving zero. Who is first seen with vitae died before we looked.
  if (row.vitae !== null) {
    if (watched.vitae === 0 && row.vitae > 0 && death?.enabled)
      note(memory, {
        kind: 'DEATH',
        character: watched,
        atMs: Date.parse(row.receivedAt),
        severity: 'CRITICAL',
        text: `${row.character} died`,
        details: { vitae: row.vitae },
        key: `DEATH:${watched.id}`,
        quietMs: death.quietMs,
      })
    if (row.vitae !== watched.vitae) {
      watched.vitae = row.vitae
      memory.vitae.add(watched)
    }
  }
  const { vitals } = rulesOf(memory, watched)
  if (!vitals.length) return
  updateEpisodes(memory, watched, row, vitals)
  fireUnchanged(memory, watched, vitals, row)
}

export async function watchChat(client: Client, rows: readonly ChatEvent[], ids: IdCache): Promise<void> {
  const memory = await prepareMemory(client, ids)
  const vortex = memory.rules.settings.get('VORTEX')
  if (!vortex?.enabled) return
  for (const row of rows) {
    const text = row.text.toLowerCase()
    if (!vortex.words.some((phrase) => phrase !== '' && text.includes(phrase))) continue
    note(memory, {
      kind: 'VORTEX',
      character: { id: ids.characterId(row.character), name: row.character },
      atMs: Date.parse(row.receivedAt),
      severity: 'WARNING',
      text: row.text.slice(0, 500).toWellFormed(),
      details: { channel: row.channel },
      key: `VORTEX:${text.slice(0, 200).toWellFormed()}`, // all characters nearby receive the same line
      quietMs: vortex.quietMs,
    })
  }
}
