// What the watch knows of each character, so that a row costs a look into memory. The database has it all: after a
// rollback, a restart, or a while without the character it is read anew.
import type { Client } from '../../shared/db/pool.ts'
import type { AlertKind, Severity } from '../../shared/contract/watch.ts'
import type { Dimensions } from '../writer/dimensions.ts'
import { loadRules, type Rules, type SpellRule } from './rules.ts'

export interface Spell {
  revision: number
  sinceMs: number
  firedMs: number | null
}

export interface Watched {
  id: number
  name: string
  tag: string | null
  /** As last told; null while never. */
  vitae: number | null
  /** When it was last heard here, as rows say it: most rows need no arithmetic. Empty while never. */
  telemetryAt: string
  vitalsAt: string
  /** The look at rows that met it last. */
  round: number
  spells: Map<string, Spell>
  /** Which rules look at it, by source; null when that is to be found anew. */
  rules: { telemetry: SpellRule[]; vitals: SpellRule[] } | null
}

/** An alert that is due, unless its key is quiet. */
export interface Due {
  kind: AlertKind
  character: { id: number; name: string } | null
  atMs: number
  severity: Severity
  text: string
  details: Record<string, unknown>
  key: string
  quietMs: number
  once?: string
  /** Told only if this spell was not yet told of. */
  spell?: string
}

export interface Memory {
  rules: Rules | null
  checkedMs: number
  /** Counts looks at rows. */
  round: number
  characters: Map<string, Watched>
  due: Due[]
  /** Spells that began, fired (`value`) or ended (null) in this batch, by character and rule. */
  changed: Map<string, { character: Watched; rule: string; spell: Spell | null }>
  /** Keys told lately, with the end of their quiet time: a sender that repeats itself costs no query. */
  quiet: Map<string, number>
}

export const freshMemory = (): Memory => ({
  rules: null,
  checkedMs: 0,
  round: 0,
  characters: new Map(),
  due: [],
  changed: new Map(),
  quiet: new Map(),
})

const CHECK_RULES_MS = 1_000
/** Another process may have heard the character meanwhile. */
const TRUST_MS = 60_000
const MOST_CHARACTERS = 20_000

/** The memory with today's rules and with everybody these rows speak of. */
export async function prepareMemory(
  client: Client,
  known: Dimensions,
  rows: readonly { character: string; receivedAt: string }[],
): Promise<Memory & { rules: Rules }> {
  const memory = known.memory(freshMemory)
  if (!memory.rules || Date.now() - memory.checkedMs > CHECK_RULES_MS) await checkRules(client, memory)
  const unknown = new Set<string>()
  const round = ++memory.round
  for (const { character, receivedAt } of rows) {
    const watched = memory.characters.get(character)
    if (!watched) unknown.add(character)
    else if (watched.round !== round) {
      watched.round = round
      const last = watched.telemetryAt > watched.vitalsAt ? watched.telemetryAt : watched.vitalsAt
      if (gapMs(last, receivedAt) > TRUST_MS) unknown.add(character)
    }
  }
  if (unknown.size) await load(client, memory, [...unknown])
  return memory as Memory & { rules: Rules }
}

async function checkRules(client: Client, memory: Memory): Promise<void> {
  const { rows } = await client.query<{ version: number }>({
    name: 'watch version',
    text: 'select version from watch_version',
  })
  if (rows[0]!.version !== memory.rules?.version) {
    memory.rules = await loadRules(client)
    for (const watched of memory.characters.values()) watched.rules = null
  }
  memory.checkedMs = Date.now()
}

async function load(client: Client, memory: Memory, names: readonly string[]): Promise<void> {
  if (memory.characters.size + names.length > MOST_CHARACTERS) memory.characters.clear()
  const { rows } = await client.query<{
    id: number
    name: string
    tag: string | null
    vitae: number | null
    telemetry_at: string | null
    vitals_at: string | null
  }>(
    `select c.id, c.name, c.tag, v.vitae, t.received_at as telemetry_at, v.received_at as vitals_at
     from characters c left join latest_telemetry t on t.character_id = c.id left join latest_vitals v on v.character_id = c.id
     where c.name = any($1)`,
    [names],
  )
  const { rows: spells } = await client.query<{
    rule: string
    character_id: number
    revision: number
    since: string
    fired_at: string | null
  }>('select rule, character_id, revision, since, fired_at from watch_states where character_id = any($1)', [
    rows.map((row) => row.id),
  ])
  for (const { id, name, tag, vitae, telemetry_at, vitals_at } of rows) {
    const own = spells.filter((spell) => spell.character_id === id)
    memory.characters.set(name, {
      id,
      name,
      tag,
      vitae,
      telemetryAt: telemetry_at ?? '',
      vitalsAt: vitals_at ?? '',
      round: memory.round,
      spells: new Map(
        own.map(({ rule, revision, since, fired_at }) => [
          rule,
          { revision, sinceMs: Date.parse(since), firedMs: fired_at === null ? null : Date.parse(fired_at) },
        ]),
      ),
      rules: null,
    })
  }
}

/** Milliseconds between two moments of rows; without the first, for ever. */
export const gapMs = (from: string, to: string): number => (from ? Date.parse(to) - Date.parse(from) : Infinity)

/** The rules that look at this character. */
export function rulesOf(watched: Watched, rules: Rules): { telemetry: SpellRule[]; vitals: SpellRule[] } {
  if (!watched.rules) {
    const own = rules.spells.filter((rule) => rule.watches(watched.name, watched.tag))
    watched.rules = {
      telemetry: own.filter((rule) => rule.source === 'telemetry'),
      vitals: own.filter((rule) => rule.source === 'vitals'),
    }
  }
  return watched.rules
}

/** Notes an alert, unless its key was told within its quiet time. */
export function note(memory: Memory, due: Due): void {
  if (due.atMs < (memory.quiet.get(due.key) ?? 0)) return
  if (due.quietMs > 0) {
    if (memory.quiet.size >= MOST_CHARACTERS) memory.quiet.clear()
    memory.quiet.set(due.key, due.atMs + due.quietMs)
  }
  memory.due.push(due)
}
