// One line a fact, object first: log.warn({ character, reason }, 'frame dropped'). Payloads only at debug.
import { pino, destination, stdSerializers, type Logger } from 'pino'
import { currentTrace } from './trace/spans.ts'

export type Log = Logger

const traceOf = () => {
  const trace = currentTrace()
  return trace === null ? {} : { trace }
}

/**
 * A logger that writes JSON lines to standard error, so that standard output stays for people. Lines of a traced
 * request name its trace.
 */
export function createLog(level: string, name = 'overlord'): Log {
  return pino(
    { level, name, base: { name }, serializers: { error: stdSerializers.err }, mixin: traceOf },
    destination({ fd: 2, sync: false }),
  )
}
