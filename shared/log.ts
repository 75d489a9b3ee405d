// One line a fact, object first: log.warn({ character, reason }, 'frame dropped'). Payloads only at debug.
import { pino, destination, stdSerializers, type DestinationStream, type Logger } from 'pino'
import { rotatingFile } from './rotating-file.ts'
import { currentTrace } from './trace/spans.ts'

export type Log = Logger

const traceOf = () => {
  const trace = currentTrace()
  return trace === null ? {} : { trace }
}

/**
 * A logger that writes JSON lines to standard error, so that standard output stays for people. Lines of a traced
 * request name its trace.
 * @param file a file for the same lines: 10 MB, and five full ones before it
 */
export function createLog(level: string, name = 'overlord', file?: string): Log {
  const options = { level, name, base: { name }, serializers: { error: described }, mixin: traceOf }
  if (file === undefined) return pino(options, standardError())
  return pino(options, both(standardError(), rotatingFile(file)))
}

/** An error without its connection: pg puts the whole client on errors of lost ones, with its cancel key. */
function described(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { client: _, ...rest } = stdSerializers.err(error) as Record<string, unknown>
  return rest
}

/** Writes each line to both. */
const both = (one: DestinationStream, other: DestinationStream): DestinationStream => ({
  write(line) {
    one.write(line)
    other.write(line)
  },
})

/**
 * Standard error, written in the background. What it does not take is lost, as when a terminal was closed (EIO) or a
 * disk is full, and must not keep a process from its end: the library would try again for ever.
 */
function standardError(): DestinationStream {
  const stream = destination({ fd: 2, sync: false })
  const flushSync = stream.flushSync.bind(stream)
  let fails = false
  stream.flushSync = () => {
    if (!fails) flushSync()
  }
  stream.on('error', () => (fails = true)).on('write', () => (fails = false))
  return stream
}
