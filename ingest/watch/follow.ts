// Looks at rows as they are stored, within their transaction: what a crash takes back was never told, what is stored is
// told once.
import type { ChatEvent, TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { Row } from '../outcome.ts'
import type { Dimensions } from '../writer/dimensions.ts'
import { gapMs, note, prepareMemory, rulesOf, type Memory, type Watched } from './memory.ts'
import type { SpellRule } from './rules.ts'

/** A spell not yet told breaks off when nothing was heard for so long: nobody saw that it went on. */
const GAP_MS = 120_000
/** One already told is remembered longer: a reconnect must not tell it again. */
const TOLD_GAP_MS = 1_800_000

type RowsOf = ReadonlyMap<Row['table'], readonly Row['row'][]>

/** Looks at a batch before its rows are written. What is due then waits for `raiseAlerts`. */
export async function followRows(client: Client, byTable: RowsOf, known: Dimensions): Promise<void> {
  const rows = <T extends Row['table']>(table: T) =>
    byTable.get(table) as readonly Extract<Row, { table: T }>['row'][] | undefined
  const [telemetry, vitals, chat] = [rows('telemetry'), rows('vitals'), rows('chat')]
  if (telemetry) await followTelemetry(client, telemetry, known)
  if (vitals) await followVitals(client, vitals, known)
  if (chat) await followChat(client, chat, known)
}

export async function followTelemetry(
  client: Client,
  rows: readonly TelemetryEvent[],
  known: Dimensions,
): Promise<void> {
  const memory = await prepareMemory(client, known, rows)
  for (const row of rows) {
    const watched = memory.characters.get(row.character)!
    if (row.tag && row.tag !== watched.tag) {
      watched.tag = row.tag
      watched.rules = null
    }
    followSpells(memory, watched, row, rulesOf(watched, memory.rules).telemetry, watched.telemetryAt)
    watched.telemetryAt = row.receivedAt
  }
}

export async function followVitals(client: Client, rows: readonly VitalsEvent[], known: Dimensions): Promise<void> {
  const memory = await prepareMemory(client, known, rows)
  const death = memory.rules.settings.get('DEATH')
  for (const row of rows) {
    const watched = memory.characters.get(row.character)!
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
      watched.vitae = row.vitae
    }
    const { vitals } = rulesOf(watched, memory.rules)
    if (vitals.length) followSpells(memory, watched, row, vitals, watched.vitalsAt)
    watched.vitalsAt = row.receivedAt
  }
}

export async function followChat(client: Client, rows: readonly ChatEvent[], known: Dimensions): Promise<void> {
  const memory = await prepareMemory(client, known, [])
  const vortex = memory.rules.settings.get('VORTEX')
  if (!vortex?.enabled) return
  for (const row of rows) {
    const text = row.text.toLowerCase()
    if (!vortex.words.some((phrase) => phrase !== '' && text.includes(phrase))) continue
    note(memory, {
      kind: 'VORTEX',
      character: { id: known.characterId(row.character), name: row.character },
      atMs: Date.parse(row.receivedAt),
      severity: 'WARNING',
      text: row.text.slice(0, 500).toWellFormed(),
      details: { channel: row.channel },
      key: `VORTEX:${text.slice(0, 200).toWellFormed()}`, // everybody near hears the same line
      quietMs: vortex.quietMs,
    })
  }
}

function followSpells(
  memory: Memory,
  watched: Watched,
  row: TelemetryEvent | VitalsEvent,
  rules: readonly SpellRule[],
  lastAt: string,
): void {
  for (const rule of rules) {
    const holds = rule.holds(row)
    if (holds === null) continue
    let spell = watched.spells.get(rule.key)
    if (!spell && !holds) continue
    const atMs = Date.parse(row.receivedAt)
    if (spell && (spell.revision !== rule.revision || brokeOff(spell.firedMs, gapMs(lastAt, row.receivedAt))))
      spell = undefined
    if (!holds) {
      watched.spells.delete(rule.key)
      change(memory, watched, rule.key, null)
      continue
    }
    if (!spell) {
      spell = { revision: rule.revision, sinceMs: atMs, firedMs: null }
      watched.spells.set(rule.key, spell)
      change(memory, watched, rule.key, spell)
    }
    if (spell.firedMs !== null || atMs - spell.sinceMs < rule.forMs) continue
    spell.firedMs = atMs
    change(memory, watched, rule.key, spell)
    const { text, details } = rule.tell(row)
    note(memory, {
      kind: rule.kind,
      character: watched,
      atMs,
      severity: rule.severity,
      text,
      details: { ...details, since: new Date(spell.sinceMs).toISOString() },
      key: `${rule.kind}:${rule.key}:${watched.id}`,
      quietMs: rule.quietMs,
      spell: rule.key,
    })
  }
}

const brokeOff = (firedMs: number | null, gap: number) => gap > (firedMs === null ? GAP_MS : TOLD_GAP_MS)

function change(
  memory: Memory,
  character: Watched,
  rule: string,
  spell: Watched['spells'] extends Map<string, infer S> ? S | null : never,
): void {
  memory.changed.set(`${character.id} ${rule}`, { character, rule, spell })
}
