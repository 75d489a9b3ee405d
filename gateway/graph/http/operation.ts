// Reads the GraphQL operation of an HTTP request: a POST with JSON, or a GET with its parameters in the query.
import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '../../../shared/errors.ts'
import type { Asked } from '../fast-path.ts'

/** Why a request is refused before anything of it is executed. */
export interface Refusal {
  code: ErrorCode
  message?: string
  headers?: Record<string, string>
}

const bad = (message: string): Refusal => ({ code: 'BAD_USER_INPUT', message })
const NOT_JSON = bad('The body is not a JSON document.')
const NO_OBJECT = bad('The body must be one JSON object: {"query": …, "variables": …}. Batches are not served.')
const NO_DOCUMENT = bad('`query` is missing: the document, or `extensions.persistedQuery` with its hash.')

/** The operation in a request whose body is at `request.body`. */
export function operationIn(request: IncomingMessage & { body?: Buffer }): Asked | Refusal {
  if (request.method === 'GET') return operationInQuery(request.url ?? '')
  if (request.method !== 'POST')
    return {
      code: 'WRONG_METHOD',
      message: 'The graph is asked by GET, POST, or a WebSocket.',
      headers: { allow: 'GET, POST' },
    }
  if (!isJson(request.headers['content-type']))
    return {
      code: 'NOT_JSON',
      message: 'The graph takes JSON: content-type: application/json; charset=utf-8.',
      headers: { accept: 'application/json' },
    }
  const body = request.body ? parsed(request.body.toString('utf8')) : undefined
  return body === undefined ? NOT_JSON : checked(body)
}

/** Whether it was read. */
export const isRefusal = (operation: Asked | Refusal): operation is Refusal => 'code' in operation

function operationInQuery(url: string): Asked | Refusal {
  const start = url.indexOf('?')
  const given = new URLSearchParams(start < 0 ? '' : url.slice(start + 1))
  const operation: Record<string, unknown> = { query: given.get('query'), operationName: given.get('operationName') }
  for (const name of ['variables', 'extensions']) {
    const text = given.get(name)
    const value = text ? parsed(text) : null
    if (value === undefined) return bad(`\`${name}\` is not a JSON document.`)
    operation[name] = value
  }
  return checked(operation)
}

/** Other fields are left alone: some clients send their own beside these. */
function checked(body: unknown): Asked | Refusal {
  if (!isObject(body)) return NO_OBJECT
  const { query = null, operationName = null, variables = null, extensions = null } = body
  if (!isText(query)) return bad('`query` must be a text.')
  if (!isText(operationName)) return bad('`operationName` must be a text.')
  if (variables !== null && !isObject(variables)) return bad('`variables` must be an object.')
  if (extensions !== null && !isObject(extensions)) return bad('`extensions` must be an object.')
  if (!query && !extensions?.['persistedQuery']) return NO_DOCUMENT
  return { query, operationName, variables, extensions }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // not JSON, which has no such value
  }
}

function isJson(type = ''): boolean {
  const [essence, ...parameters] = type.split(';').map((part) => part.trim().toLowerCase())
  return essence === 'application/json' && parameters.every((part) => !/^charset=(?!"?utf-?8"?$)/.test(part))
}

const isText = (value: unknown): value is string | null => value === null || typeof value === 'string'
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
