// The calls of our own assistant: what it reports of a turn becomes a trace that only the person who asked may see.
import { ALL_EVENTS_TOPIC, type PublishedTurnEvent } from '../../../shared/contract/assistant.ts'
import { isRecord } from '../../../shared/contract/json-value.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import type { TraceQueue } from './queue.ts'
import { redact, type AllowList } from '../../../shared/contract/redact-trace.ts'
import { lookedAt, type TraceReport } from './report.ts'
import { subjectsOf } from './subjects.ts'

const SOURCE = 'assistant'

/** Its tools show everything but secrets: the person who asked sees the same in the answer. */
const EVERYTHING: AllowList = new Map([[SOURCE, new Set(['*'])]])

/**
 * Follows the events of answers. Several processes may do so at once: a call has one row.
 * @returns ends it
 */
export const followAssistant = (pubsub: PubSub, queue: TraceQueue): Promise<() => void> =>
  pubsub.subscribe(ALL_EVENTS_TOPIC, (event) => {
    const report = reportOfEvent(event as PublishedTurnEvent)
    if (report) queue.add(report)
  })

/** What an event of an answer means; null for one that is no step. */
export function reportOfEvent({ turnId, kind, payload, at }: PublishedTurnEvent): TraceReport | null {
  const found = isRecord(payload) ? payload : {}
  const base = { ...NOTHING, turnId, session: turnId, startedAt: at }
  switch (kind) {
    case 'TOOL_CALL':
      return {
        ...base,
        kind: 'CALL',
        call: textOf(found['id']),
        tool: textOf(found['name']),
        input: redact(SOURCE, found['arguments'], EVERYTHING),
        lookedAt: lookedAt(found['arguments']),
        subjects: subjectsOf(redact(SOURCE, found['arguments'], EVERYTHING)),
        outcome: 'RUNNING',
      }
    case 'TOOL_RESULT':
      return {
        ...base,
        kind: 'CALL',
        call: textOf(found['id']),
        tool: textOf(found['name']),
        result: redact(SOURCE, found['content'] ?? found['error'], EVERYTHING),
        outcome: found['ok'] === false ? 'FAILED' : 'OK',
        finishedAt: at,
        durationMs: typeof found['ms'] === 'number' ? found['ms'] : null,
      }
    case 'DONE':
    case 'ERROR':
      return {
        ...base,
        kind: 'SESSION_ENDED',
        call: 'SESSION_ENDED',
        step: 0,
        outcome: kind === 'ERROR' ? 'FAILED' : 'OK',
        finishedAt: at,
      }
    default:
      return null
  }
}

const NOTHING = {
  source: SOURCE,
  reporter: 'Assistant',
  player: null,
  mode: 'assistant',
  totalSteps: null,
  parent: null,
  step: null,
  tool: null,
  input: null,
  result: null,
  lookedAt: null,
  subjects: null,
  inputTokens: null,
  outputTokens: null,
  finishedAt: null,
  durationMs: null,
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 128).toWellFormed() : '')
