// Calls of MCP tools that run elsewhere, over stdio, as the gateway sees them: documents that name their tool.
import type { ExecutionResult } from 'graphql'
import type { CallLog } from '../../shared/auth/mcp-calls.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { redacted } from '../../shared/redact.ts'

/** Documents of one viewer that are stored in a minute; as many as calls over HTTP are let through. */
const MAX_A_MINUTE = 6_000
const MINUTE_MS = 60_000

interface Sent {
  variables?: Record<string, unknown> | null
  extensions?: Record<string, unknown> | null
}

/** Notes the end of an operation: its answer, or that it became a stream. */
export type EndCall = (results: ExecutionResult | AsyncIterable<ExecutionResult>) => void

/** Returns what notes the end of an operation that is of a tool; null for any other. */
export type SeeCall = (operation: Sent, viewer: Viewer) => EndCall | null

/**
 * Stores operations that say which tool they are of, in `extensions.mcpCall`: `{tool, client}`. Viewer, variables,
 * outcome and duration are what the gateway sees itself.
 */
export function seenCalls(calls: Pick<CallLog, 'add'>, clock: () => number = () => performance.now()): SeeCall {
  let minute = Math.floor(clock() / MINUTE_MS)
  const counts = new Map<string, number>()
  /** Whether another one of the viewer is stored. */
  function isCounted({ kind, id }: Viewer): boolean {
    const now = Math.floor(clock() / MINUTE_MS)
    if (now !== minute) counts.clear()
    minute = now
    const count = (counts.get(`${kind} ${id}`) ?? 0) + 1
    counts.set(`${kind} ${id}`, count)
    return count <= MAX_A_MINUTE
  }
  return ({ extensions, variables }, viewer) => {
    const said = claimIn(extensions)
    if (!said || !isCounted(viewer)) return null
    const begun = clock()
    return (results) => {
      const error = Symbol.asyncIterator in results ? undefined : results.errors?.[0]
      calls.add({
        ...said,
        transport: 'STDIO',
        input: redacted(variables ?? {}),
        rows: null,
        ms: Math.round(clock() - begun),
        outcome: error ? textOr(error.extensions?.['code'], 'INTERNAL_SERVER_ERROR') : 'OK',
        trace: error ? textOr(error.extensions?.['trace'], null) : null,
        viewer,
        at: new Date(),
      })
    }
  }
}

const textOr = <T>(value: unknown, other: T): string | T => (typeof value === 'string' ? value : other)

function claimIn(extensions: Sent['extensions']): { tool: string; client: string | null } | null {
  const said = extensions?.['mcpCall'] as { tool?: unknown; client?: unknown } | null | undefined
  if (typeof said?.tool !== 'string' || !said.tool) return null
  return { tool: said.tool, client: textOr(said.client, null) }
}
