// `POST /trace`: assistants of others report what they do. Answered before anything is stored.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from '../../../shared/serve/door.ts'
import { traceCounters } from './counters.ts'
import type { KnownTokens } from './known-tokens.ts'
import { badFields, readPosted, sendRefusal, type Refusal } from './posted.ts'
import type { TraceQueue } from './queue.ts'
import type { AllowList } from '../../../shared/contract/redact-trace.ts'
import { recentCalls } from './recent-calls.ts'
import { readReport } from './report.ts'

const PATH = '/trace'

export interface TraceDoorOptions {
  queue: TraceQueue
  tokens: KnownTokens
  allowed: AllowList
}

/** Answers `POST /trace`; false for every other address. A token is needed from every address, loopback included. */
export function traceDoor({ queue, tokens, allowed }: TraceDoorOptions) {
  const calls = recentCalls(randomUUID, () => performance.now())
  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    if (path !== PATH) return false
    const refused = await take(request)
    if (refused) sendRefusal(response, refused)
    else sendJson(response, 202, { status: 'accepted' })
    return true
  }

  async function take(request: IncomingMessage): Promise<Refusal | null> {
    const posted = await readPosted(request, tokens, 'trace')
    if ('code' in posted) {
      traceCounters.reports.inc({ outcome: outcomeOf(posted) })
      return posted
    }
    const { token, value } = posted
    const newCall = () => calls.nameOf(token.id, posted)
    const who = { source: token.id, reporter: token.name }
    const report = readReport(value, { ...who, allowed, now: new Date(), newCall })
    if (typeof report === 'string') {
      traceCounters.reports.inc({ outcome: 'malformed' })
      return badFields(report)
    }
    return queue.add(report) ? null : { code: 'NOT_READY', message: 'Too many reports wait to be stored.' }
  }
}

/** What is counted of a refusal. */
export function outcomeOf({ code }: Refusal): string {
  if (code === 'NOT_READY') return 'refused'
  return code === 'BAD_TOKEN' || code === 'FORBIDDEN' ? 'unauthorized' : 'malformed'
}
