/** Published after steps of traces were stored or changed. It says only that there is something to read. */
export const TRACE_TOPIC = 'trace.changed'

/**
 * Published as a report comes, before it is stored: worlds follow it. Reports that only one person may see are left
 * out.
 */
export const TRACE_ACTIVITY_TOPIC = 'trace.activity'

export interface TraceActivity {
  kind: StepKind
  /** Null where the report named none: the session's own is meant. */
  player: string | null
  mode: string | null
  lookedAt: LookedAt | null
}

export const STEP_KINDS = ['SESSION_STARTED', 'CALL', 'SESSION_ENDED'] as const
export type StepKind = (typeof STEP_KINDS)[number]

export const STEP_OUTCOMES = ['RUNNING', 'OK', 'FAILED'] as const
export type StepOutcome = (typeof STEP_OUTCOMES)[number]

/** What the arguments of a step name. */
export interface TraceSubjects {
  /** Names of characters or players, at most ten. */
  characters: string[]
  /** Ids or names of items, at most ten. */
  items: string[]
  /** A search, statement or question. */
  query: string | null
}

/** Where a step looked, in blocks of the world; `radius` is 0 for one place. */
export interface LookedAt {
  x: number
  y: number | null
  z: number
  radius: number
}
