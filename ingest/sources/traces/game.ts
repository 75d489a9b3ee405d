// The calls of our own game master: what the rules computed in a turn becomes a trace that only who spoke may see.
import { GAME_CALLS_TOPIC, GAME_ENDED_TOPIC, type PublishedGameCall } from '../../../shared/contract/game.ts'
import { redact, type AllowList } from '../../../shared/contract/redact-trace.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import type { TraceQueue } from './queue.ts'
import type { TraceReport } from './report.ts'

const SOURCE = 'game'

/** Its tools show everything but secrets: who spoke sees the same in the events of the turn. */
const EVERYTHING: AllowList = new Map([[SOURCE, new Set(['*'])]])

/**
 * Follows the calls and ends of turns. Several processes may do so at once: a call has one row.
 * @param now gives the time at which a turn was seen to end
 * @returns ends it
 */
export async function followGame(pubsub: PubSub, queue: TraceQueue, now: () => Date): Promise<() => void> {
  const ends = [
    await pubsub.subscribe(GAME_CALLS_TOPIC, (event) => queue.add(reportOfCall(event as PublishedGameCall))),
    await pubsub.subscribe(GAME_ENDED_TOPIC, (event) => queue.add(reportOfEnd(event as { turnId: string }, now()))),
  ]
  return () => ends.forEach((end) => end())
}

const about = (turnId: string, at: string) => ({
  source: SOURCE,
  reporter: 'Game master',
  turnId,
  session: turnId,
  player: null,
  mode: 'game master',
  totalSteps: null,
  parent: null,
  lookedAt: null,
  subjects: null,
  inputTokens: null,
  outputTokens: null,
  startedAt: at,
  finishedAt: at,
  durationMs: null,
})

const reportOfCall = ({ turnId, callId, tool, arguments: given, result, ok, at }: PublishedGameCall): TraceReport => ({
  ...about(turnId, at),
  kind: 'CALL',
  call: callId,
  step: null,
  tool,
  input: redact(SOURCE, given, EVERYTHING),
  result: redact(SOURCE, result, EVERYTHING),
  outcome: ok ? 'OK' : 'FAILED',
})

/** Of a turn that called no tool there is no session, and nothing is stored. */
const reportOfEnd = ({ turnId }: { turnId: string }, now: Date): TraceReport => ({
  ...about(turnId, now.toISOString()),
  kind: 'SESSION_ENDED',
  call: 'SESSION_ENDED',
  step: 0,
  tool: null,
  input: null,
  result: null,
  outcome: 'OK',
})
