// Spans as OTLP/HTTP JSON has them, as bodies of `POST /trace`.
import { z } from 'zod'
import * as names from './names.ts'

/** Spans that one body may have; all of them are read, or none. */
export const MAX_SPANS = 1_000

interface AnyValue {
  stringValue?: string | undefined
  boolValue?: boolean | undefined
  intValue?: string | number | undefined
  doubleValue?: number | undefined
}
const anyValue = z.object({
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.number().optional(),
})
const nanos = z.union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative()]).transform((value) => Number(value))
const span = z.object({
  traceId: z.string().min(1).max(64),
  spanId: z.string().min(1).max(64),
  parentSpanId: z.string().max(64).nullish(),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes: z.array(z.object({ key: z.string(), value: anyValue.nullish() })).default([]),
  status: z.object({ code: z.union([z.number(), z.string()]).optional(), message: z.string().optional() }).nullish(),
})
const body = z.object({
  resourceSpans: z
    .array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(z.unknown()).default([]) })).default([]) }))
    .default([]),
})
type Span = z.infer<typeof span>

const NANOS_A_MS = 1e6

/**
 * Bodies of reports, in the order in which the spans began: one for each tool that was executed, and the end of a
 * session for each agent that was invoked. Other spans are none of ours. One that cannot be read takes no other along.
 * @param onRefused receives what is wrong with such a span
 * @returns a text that says what is wrong, if nothing of the body can be read
 */
export function readSpans(value: unknown, onRefused?: (text: string) => void): Record<string, unknown>[] | string {
  const read = body.safeParse(value)
  if (!read.success) return faultOf(read.error, 'body')
  const sent = read.data.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  if (sent.length > MAX_SPANS) return `At most ${MAX_SPANS} spans can be taken at once.`
  const readings = sent.map((one) => span.safeParse(one))
  const faults = readings.flatMap(({ error }) => (error ? [faultOf(error, 'span')] : []))
  const spans = readings.flatMap(({ data }) => (data ? [data] : []))
  if (faults.length > 0 && spans.length === 0) return faults[0]!
  for (const fault of faults) onRefused?.(fault)
  const known = spans.map((one) => ({ span: one, attributes: attributesOf(one) }))
  const tools = known.filter(({ attributes }) => attributes.get(names.OPERATION) === names.EXECUTE_TOOL)
  const agents = known.filter(({ attributes }) => attributes.get(names.OPERATION) === names.INVOKE_AGENT)
  tools.sort((a, b) => a.span.startTimeUnixNano - b.span.startTimeUnixNano)
  const bySpan = new Map(known.map((one) => [one.span.spanId, one]))
  return [...tools.map((one) => ({ ...toolBody(one), parent_id: parentOf(one, bySpan) })), ...agents.map(endBody)]
}

function faultOf({ issues: [issue] }: z.ZodError, whole: string): string {
  return `\`${issue!.path.join('.') || whole}\`: ${issue!.message}.`
}

interface KnownSpan {
  span: Span
  attributes: Attributes
}

const callOf = ({ span, attributes }: KnownSpan) => attributes.get(names.TOOL_CALL_ID) ?? span.spanId

/** The call of the nearest tool above a span; null where this body has none. */
function parentOf({ span }: KnownSpan, bySpan: ReadonlyMap<string, KnownSpan>): string | number | boolean | null {
  const seen = new Set<string>()
  for (let id = span.parentSpanId; id && !seen.has(id); id = bySpan.get(id)?.span.parentSpanId) {
    seen.add(id)
    const above = bySpan.get(id)
    if (above?.attributes.get(names.OPERATION) === names.EXECUTE_TOOL) return callOf(above)
  }
  return null
}

type Attributes = ReadonlyMap<string, string | number | boolean>

function attributesOf({ attributes }: Span): Attributes {
  const found = new Map<string, string | number | boolean>()
  for (const { key, value } of attributes) {
    const plain = plainOf(value)
    if (plain !== null) found.set(key, plain)
  }
  return found
}

function plainOf(value: AnyValue | null | undefined): string | number | boolean | null {
  if (!value) return null
  const { stringValue, boolValue, intValue, doubleValue } = value
  return stringValue ?? boolValue ?? (intValue === undefined ? null : Number(intValue)) ?? doubleValue ?? null
}

const baseOf = ({ traceId }: Span, attributes: Attributes): Record<string, unknown> => ({
  session_id: attributes.get(names.CONVERSATION_ID) ?? traceId,
  player: attributes.get(names.USER_ID) ?? attributes.get(names.AGENT_NAME),
  mode: attributes.get(names.MODE),
})

const hasFailed = ({ status }: Span, attributes: Attributes): boolean =>
  status?.code === names.STATUS_ERROR || status?.code === 'STATUS_CODE_ERROR' || attributes.has(names.ERROR_TYPE)

function toolBody(known: KnownSpan): Record<string, unknown> {
  const { span: one, attributes } = known
  return {
    ...baseOf(one, attributes),
    tool: attributes.get(names.TOOL_NAME) ?? 'unknown',
    call_id: callOf(known),
    input: jsonOf(attributes.get(names.TOOL_ARGUMENTS)),
    result: jsonOf(attributes.get(names.TOOL_RESULT)),
    ok: !hasFailed(one, attributes),
    duration_ms: Math.max(0, (one.endTimeUnixNano - one.startTimeUnixNano) / NANOS_A_MS),
    input_tokens: attributes.get(names.INPUT_TOKENS),
    output_tokens: attributes.get(names.OUTPUT_TOKENS),
  }
}

const endBody = ({ span, attributes }: { span: Span; attributes: Attributes }): Record<string, unknown> => ({
  ...baseOf(span, attributes),
  event: 'session_end',
  ok: !hasFailed(span, attributes),
  input_tokens: attributes.get(names.INPUT_TOKENS),
  output_tokens: attributes.get(names.OUTPUT_TOKENS),
})

/** Arguments and results are JSON as text, where they are objects. */
function jsonOf(value: string | number | boolean | undefined): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
