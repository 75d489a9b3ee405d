// For tests: the watch on one character, without a database. What it asks of the database fails.
import type { ChatEvent, TelemetryEvent, VitalsEvent } from '../../../shared/contract/topics.ts'
import type { AlertKind } from '../../../shared/contract/watch.ts'
import type { Client } from '../../../shared/db/pool.ts'
import { idCache } from '../../rows/id-cache.ts'
import { clockOf } from '../client-clock.ts'
import { watchChat, watchFrames } from '../watch-rows.ts'
import { freshMemory } from '../memory.ts'
import type { Setting, EpisodeRule } from '../rules.ts'
import type { Due, Watched } from '../watched.ts'

const NAME = 'Larsson'
const START_MS = Date.UTC(2026, 5, 20)
export const stamp = (second: number) => new Date(START_MS + second * 1000).toISOString()

const nobody = { query: () => Promise.reject(new Error('asked the database')) } as unknown as Client

/** A setting that is on, and quiet for no time. */
export const aSetting = (other: Partial<Setting> = {}): Setting => ({
  enabled: true,
  afterMs: 0,
  quietMs: 0,
  words: [],
  ...other,
})

/** The watch on Larsson, heard at second 0 and never before. Seconds count from there. */
export function watch(rules: readonly EpisodeRule[], settings: Partial<Record<AlertKind, Setting>> = {}) {
  const ids = idCache()
  ids.characterId = () => 7
  const memory = ids.memory(freshMemory)
  memory.rules = { version: 1, settings: new Map(Object.entries(settings) as [AlertKind, Setting][]), episodes: rules }
  memory.checkedMs = Infinity
  memory.listeningSinceMs = 0
  const character: Watched = {
    id: 7,
    name: NAME,
    tag: null,
    session: null,
    formerSession: null,
    vitae: null,
    telemetryAt: '',
    vitalsAt: '',
    clock: clockOf(null, null),
    place: null,
    vitalsBefore: null,
    round: 0,
    episodes: new Map(),
    rules: null,
  }
  memory.characters.set(NAME, character)
  const base = (second: number) => ({ character: NAME, clientAt: stamp(second), receivedAt: stamp(second) })

  /** Follows rows of the character, and gives the alerts they made. */
  async function follow(telemetry: readonly object[], vitals: readonly object[]): Promise<Due[]> {
    // A character that was silent for a minute would be read again from the database; here what is known stays.
    character.round = memory.round + 1
    await watchFrames(nobody, telemetry as TelemetryEvent[], vitals as VitalsEvent[], ids)
    return memory.due.splice(0)
  }
  return {
    memory,
    character,
    follow,
    telemetry: (second: number, row: object = {}) =>
      follow([{ ...base(second), state: null, tag: null, sessionId: null, ...row }], []),
    vitals: (second: number, row: object = {}) => follow([], [{ ...base(second), vitae: null, ...row }]),
    base,
    async chat(second: number, row: object): Promise<Due[]> {
      await watchChat(nobody, [{ ...base(second), channel: 'SAY', ...row } as ChatEvent], ids)
      return memory.due.splice(0)
    },
    /** What the batch stores of episodes that began, were reported (`value`) or ended (null), by rule. */
    changes: () => {
      const found = [...memory.changed.values()].map(({ rule, episode }) => [
        rule,
        episode && {
          since: stampOf(episode.sinceMs),
          reported: episode.firedMs === null ? null : stampOf(episode.firedMs),
        },
      ])
      memory.changed.clear()
      return found
    },
    /** Rules whose condition holds now. */
    open: () => [...character.episodes.keys()],
  }
}

const stampOf = (ms: number) => (ms - START_MS) / 1000
