/** What the graph refused, in its own words: these are meant for people. */
export class GraphFault extends Error {
  /** The code of the register, such as `FORBIDDEN`. */
  readonly code: string
  readonly trace: string | null

  constructor(message: string, code: string, trace: string | null) {
    super(message)
    this.code = code
    this.trace = trace
  }
}

interface Said {
  message?: unknown
  extensions?: { code?: unknown; trace?: unknown }
}

/** The first of what the graph says is wrong; null when nothing is. */
export function faultIn(errors: unknown): GraphFault | null {
  const first = Array.isArray(errors) ? (errors[0] as Said | undefined) : undefined
  if (!first) return null
  const { message, extensions } = first
  const trace = typeof extensions?.trace === 'string' ? extensions.trace : null
  const code = typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL_SERVER_ERROR'
  return new GraphFault(typeof message === 'string' ? message : 'The graph refused.', code, trace)
}
