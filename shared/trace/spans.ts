// What was asked, step by step, for a collector of OpenTelemetry. Without one (`start.ts`) all of this does nothing.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api'

const tracer = trace.getTracer('overlord')
let isOn = false

/** Whether anybody collects. */
export const isTracing = (): boolean => isOn
export const beginTracing = (): void => void (isOn = true)

/** The trace of what is being done: 32 hexadecimal digits; null when nothing is traced. */
export const currentTrace = (): string | null => (isOn ? (trace.getActiveSpan()?.spanContext().traceId ?? null) : null)

/** What a request to another process of ours carries, so that it goes on with this trace. */
export function carrier(): Record<string, string> {
  const headers: Record<string, string> = {}
  if (isOn) propagation.inject(context.active(), headers)
  return headers
}

interface SpanOptions {
  kind?: SpanKind
  attributes?: Attributes
  parent?: Context
}

/** Does some work as a step of the trace. Its failure is noted and thrown on. */
export function inSpan<T>(name: string, { kind, attributes, parent }: SpanOptions, work: (span: Span) => T): T {
  if (!isOn) return work(trace.getSpan(context.active())!)
  const options = { kind: kind ?? SpanKind.INTERNAL, ...(attributes ? { attributes } : {}) }
  return tracer.startActiveSpan(name, options, parent ?? context.active(), (span) => {
    const failed = (error: unknown): never => {
      span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
      throw error
    }
    try {
      const result = work(span)
      if (result instanceof Promise)
        return result.then((value: unknown) => {
          span.end()
          return value
        }, failed) as T
      span.end()
      return result
    } catch (error) {
      return failed(error)
    }
  })
}

/** Of which trace things are that are worked on later, elsewhere. */
const origins = new WeakMap<object, Context>()

/** Notes that a thing is of the trace of what is being done, if anything is traced. */
export function noteTrace(thing: object | undefined): void {
  if (isOn && thing && trace.getActiveSpan()?.isRecording()) origins.set(thing, context.active())
}

/**
 * Does some work as a step of the trace of the first of these things that is of one. In the traces of others it is a
 * step too, which names the first. Work on things of no trace makes none.
 */
export function inTraceOf<T>(name: string, things: Iterable<object>, work: () => Promise<T>): Promise<T> {
  if (!isOn) return work()
  const parents: Context[] = []
  for (const thing of things) {
    const parent = origins.get(thing)
    if (parent) parents.push(parent)
  }
  const [parent, ...others] = parents
  if (!parent) return work()
  return inSpan(name, { parent }, async (span) => {
    const links = [{ context: span.spanContext() }]
    const beside = others.map((other) => tracer.startSpan(name, { links }, other))
    try {
      return await work()
    } finally {
      for (const one of beside) one.end()
    }
  })
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A UUID is a trace in another notation: 32 hexadecimal digits. Null for other texts, and for one of zeros. */
function traceOfUuid(id: unknown): string | null {
  if (typeof id !== 'string' || !UUID.test(id)) return null
  const digits = id.replaceAll('-', '').toLowerCase()
  return /^0+$/.test(digits) ? null : digits
}

/** The trace of what is being done, as a UUID; null when nothing is traced. */
export function currentTraceUuid(): string | null {
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(currentTrace() ?? '')
  return parts && parts.slice(1).join('-')
}

/** What begins a trace of this id, as if another process had begun it. */
const begunAs = (traceId: string): Context =>
  trace.setSpanContext(context.active(), {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  })

/** Does some work as the trace of a UUID. */
export function inTraceOfUuid<T>(name: string, id: string, work: () => T): T {
  const traceId = isOn ? traceOfUuid(id) : null
  return traceId === null ? work() : inSpan(name, { parent: begunAs(traceId) }, work)
}

/** The trace that a request names: by `traceparent`, else as a UUID in `X-Trace-ID`. */
function parentOf({ headers }: IncomingMessage): Context {
  const parent = propagation.extract(context.active(), headers)
  const traceId = trace.getSpanContext(parent) ? null : traceOfUuid(headers['x-trace-id'])
  return traceId === null ? parent : begunAs(traceId)
}

/** Answers a request as a step of its sender's trace, if it names one. */
export function inRequest(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  work: () => Promise<void>,
): Promise<void> {
  if (!isOn) return work()
  const parent = parentOf(request)
  const method = request.method ?? 'GET'
  const attributes = { 'http.request.method': method, 'url.path': path.slice(0, 200) }
  return inSpan(method, { kind: SpanKind.SERVER, attributes, parent }, async (span) => {
    await work()
    span.setAttribute('http.response.status_code', response.statusCode)
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  })
}
