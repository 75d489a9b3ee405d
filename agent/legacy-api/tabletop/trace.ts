import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { currentTraceUuid } from '../../../shared/trace/spans.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a request names its trace. */
export const namesTrace = ({ headers }: IncomingMessage): boolean => UUID.test(String(headers['x-trace-id'] ?? ''))

/**
 * The trace of a request: its header `X-Trace-ID` if that is a UUID, which is then the trace of what it asks of the
 * graph as well; else that of the graph, or a new one.
 */
export function traceOf({ headers }: IncomingMessage): string {
  const given = headers['x-trace-id']
  return typeof given === 'string' && UUID.test(given) ? given.toLowerCase() : (currentTraceUuid() ?? randomUUID())
}
