/** Published after steps of traces were stored or changed. It says only that there is something to read. */
export const TRACE_TOPIC = 'trace.changed'

export const STEP_KINDS = ['SESSION_STARTED', 'CALL', 'SESSION_ENDED'] as const
export type StepKind = (typeof STEP_KINDS)[number]

export const STEP_OUTCOMES = ['RUNNING', 'OK', 'FAILED'] as const
export type StepOutcome = (typeof STEP_OUTCOMES)[number]

/** Where a step looked, in blocks of the world; `radius` is 0 for one place. */
export interface LookedAt {
  x: number
  y: number | null
  z: number
  radius: number
}
