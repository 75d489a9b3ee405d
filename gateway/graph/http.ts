import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExecutionResult } from 'graphql'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { isTracing } from '../../shared/trace/spans.ts'
import type { Asked, FastPath } from './fast-path.ts'

/** Supported media types, by their name in `accept`; the first one named is used. */
const KINDS = ['application/graphql-response+json', 'application/json', '*/*'] as const
const KNOWN = new Set(['query', 'operationName', 'variables', 'extensions'])

/**
 * Answers a POST of JSON, with its body at `request.body`, by the fast path. False leaves request and response
 * untouched, for the runtime.
 */
export async function answerFast(
  request: IncomingMessage & { body?: Buffer },
  response: ServerResponse,
  fastPath: FastPath,
  viewer: Viewer,
): Promise<boolean> {
  const kind = kindFor(request.headers.accept)
  if (!kind || request.method !== 'POST' || !isJson(request.headers['content-type']) || isTracing()) return false
  const asked = request.body && askedIn(request.body)
  if (!asked) return false
  const result = await fastPath.answer(asked, viewer).catch(() => null) // reported by the runtime
  if (!result?.data || result.errors?.some(({ extensions }) => 'http' in extensions)) return false
  write(response, kind, result)
  return true
}

function write(response: ServerResponse, kind: string, { data, errors }: ExecutionResult): void {
  const text = JSON.stringify(errors ? { errors, data } : { data })
  response.writeHead(200, {
    'content-type': `${kind}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  })
  response.end(text)
}

/** Null if another type is named first, or types are weighted. */
function kindFor(accept = '*/*'): string | null {
  if (accept.includes('q=')) return null
  const [first] = accept.split(',', 1)
  const kind = KINDS.find((known) => known === first!.trim().toLowerCase())
  return kind === '*/*' ? 'application/json' : (kind ?? null)
}

const isJson = (type: string | undefined) => type === 'application/json' || type === 'application/json; charset=utf-8'

function askedIn(body: Buffer): Asked | null {
  try {
    const asked = JSON.parse(body.toString('utf8')) as unknown
    if (!isObject(asked) || Object.keys(asked).some((name) => !KNOWN.has(name))) return null
    const { query = null, operationName = null, variables = null, extensions = null } = asked
    const fits =
      isText(query) && isText(operationName) && [variables, extensions].every((one) => one === null || isObject(one))
    return fits ? ({ query, operationName, variables, extensions } as Asked) : null
  } catch {
    return null // not JSON
  }
}

const isText = (value: unknown) => value === null || typeof value === 'string'
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
