// One line a fact, object first: log.warn({ character, reason }, 'frame dropped'). Payloads only at debug.
import { pino, destination, stdSerializers, type Logger } from 'pino'

export type Log = Logger

/** A logger that writes JSON lines to standard error, so that standard output stays for people. */
export function createLog(level: string, name = 'overlord'): Log {
  return pino(
    { level, name, base: { name }, serializers: { error: stdSerializers.err } },
    destination({ fd: 2, sync: false }),
  )
}
