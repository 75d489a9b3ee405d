// What the alerts know of each character, so that a row costs only a memory lookup. The database has all of it: after a
// rollback, a restart, or a period without the character, it is read again.
import type { Client } from '../../shared/db/pool.ts'
import type { IdCache } from '../rows/id-cache.ts'
import { recall } from './recall.ts'
import { loadRules } from './rules.ts'
import type { Due, Memory, ReadyMemory, Watched } from './watched.ts'

export const freshMemory = (): Memory => ({
  rules: null,
  checkedMs: 0,
  listeningSinceMs: performance.timeOrigin,
  round: 0,
  characters: new Map(),
  due: [],
  changed: new Map(),
  activeAgain: [],
  vitae: new Set(),
  quiet: new Map(),
})

const CHECK_RULES_MS = 1_000
/** Another process may have heard the character meanwhile. */
const TRUST_MS = 60_000
const MAX_CHARACTERS = 20_000

/** The memory with current rules and with every character that these rows name. */
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
  if (memory.characters.size + unknown.size > MAX_CHARACTERS) {
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

/** When the last frame of the character of any type was received. */
export const lastHeard = ({ telemetryAt, vitalsAt }: Watched): string =>
  telemetryAt > vitalsAt ? telemetryAt : vitalsAt

/** Queues an alert, unless its key was raised within its quiet time. */
export function note(memory: Memory, due: Due): void {
  if (due.atMs < (memory.quiet.get(due.key) ?? 0)) return
  if (due.quietMs > 0) {
    if (memory.quiet.size >= MAX_CHARACTERS) memory.quiet.clear()
    memory.quiet.set(due.key, due.atMs + due.quietMs)
  }
  memory.due.push(due)
}
