// `POST /trace/otlp/v1/traces`: assistants of others report what they do as OpenTelemetry's spans.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from '../../../shared/serve/door.ts'
import { traceCounters } from '../traces/counters.ts'
import { outcomeOf, type TraceDoorOptions } from '../traces/door.ts'
import { badFields, readPosted, sendRefusal, type Refusal } from '../traces/posted.ts'
import { readReport, type TraceReport } from '../traces/report.ts'
import { TRACES_PATH } from './names.ts'
import { readSpans } from './read-spans.ts'

/** The base address for exporters, to which they append the path of traces. */
export const BASE = '/trace/otlp'

/** Answers that address; false for every other one. A token is needed from every address, loopback included. */
export function spanDoor({ queue, tokens, allowed }: TraceDoorOptions) {
  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    if (path !== BASE + TRACES_PATH) return false
    const taken = await take(request)
    if ('code' in taken) sendRefusal(response, taken)
    else sendJson(response, 200, taken)
    return true
  }

  async function take(request: IncomingMessage): Promise<Answer | Refusal> {
    const posted = await readPosted(request, tokens, 'trace', NOT_JSON)
    if ('code' in posted) return counted(posted)
    const refused: string[] = []
    const bodies = readSpans(posted.value, (fault) => refused.push(fault))
    if (typeof bodies === 'string') return counted(badFields(bodies))
    const { id: source, name: reporter } = posted.token
    const reports: TraceReport[] = []
    for (const body of bodies) {
      const report = readReport(body, { source, reporter, allowed, now: new Date(), newCall: randomUUID })
      if (typeof report === 'string') refused.push(report)
      else reports.push(report)
    }
    // A span that is of no use takes no other along; the answer says how many there were.
    traceCounters.reports.inc({ outcome: 'malformed' }, refused.length)
    const taken = reports.map((report) => queue.add(report))
    if (!taken.every(Boolean)) return { code: 'NOT_READY', message: 'Too many reports wait to be stored.' }
    return refused.length ? { partialSuccess: { rejectedSpans: refused.length, errorMessage: refused[0]! } } : {}
  }
}

/** The answer of OTLP to spans that were taken, or taken in part. */
interface Answer {
  partialSuccess?: { rejectedSpans: number; errorMessage: string }
}

const NOT_JSON = 'Spans are taken as JSON: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json.'

/** The refusal, counted. */
function counted(refusal: Refusal): Refusal {
  traceCounters.reports.inc({ outcome: outcomeOf(refusal) })
  return refusal
}
