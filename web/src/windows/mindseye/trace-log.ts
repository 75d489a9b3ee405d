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
export const withStep = (
  logs: readonly SessionLog[],
  session: TraceSessionRowFragment,
  step: TraceStepRowFragment | null,
): SessionLog[] => withSteps(logs, session, step ? [step] : [])

/** With steps of one session, in any order. */
export function withSteps(
  logs: readonly SessionLog[],
  session: TraceSessionRowFragment,
  come: readonly TraceStepRowFragment[],
): SessionLog[] {
  const before = logs.find((log) => log.session.id === session.id)
  const byId = new Map(before?.steps.map((step) => [step.id, step]))
  for (const step of come) {
    const known = byId.get(step.id)
    if (step.kind === 'CALL' && (!known || Number(known.changeId) < Number(step.changeId))) byId.set(step.id, step)
  }
  const steps = [...byId.values()].sort((a, b) => a.step - b.step || Number(a.id) - Number(b.id))
  const log = { session, steps, ended: session.endedAt !== null }
  return [log, ...logs.filter((other) => other.session.id !== session.id)]
    .sort((a, b) => Number(b.session.id) - Number(a.session.id))
    .slice(0, MAX_SESSIONS)
}

/** How long a session counts as live after what was reported last, and a call that is under way, in milliseconds. */
const QUIET_MS = 60_000
const LOST_MS = 15 * 60_000

/** When something of a session was reported last, in ms since 1970. */
export const lastOf = ({ session, steps }: SessionLog): number =>
  Math.max(
    ...[session.startedAt, ...steps.map((step) => step.finishedAt ?? step.startedAt)].map((at) => Date.parse(at)),
  )

/** Until when a session counts as live: one never ends if its program died, but says nothing more either. */
export const liveUntil = (log: SessionLog): number =>
  log.ended
    ? 0
    : Math.max(
        lastOf(log) + QUIET_MS,
        ...log.steps.flatMap(({ outcome, startedAt }) =>
          outcome === 'RUNNING' ? [Date.parse(startedAt) + LOST_MS] : [],
        ),
      )

/** The newest change among steps; 0 without any: then every stored one is new. */
export const newestChange = (steps: readonly TraceStepRowFragment[]): string =>
  String(Math.max(0, ...steps.map(({ changeId }) => Number(changeId))))

/** What a step asks for, as text. Steps are never changed: each is written once. */
const asked = new WeakMap<TraceStepRowFragment, string>()
function askedBy(step: TraceStepRowFragment): string {
  const known = asked.get(step) ?? JSON.stringify([step.tool, step.input])
  asked.set(step, known)
  return known
}

/**
 * Of each step that asks the same as the one before it: how many calls of the session ask that, this one included. 0 of
 * every other.
 */
export function repeatsOf(steps: readonly TraceStepRowFragment[]): number[] {
  const counts = new Map<string, number>()
  for (const step of steps) counts.set(askedBy(step), (counts.get(askedBy(step)) ?? 0) + 1)
  return steps.map((step, nth) => {
    const before = steps[nth - 1]
    return before && askedBy(before) === askedBy(step) ? counts.get(askedBy(step))! : 0
  })
}

export interface TimelineBar {
  step: TraceStepRowFragment
  /** Percent of the session's time. */
  from: number
  width: number
}

/** Bars of a session's calls; one that runs reaches until now. */
export function timelineBars(steps: readonly TraceStepRowFragment[], now: number): TimelineBar[] {
  const times = steps.map((step) => {
    const from = new Date(step.startedAt).getTime()
    const until =
      step.finishedAt === null ? (step.outcome === 'RUNNING' ? now : from) : new Date(step.finishedAt).getTime()
    return { step, from, until: Math.max(from, until) }
  })
  const first = Math.min(...times.map(({ from }) => from))
  const span = Math.max(1, Math.max(...times.map(({ until }) => until)) - first)
  return times.map(({ step, from, until }) => ({
    step,
    from: (100 * (from - first)) / span,
    width: (100 * (until - from)) / span,
  }))
}

/** Tokens of all steps of a session; null where none were reported. */
export function tokensOf(steps: readonly TraceStepRowFragment[]): number | null {
  const known = steps.flatMap(({ inputTokens, outputTokens }) =>
    inputTokens === null && outputTokens === null ? [] : [(inputTokens ?? 0) + (outputTokens ?? 0)],
  )
  return known.length ? known.reduce((sum, count) => sum + count, 0) : null
}

/** What a step looked at, in a few words; empty if it named nothing. */
export function subjectOf({ lookedAt, subjects }: TraceStepRowFragment): string {
  const parts = [
    ...(subjects?.characters ?? []),
    ...(subjects?.items ?? []),
    ...(subjects?.query ? [`“${subjects.query}”`] : []),
    ...(lookedAt
      ? [`${Math.round(lookedAt.x)}, ${Math.round(lookedAt.z)}${lookedAt.radius ? ` ±${lookedAt.radius}` : ''}`]
      : []),
  ]
  return parts.join(' · ')
}
