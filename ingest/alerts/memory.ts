// What the watch knows of each character, so that a row costs a look into memory. The database has it all: after a
// rollback, a restart, or a while without the character it is read anew.
import type { Client } from '../../shared/db/pool.ts'
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { AlertKind, Severity } from '../../shared/contract/watch.ts'
import type { IdCache } from '../rows/id-cache.ts'
import type { ClientClock } from './client-clock.ts'
import { recall } from './recall.ts'
import { loadRules, type Rules, type SpellRule } from './rules.ts'

export interface Spell {
  revision: number
  sinceMs: number
  firedMs: number | null
  /** Where it began; null where no session was told. */
  session: string | null
  /** What it held by last; null while only the database has seen it. */
  row: TelemetryEvent | VitalsEvent | null
}

export interface Watched {
  id: number
  name: string
  tag: string | null
  /** What telemetry told of last, and the one before that. */
  session: string | null
  formerSession: string | null
  /** As last told, however long ago; null while never. */
  vitae: number | null
  /** When it was last heard here, as rows say it: most rows need no arithmetic. Empty while never. */
  telemetryAt: string
  vitalsAt: string
  clock: ClientClock
  /** Its newest vitals as the database had them. */
  vitalsBefore: VitalsEvent | null
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
  /** Before this nobody could be heard: we were not there. */
  listeningSinceMs: number
  /** Counts looks at rows. */
  round: number
  characters: Map<string, Watched>
  due: Due[]
  /** Spells that began, fired (`value`) or ended (null) in this batch, by character and rule. */
  changed: Map<string, { character: Watched; rule: string; spell: Spell | null }>
  /** Whose vitae changed in this batch. */
  vitae: Set<Watched>
  /** Keys told lately, with the end of their quiet time: a sender that repeats itself costs no query. */
  quiet: Map<string, number>
}

export type ReadyMemory = Memory & { rules: Rules }

export const freshMemory = (): Memory => ({
  rules: null,
  checkedMs: 0,
  listeningSinceMs: performance.timeOrigin,
  round: 0,
  characters: new Map(),
  due: [],
  changed: new Map(),
  vitae: new Set(),
  quiet: new Map(),
})

const CHECK_RULES_MS = 1_000
/** Another process may have heard the character meanwhile. */
const TRUST_MS = 60_000
const MOST_CHARACTERS = 20_000

/** The memory with today's rules and with everybody that rows of these kinds speak of. */
export async function prepareMemory(
  client: Client,
  ids: IdCache,
  ...kinds: (readonly { character: string; receivedAt: string }[])[]
): Promise<ReadyMemory> {
  const memory = ids.memory(freshMemory)
  if (!memory.rules || Date.now() - memory.checkedMs > CHECK_RULES_MS) await checkRules(client, memory)
  const unknown = new Set<string>()
  const round = ++memory.round
  for (const rows of kinds)
    for (const { character, receivedAt } of rows) {
      const watched = memory.characters.get(character)
      if (!watched) unknown.add(character)
      else if (watched.round !== round) {
        watched.round = round
        if (gapMs(lastHeard(watched), receivedAt) > TRUST_MS) unknown.add(character)
      }
    }
  if (memory.characters.size + unknown.size > MOST_CHARACTERS) {
    memory.characters.clear()
    for (const rows of kinds) for (const { character } of rows) unknown.add(character)
  }
  if (unknown.size) await recall(client, memory, [...unknown])
  return memory as ReadyMemory
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

/** Milliseconds between two moments of rows; without the first, for ever. */
export const gapMs = (from: string, to: string): number => (from ? Date.parse(to) - Date.parse(from) : Infinity)

/** When the character was last heard, whatever it told. */
export const lastHeard = ({ telemetryAt, vitalsAt }: Watched): string =>
  telemetryAt > vitalsAt ? telemetryAt : vitalsAt

/** Notes an alert, unless its key was told within its quiet time. */
export function note(memory: Memory, due: Due): void {
  if (due.atMs < (memory.quiet.get(due.key) ?? 0)) return
  if (due.quietMs > 0) {
    if (memory.quiet.size >= MOST_CHARACTERS) memory.quiet.clear()
    memory.quiet.set(due.key, due.atMs + due.quietMs)
  }
  memory.due.push(due)
}
