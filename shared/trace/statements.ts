import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import pg from 'pg'
import { isTracing } from './spans.ts'

type Query = (this: unknown, ...args: unknown[]) => unknown
type Callback = (error: Error | null, ...rest: unknown[]) => void

const MAX_LENGTH = 1_000
const tracer = trace.getTracer('overlord sql')

/**
 * Makes every statement of a traced request a step of its trace, and says so to the database: a comment before the
 * statement names it, so that `pg_stat_activity` and the database's own log show its operation. Others go out as they
 * are.
 */
export function traceStatements(): void {
  const client = pg.Client.prototype as unknown as { query: Query }
  const plain = client.query
  client.query = function (...args) {
    if (!isTracing() || !trace.getActiveSpan()?.isRecording()) return plain.apply(this, args)
    const [config] = args
    const text = typeof config === 'string' ? config : (config as { text?: unknown } | undefined)?.text
    if (typeof text !== 'string') return plain.apply(this, args)
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, MAX_LENGTH) }
    const span = tracer.startSpan(verbOf(text), { kind: SpanKind.CLIENT, attributes })
    const { traceId, spanId } = span.spanContext()
    const marked = `/*traceparent='00-${traceId}-${spanId}-01'*/ ${text}`
    const ended = (error: unknown) => {
      if (error) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    }
    // A prepared statement keeps its text: it could not name a trace each time.
    const isPrepared = typeof config === 'object' && config !== null && 'name' in config
    const asked = typeof config === 'string' ? marked : isPrepared ? config : { ...(config as object), text: marked }
    const given = [asked, ...args.slice(1)]
    const last = given.at(-1)
    if (typeof last === 'function') {
      const active = context.active()
      given[given.length - 1] = (error: Error | null, ...rest: unknown[]) => {
        ended(error)
        context.with(active, () => (last as Callback)(error, ...rest))
      }
      return plain.apply(this, given)
    }
    const result = plain.apply(this, given)
    if (result instanceof Promise) result.then(() => ended(null), ended)
    else ended(null)
    return result
  }
}

const verbOf = (text: string): string => /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL'
