// Bodies that programs post with a token: who sent them, and what is in them.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TokenHolder } from '../../../shared/auth/token.ts'
import type { Scope } from '../../../shared/auth/viewer.ts'
import { faultBody, type ErrorCode } from '../../../shared/errors.ts'
import { sendJson } from '../../../shared/serve/door.ts'
import { readBody } from '../../../shared/serve/read-body.ts'
import type { KnownTokens } from './known-tokens.ts'

/** Longest body, in bytes. */
const MAX_BYTES = 256 * 1024

export interface Refusal {
  code: ErrorCode
  message?: string | undefined
}

export interface Posted {
  token: TokenHolder
  bytes: Buffer
  value: unknown
}

/**
 * The sender and the JSON of a request, or why it is refused. A token is needed from every address.
 * @param notJson what to say to a sender of something else
 */
export async function readPosted(
  request: IncomingMessage,
  tokens: KnownTokens,
  scope: Scope,
  notJson?: string,
): Promise<Posted | Refusal> {
  const secret = /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
  const token = secret === undefined ? 'BAD_TOKEN' : await tokens.find(secret).catch(() => 'NOT_READY' as const)
  if (typeof token === 'string')
    return {
      code: token,
      message: token === 'FORBIDDEN' ? `This needs a token with the scope \`${scope}\`.` : undefined,
    }
  // A caller without a token does not learn which methods there are.
  if (request.method !== 'POST') return { code: 'WRONG_METHOD' }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return { code: 'NOT_JSON', message: notJson }
  if (!/^(identity)?$/i.test(request.headers['content-encoding'] ?? ''))
    return { code: 'NOT_JSON', message: 'The body must not be compressed.' }
  const bytes = await readBody(request, MAX_BYTES)
  if (!bytes) return { code: 'TOO_LARGE' }
  try {
    return { token, bytes, value: JSON.parse(bytes.toString('utf8')) as unknown }
  } catch {
    return { code: 'BAD_USER_INPUT', message: 'The body must be JSON.' }
  }
}

/** Answers what is refused. */
export function sendRefusal(response: ServerResponse, { code, message }: Refusal): void {
  const { status, body } = faultBody(code, message)
  sendJson(response, status, body, code === 'WRONG_METHOD' ? { allow: 'POST' } : {})
}
