// `POST /trace/otlp/v1/traces`: assistants of others report what they do as OpenTelemetry's spans.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from '../../../shared/serve/door.ts'
import type { TraceDoorOptions } from '../traces/door.ts'
import { readPosted, sendRefusal, type Refusal } from '../traces/posted.ts'
import { readReport, type TraceReport } from '../traces/report.ts'
import { TRACES_PATH } from './names.ts'
import { readSpans } from './read-spans.ts'

/** The base address for exporters, to which they append the path of traces. */
export const BASE = '/trace/otlp'

/** Answers that address; false for every other one. A token is needed from every address, loopback included. */
export function spanDoor({ queue, tokens, allowed }: TraceDoorOptions) {
  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    if (path !== BASE + TRACES_PATH) return false
    const refused = await take(request)
    if (refused) sendRefusal(response, refused)
    else sendJson(response, 200, {})
    return true
  }

  async function take(request: IncomingMessage): Promise<Refusal | null> {
    const posted = await readPosted(request, tokens, 'trace')
    if ('code' in posted) return posted
    const bodies = readSpans(posted.value)
    if (typeof bodies === 'string') return { code: 'BAD_USER_INPUT', message: bodies }
    const { id: source, name: reporter } = posted.token
    const reports: TraceReport[] = []
    for (const body of bodies) {
      const report = readReport(body, { source, reporter, allowed, now: new Date(), newCall: randomUUID })
      if (typeof report === 'string') return { code: 'BAD_USER_INPUT', message: report }
      reports.push(report)
    }
    const taken = reports.map((report) => queue.add(report))
    return taken.every(Boolean) ? null : { code: 'NOT_READY', message: 'Too many reports wait to be stored.' }
  }
}
