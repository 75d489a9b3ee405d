// Spells: whiles in which the condition of a rule holds for a character. Each is told of once.
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import { gapMs, lastHeard, note } from './memory.ts'
import type { Memory, ReadyMemory, Spell, Watched } from './watched.ts'
import type { SpellRule } from './rules.ts'

/** A spell not yet told breaks off when nothing was heard for so long, were it our own fault: nobody saw that it went on. */
const GAP_MS = 120_000
/** One already told is remembered longer: an outage of ours must not tell it again. */
const TOLD_GAP_MS = 1_800_000
/** Where nobody says when a silent character counts as gone. */
const GONE_MS = 30_000

/** The rules that look at this character. Found anew, they end the spells of those that no longer do. */
export function rulesOf(memory: ReadyMemory, watched: Watched): NonNullable<Watched['rules']> {
  if (watched.rules) return watched.rules
  const own = memory.rules.spells.filter((rule) => rule.watches(watched.name, watched.tag))
  for (const [key, { revision }] of watched.spells)
    if (!own.some((rule) => rule.key === key && rule.revision === revision)) end(memory, watched, key)
  return (watched.rules = {
    telemetry: own.filter((rule) => rule.source === 'telemetry'),
    vitals: own.filter((rule) => rule.source === 'vitals'),
  })
}

/** Ends the spells that a silence before this row broke off. Those of vitals last while anything is heard. */
export function endSilent(
  memory: ReadyMemory,
  watched: Watched,
  source: SpellRule['source'],
  receivedAt: string,
): void {
  if (!watched.spells.size) return
  const { telemetry, vitals } = rulesOf(memory, watched)
  if (source === 'telemetry') endBroken(memory, watched, telemetry, watched.telemetryAt, receivedAt)
  endBroken(memory, watched, vitals, lastHeard(watched), receivedAt)
}

function endBroken(
  memory: ReadyMemory,
  watched: Watched,
  rules: readonly SpellRule[],
  lastAt: string,
  receivedAt: string,
): void {
  if (!rules.length || lastAt === receivedAt) return
  const gap = gapMs(lastAt, receivedAt)
  const goneMs = memory.rules.settings.get('GONE')?.afterMs ?? GONE_MS
  if (gap <= goneMs && gap <= GAP_MS) return
  // While we were not there nobody could be heard.
  const unheard = Date.parse(receivedAt) - memory.listeningSinceMs
  const silence = unheard > 0 ? Math.min(gap, unheard) : gap
  for (const { key } of rules) {
    const spell = watched.spells.get(key)
    if (spell && (silence > goneMs || gap > (spell.firedMs === null ? GAP_MS : TOLD_GAP_MS))) end(memory, watched, key)
  }
}

/** Another session ends the spells of the one before. Two that take turns are two sockets of one character. */
export function enterSession(memory: Memory, watched: Watched, session: string): void {
  if (session === watched.formerSession) return
  const lastMs = watched.telemetryAt ? Date.parse(watched.telemetryAt) : 0
  for (const [key, spell] of watched.spells) {
    if (spell.session === session) continue
    // Vitals may begin one before telemetry tells of the session.
    if (spell.session !== null && spell.sinceMs <= lastMs) end(memory, watched, key)
    else spell.session = session
  }
  watched.formerSession = watched.session
  watched.session = session
}

/** Begins, tells of and ends spells by what a row says. */
export function followSpells(
  memory: Memory,
  watched: Watched,
  row: TelemetryEvent | VitalsEvent,
  rules: readonly SpellRule[],
): void {
  for (const rule of rules) {
    const holds = rule.holds(row)
    if (holds === null) continue
    let spell = watched.spells.get(rule.key)
    if (!holds) {
      if (spell) end(memory, watched, rule.key)
      continue
    }
    const atMs = Date.parse(row.receivedAt)
    if (!spell) {
      spell = { revision: rule.revision, sinceMs: atMs, firedMs: null, session: watched.session, row }
      watched.spells.set(rule.key, spell)
      change(memory, watched, rule.key, spell)
    }
    spell.row = row
    tellWhenDue(memory, watched, rule, spell, atMs)
  }
}

/** Vitals come when they change, so what they told last holds while anything is heard of the character. */
export function tellSteady(
  memory: Memory,
  watched: Watched,
  rules: readonly SpellRule[],
  { receivedAt }: { receivedAt: string },
): void {
  if (!watched.spells.size) return
  for (const rule of rules) {
    const spell = watched.spells.get(rule.key)
    if (!spell || spell.firedMs !== null) continue
    if (!spell.row && watched.vitalsBefore && rule.holds(watched.vitalsBefore)) spell.row = watched.vitalsBefore
    tellWhenDue(memory, watched, rule, spell, Date.parse(receivedAt))
  }
}

function tellWhenDue(memory: Memory, watched: Watched, rule: SpellRule, spell: Spell, atMs: number): void {
  if (spell.firedMs !== null || !spell.row || atMs - spell.sinceMs < rule.forMs) return
  spell.firedMs = atMs
  change(memory, watched, rule.key, spell)
  const { text, details } = rule.tell(spell.row)
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

function end(memory: Memory, watched: Watched, rule: string): void {
  watched.spells.delete(rule)
  change(memory, watched, rule, null)
}

function change(memory: Memory, character: Watched, rule: string, spell: Spell | null): void {
  memory.changed.set(`${character.id} ${rule}`, { character, rule, spell })
}
