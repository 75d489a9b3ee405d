// `POST /trace`: assistants of others report what they do. Answered before anything is stored.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { faultBody, type ErrorCode } from '../../../shared/errors.ts'
import { sendJson } from '../../../shared/serve/door.ts'
import { readBody } from '../../../shared/serve/read-body.ts'
import { traceCounters } from './counters.ts'
import type { TraceQueue } from './queue.ts'
import type { AllowList } from './redact.ts'
import { readReport } from './report.ts'
import type { Reporters } from './reporters.ts'

const PATH = '/trace'
/** Longest report, in bytes. */
const MAX_BYTES = 256 * 1024

export interface TraceDoorOptions {
  queue: TraceQueue
  reporters: Reporters
  allowed: AllowList
}

/** Answers `POST /trace`; false for every other address. A token is needed from every address, loopback included. */
export function traceDoor({ queue, reporters, allowed }: TraceDoorOptions) {
  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    if (path !== PATH) return false
    const refused = await take(request)
    if (refused === null) sendJson(response, 202, { status: 'accepted' })
    else {
      const { status, body } = faultBody(refused.code, refused.message)
      sendJson(response, status, body, refused.code === 'WRONG_METHOD' ? { allow: 'POST' } : {})
    }
    return true
  }

  async function take(request: IncomingMessage): Promise<Refusal | null> {
    if (request.method !== 'POST') return { code: 'WRONG_METHOD' }
    const secret = /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
    const token = secret === undefined ? 'BAD_TOKEN' : await reporters.find(secret).catch(() => 'NOT_READY' as const)
    if (typeof token === 'string') {
      traceCounters.reports.inc({ outcome: token === 'NOT_READY' ? 'refused' : 'unauthorized' })
      return { code: token, message: token === 'FORBIDDEN' ? 'This needs a token with the scope `trace`.' : undefined }
    }
    const read = await readJson(request)
    if ('code' in read) {
      traceCounters.reports.inc({ outcome: 'malformed' })
      return read
    }
    const who = { source: token.id, reporter: token.name }
    const report = readReport(read.value, { ...who, allowed, now: new Date(), newCall: randomUUID })
    if (typeof report === 'string') {
      traceCounters.reports.inc({ outcome: 'malformed' })
      return { code: 'BAD_USER_INPUT', message: report }
    }
    return queue.add(report) ? null : { code: 'NOT_READY', message: 'Too many reports wait to be stored.' }
  }
}

interface Refusal {
  code: ErrorCode
  message?: string | undefined
}

async function readJson(request: IncomingMessage): Promise<{ value: unknown } | Refusal> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return { code: 'NOT_JSON' }
  const bytes = await readBody(request, MAX_BYTES)
  if (!bytes) return { code: 'TOO_LARGE' }
  try {
    return { value: JSON.parse(bytes.toString('utf8')) as unknown }
  } catch {
    return { code: 'BAD_USER_INPUT', message: 'The body must be JSON.' }
  }
}
