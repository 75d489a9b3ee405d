// What the alerts know of each character, and what is due.
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { AlertKind, Severity } from '../../shared/contract/watch.ts'
import type { Place } from '../../shared/world/dereth/coordinates.ts'
import type { ClientClock } from './client-clock.ts'
import type { Rules, EpisodeRule } from './rules.ts'

export interface Episode {
  revision: number
  sinceMs: number
  firedMs: number | null
  /** The session it began in; null if none was named. */
  session: string | null
  /** What it held by last; null while only the database has seen it. */
  row: TelemetryEvent | VitalsEvent | null
}

export interface Watched {
  id: number
  name: string
  tag: string | null
  /** The newest session named by telemetry, and the one before it. */
  session: string | null
  formerSession: string | null
  /** The last reported value, however old; null if never reported. */
  vitae: number | null
  /** When it was last heard here, as rows say it: most rows need no arithmetic. Empty while never. */
  telemetryAt: string
  vitalsAt: string
  clock: ClientClock
  /** Its last place; null if it never had one. */
  place: Place | null
  /** Its newest vitals as the database had them. */
  vitalsBefore: VitalsEvent | null
  /** The look at rows that met it last. */
  round: number
  episodes: Map<string, Episode>
  /** The rules that watch it, by source; null when they must be looked up again. */
  rules: { telemetry: EpisodeRule[]; vitals: EpisodeRule[] } | null
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
  /** Raised only if this episode has not fired yet. */
  episode?: string
}

export interface Memory {
  rules: Rules | null
  checkedMs: number
  /** Before this we did not listen, so no frames could be received. */
  listeningSinceMs: number
  /** Counts looks at rows. */
  round: number
  characters: Map<string, Watched>
  due: Due[]
  /** Episodes that began, fired (`value`) or ended (null) in this batch, by character and rule. */
  changed: Map<string, { character: Watched; rule: string; episode: Episode | null }>
  /** Characters whose reported idleness ended in this batch by activity. Times in milliseconds since 1970. */
  activeAgain: { id: number; sinceMs: number; atMs: number }[]
  /** Characters with a change of vitae in this batch. */
  vitae: Set<Watched>
  /** Recently raised keys with the end of their quiet time: a repeating sender costs no query. */
  quiet: Map<string, number>
}

export type ReadyMemory = Memory & { rules: Rules }
