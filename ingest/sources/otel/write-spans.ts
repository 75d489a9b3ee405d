// Reports as spans of OTLP/HTTP JSON. Only what is stored of a step goes out: it is redacted already.
import { createHash } from 'node:crypto'
import type { TraceReport } from '../traces/report.ts'
import * as names from './names.ts'

const INTERNAL = 1
const TRACE_DIGITS = 32
const SPAN_DIGITS = 16
const STATUS_OK = 1

const idOf = (digits: number, ...parts: string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, digits)

const nanosOf = (at: string): string => `${BigInt(new Date(at).getTime()) * 1_000_000n}`

/** A report as a span: a tool that was executed, or the whole of a session at its end. Null for anything else. */
export function spanOf(report: TraceReport): object | null {
  const { source, session, kind, call, parent, tool, outcome, startedAt, finishedAt } = report
  if (kind === 'SESSION_STARTED' || outcome === 'RUNNING' || finishedAt === null) return null
  const isCall = kind === 'CALL'
  const root = idOf(SPAN_DIGITS, source, session)
  return {
    traceId: idOf(TRACE_DIGITS, source, session),
    spanId: isCall ? idOf(SPAN_DIGITS, source, session, call) : root,
    ...(isCall && { parentSpanId: parent === null ? root : idOf(SPAN_DIGITS, source, session, parent) }),
    name: isCall ? `${names.EXECUTE_TOOL} ${tool ?? ''}` : names.INVOKE_AGENT,
    kind: INTERNAL,
    startTimeUnixNano: nanosOf(startedAt),
    endTimeUnixNano: nanosOf(finishedAt),
    attributes: attributesOf(report, isCall),
    status: { code: outcome === 'FAILED' ? names.STATUS_ERROR : STATUS_OK },
  }
}

function attributesOf(report: TraceReport, isCall: boolean): object[] {
  const { session, reporter, player, mode, call, tool, input, result, inputTokens, outputTokens } = report
  const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))
  const all: [string, string | number | null][] = [
    [names.OPERATION, isCall ? names.EXECUTE_TOOL : names.INVOKE_AGENT],
    [names.CONVERSATION_ID, session],
    [names.AGENT_NAME, reporter],
    [names.USER_ID, player],
    [names.MODE, mode],
    [names.TOOL_NAME, tool],
    [names.TOOL_CALL_ID, isCall ? call : null],
    [names.TOOL_ARGUMENTS, json(input)],
    [names.TOOL_RESULT, json(result)],
    [names.INPUT_TOKENS, inputTokens],
    [names.OUTPUT_TOKENS, outputTokens],
  ]
  return all.flatMap(([key, value]) =>
    value === null ? [] : [{ key, value: typeof value === 'number' ? { intValue: value } : { stringValue: value } }],
  )
}

/** Spans as the body of a request. */
export const bodyOf = (spans: readonly object[]): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'overlord' } }] },
        scopeSpans: [{ scope: { name: 'overlord.minds-eye' }, spans }],
      },
    ],
  })
