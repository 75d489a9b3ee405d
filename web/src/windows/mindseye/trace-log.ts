// Sessions and their steps as this page shows them, from a page of stored ones and from what comes.
import type { TraceSessionRowFragment } from './trace-session.fragment.gen.ts'
import type { TraceStepRowFragment } from './trace-step.fragment.gen.ts'

export interface SessionLog {
  session: TraceSessionRowFragment
  /** The calls, in their order. */
  steps: TraceStepRowFragment[]
  ended: boolean
}

const MAX_SESSIONS = 12

/** Colours that people who see few colours can tell apart, too. */
const COLORS = ['#e69f00', '#56b4e9', '#2fb389', '#f0e442', '#6f9ceb', '#e07b39', '#cc79a7']

/** The colour of a player's sessions: the same everywhere. */
export function sessionColor(player: string | null): string {
  let hash = 7
  for (const char of player ?? '') hash = (hash * 31 + char.codePointAt(0)!) % 1_000_003
  return COLORS[hash % COLORS.length]!
}

/** With a step that came; a change that is older than what is shown changes nothing. */
export function withStep(
  logs: readonly SessionLog[],
  session: TraceSessionRowFragment,
  step: TraceStepRowFragment | null,
): SessionLog[] {
  const before = logs.find((log) => log.session.id === session.id)
  const known = before?.steps.find(({ id }) => id === step?.id)
  const isNew = step !== null && step.kind === 'CALL' && (!known || Number(known.changeId) < Number(step.changeId))
  const steps = isNew ? [...(before?.steps ?? []).filter(({ id }) => id !== step.id), step] : (before?.steps ?? [])
  steps.sort((a, b) => a.step - b.step || Number(a.id) - Number(b.id))
  const log = { session, steps, ended: session.endedAt !== null }
  return [log, ...logs.filter((other) => other.session.id !== session.id)]
    .sort((a, b) => Number(b.session.id) - Number(a.session.id))
    .slice(0, MAX_SESSIONS)
}

/** Whether a step asks the same as the one before it. */
export const isRepeated = (steps: readonly TraceStepRowFragment[], nth: number): boolean => {
  const [one, before] = [steps[nth], steps[nth - 1]]
  return Boolean(
    one && before && one.tool === before.tool && JSON.stringify(one.input) === JSON.stringify(before.input),
  )
}
