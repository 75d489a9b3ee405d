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
  /** What the sender can do, where the register of errors means another door. */
  hint?: string | undefined
  /** After how many seconds to try again. */
  retryAfter?: number
}

/** Where a sender finds what a body may have. */
const FIELDS_HINT = 'The fields are listed in docs/minds-eye.md.'
const makeOne = (scope: Scope): string =>
  `Make one with: npm run token -- create NAME --scopes ${scope}, and send it as a bearer token.`

/** What is wrong with the fields of a body, for its sender. */
export const badFields = (message: string): Refusal => ({ code: 'BAD_USER_INPUT', message, hint: FIELDS_HINT })

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
  if (typeof token === 'string') return refusedToken(token, scope, secret !== undefined)
  // A caller without a token does not learn which methods there are.
  if (request.method !== 'POST') return { code: 'WRONG_METHOD' }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return { code: 'NOT_JSON', message: notJson }
  if (!/^(identity)?$/i.test(request.headers['content-encoding'] ?? ''))
    return { code: 'NOT_JSON', message: 'The body must not be compressed.', hint: 'Send it without content-encoding.' }
  const bytes = await readBody(request, MAX_BYTES)
  if (!bytes) return { code: 'TOO_LARGE', hint: `A body has at most ${MAX_BYTES / 1024} KiB: send less at once.` }
  try {
    return { token, bytes, value: JSON.parse(bytes.toString('utf8')) as unknown }
  } catch {
    return badFields('The body must be JSON.')
  }
}

/** Why a request without a token that may do this is refused. */
function refusedToken(code: 'BAD_TOKEN' | 'FORBIDDEN' | 'NOT_READY', scope: Scope, isSent: boolean): Refusal {
  if (code === 'NOT_READY') return { code }
  const needed = `This needs a token with the scope \`${scope}\`.`
  return { code, message: code === 'FORBIDDEN' || !isSent ? needed : undefined, hint: makeOne(scope) }
}

/** Answers what is refused. */
export function sendRefusal(response: ServerResponse, { code, message, hint, retryAfter }: Refusal): void {
  const { status, body } = faultBody(code, message, hint)
  sendJson(response, status, body, {
    ...(code === 'WRONG_METHOD' && { allow: 'POST' }),
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  })
}
