// Spells: whiles in which the condition of a rule holds for a character. Each is told of once.
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import { gapMs, note, type Memory, type ReadyMemory, type Spell, type Watched } from './memory.ts'
import type { SpellRule } from './rules.ts'

/** A spell not yet told breaks off when nothing was heard for so long: nobody saw that it went on. */
const GAP_MS = 120_000
/** One already told is remembered longer: a reconnect must not tell it again. */
const TOLD_GAP_MS = 1_800_000

/** The rules that look at this character. */
export function rulesOf(memory: ReadyMemory, watched: Watched): NonNullable<Watched['rules']> {
  if (watched.rules) return watched.rules
  const own = memory.rules.spells.filter((rule) => rule.watches(watched.name, watched.tag))
  return (watched.rules = {
    telemetry: own.filter((rule) => rule.source === 'telemetry'),
    vitals: own.filter((rule) => rule.source === 'vitals'),
  })
}

/** Begins, tells of and ends spells by what a row says. */
export function followSpells(
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

function change(memory: Memory, character: Watched, rule: string, spell: Spell | null): void {
  memory.changed.set(`${character.id} ${rule}`, { character, rule, spell })
}
