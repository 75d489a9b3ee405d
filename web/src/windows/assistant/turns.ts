// Turns of a session, put together from pages of history and from events as they arrive.
import { CHARACTER_FIELDS } from '../../../../shared/world/character-fields.ts'
import type { AssistantEventKind } from '../../generated/types.ts'
import { texts } from './messages.ts'

export interface ChatEvent {
  id: string
  turnId: string
  seq: number
  kind: AssistantEventKind
  payload: unknown
  at: string
}

export interface Turn {
  id: string
  message: string
  askedAt: string
  endedAt: string | null
  events: ChatEvent[]
}

export interface ToolCall {
  id: string
  title: string
  name: string
  arguments: Record<string, unknown>
  /** Null while the tool works. */
  result: { ok: boolean; ms: number; content: Record<string, unknown> | null; error: string | null } | null
}

/** A piece of an answer, in the order it came. */
export type Part = { kind: 'text'; text: string } | ({ kind: 'tool' } & ToolCall)

export interface Answer {
  parts: Part[]
  /** What is being done now; null once the answer has ended. */
  status: string | null
  note: string | null
  suggestions: string[]
  /** Why it ended early; null when it did not. */
  error: string | null
  stopped: boolean
  /** It failed, is incomplete, or was not given by the language model that was asked: asking again may help. */
  mayRetry: boolean
}

/** Ends of an answer that was begun in vain. */
const IN_VAIN: readonly unknown[] = ['INCOMPLETE', 'EMPTY', 'TOOL_FAILED']

type Fields = Record<string, unknown>
const fieldsOf = (payload: unknown): Fields =>
  typeof payload === 'object' && payload !== null ? (payload as Fields) : {}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const objectOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

/** The characters that the arguments of a call name. */
export function charactersOf(payload: unknown): string[] {
  const given = objectOf(fieldsOf(payload)['arguments']) ?? {}
  return CHARACTER_FIELDS.flatMap((field) => given[field]).filter((one) => typeof one === 'string')
}

/** The same turns with one more event; an event that is there already changes nothing. */
export function withEvent(turns: readonly Turn[], event: ChatEvent): readonly Turn[] {
  const known = turns.find(({ id }) => id === event.turnId)
  const isEnd = event.kind === 'DONE' || event.kind === 'ERROR'
  if (!known) {
    const message = text(fieldsOf(event.payload)['message'])
    const turn = { id: event.turnId, message, askedAt: event.at, endedAt: isEnd ? event.at : null, events: [event] }
    return [...turns, turn]
  }
  if (known.events.some(({ seq }) => seq === event.seq)) return turns
  const events = [...known.events, event].sort((a, b) => a.seq - b.seq)
  const changed = { ...known, events, endedAt: isEnd ? event.at : known.endedAt }
  return turns.map((turn) => (turn === known ? changed : turn))
}

/** The greatest id among the events; null when there are none. */
export function lastEventId(turns: readonly Turn[]): string | null {
  const ids = turns.flatMap(({ events }) => events.map(({ id }) => BigInt(id)))
  return ids.length ? String(ids.reduce((a, b) => (a > b ? a : b))) : null
}

/** What there is to show of an answer. */
export function answerOf({ message, events, endedAt }: Turn): Answer {
  const answer: Answer = {
    parts: [],
    status: null,
    note: null,
    suggestions: [],
    error: null,
    stopped: false,
    mayRetry: false,
  }
  let status = texts.asked
  for (const { kind, payload } of events) {
    const fields = fieldsOf(payload)
    if (kind === 'STATUS') status = text(fields['text'])
    else if (kind === 'TEXT') addText(answer.parts, text(fields['text']))
    else if (kind === 'TOOL_CALL') {
      answer.parts.push(callOf(fields))
      status = text(fields['title'])
    } else if (kind === 'TOOL_RESULT') addResult(answer.parts, fields)
    else if (kind === 'DONE') {
      answer.note = text(fields['note']) || null
      const given = fields['suggestions']
      answer.mayRetry = IN_VAIN.includes(fields['reason']) || fields['isFallback'] === true
      answer.suggestions = (Array.isArray(given) ? given : []).filter(
        (one): one is string => typeof one === 'string' && !(answer.mayRetry && one === message),
      )
    } else if (kind === 'ERROR') {
      answer.error = text(fields['message']) || texts.theAnswerEndedEarly
      answer.stopped = fields['code'] === 'STOPPED'
      answer.mayRetry = true
    }
  }
  if (endedAt === null) answer.status = status
  return answer
}

function addText(parts: Part[], more: string): void {
  const last = parts.at(-1)
  if (last?.kind === 'text') last.text += more
  else parts.push({ kind: 'text', text: more })
}

const callOf = (fields: Fields): Part => ({
  kind: 'tool',
  id: text(fields['id']),
  name: text(fields['name']),
  title: text(fields['title']) || text(fields['name']),
  arguments: objectOf(fields['arguments']) ?? {},
  result: null,
})

function addResult(parts: Part[], fields: Fields): void {
  const call = parts.find((part) => part.kind === 'tool' && part.id === fields['id'])
  if (call?.kind !== 'tool') return
  call.result = {
    ok: fields['ok'] === true,
    ms: Number(fields['ms']) || 0,
    content: objectOf(fields['content']),
    error: text(fields['error']) || null,
  }
}
