// The register of errors: code, text and hint. Each error gets a trace, by which the caller and a reader of the log
// can refer to it.
import { randomBytes } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { currentTrace } from './trace/spans.ts'

const register = {
  UNAUTHENTICATED: [401, 'You are not signed in.', 'Sign in at /login, or send a service token as a bearer token.'],
  BAD_TOKEN: [
    401,
    'This token is not known, has ended, or was revoked.',
    'Make a new one with: npm run token -- create NAME --scopes read',
  ],
  METRICS_TOKEN_NEEDED: [
    401,
    'Metrics are not public.',
    'Send the value of METRICS_TOKEN as a bearer token; in the one-process form a service token is accepted too.',
  ],
  BAD_CREDENTIALS: [401, 'Name or password is wrong.', 'Check both; an admin can set a new password.'],
  BAD_LINK: [
    401,
    'This sign-in link was used or has ended.',
    'Restart Overlord for a new one, or sign in with a password.',
  ],
  LINK_ENDED: [401, 'This link has ended, or there is no such link.', 'Ask who sent it for a new one.'],
  FORBIDDEN: [403, 'You may not do this.', 'Ask an admin for the role it needs.'],
  FOREIGN_ORIGIN: [
    403,
    'Requests from this origin are not accepted.',
    'Add the origin to ALLOWED_ORIGINS, or set PUBLIC_URL.',
  ],
  FOREIGN_HOST: [
    421,
    'We are not known by this name.',
    'Set PUBLIC_URL to the address people use, or add the name to ALLOWED_HOSTS.',
  ],
  NOT_FOUND: [404, 'There is nothing of that name.', 'Check the spelling.'],
  BAD_USER_INPUT: [400, 'The request does not fit.', 'See the field’s description in the schema.'],
  SESSION_BUSY: [409, 'Something is under way already.', 'Wait for its end, and try again.'],
  WRONG_METHOD: [405, 'This address does not take that.', 'See the header Allow, or /api-docs.'],
  NOT_JSON: [415, 'The body must be JSON.', 'Send content-type: application/json.'],
  NOT_ACCEPTABLE: [406, 'There is no answer of a type that the request accepts.', 'Send another header `accept`.'],
  CSRF_HEADER_MISSING: [
    403,
    'A page of another site could have sent this.',
    'Send content-type: application/json, a bearer token, or the header graphql-require-preflight: 1.',
  ],
  TOO_LARGE: [413, 'The body is too large.', 'Send less at once, or ask for less.'],
  TOO_MUCH_UNREAD: [
    429,
    'Too many bytes of earlier answers wait to be read.',
    'Read the answers that are under way first, or ask for less at once.',
  ],
  TOO_MANY_TRIES: [429, 'Too many tries.', 'Wait as long as Retry-After says.'],
  TOO_MANY_STREAMS: [429, 'Too many connections or streams are open.', 'Close some, or share one connection.'],
  TOO_SLOW: [504, 'This took too long.', 'Ask for less at once, or narrow it down.'],
  TOO_COSTLY: [
    400,
    'This asks for too much at once.',
    'Ask for fewer rows (`first`, `points`) of lists within lists, or page.',
  ],
  GRAPHQL_PARSE_FAILED: [400, 'This is no GraphQL document.', 'See `locations` for where it ceases to be one.'],
  GRAPHQL_VALIDATION_FAILED: [
    400,
    'This document does not fit the schema.',
    'See `locations`; the schema stands in the playground at /graphiql.',
  ],
  // The text is the one by which clients know that they should send the document along.
  PERSISTED_QUERY_NOT_FOUND: [
    404,
    'PersistedQueryNotFound',
    'Send the document itself, with its hash or alone. If one of our own pages gets this, it is of ' +
      'another version: reload it.',
  ],
  INTERNAL_SERVER_ERROR: [
    500,
    'Unexpected error.',
    'Try again. If it persists, report the trace to an admin: it is also in the log.',
  ],
  NOT_READY: [503, 'Overlord is starting or stopping.', 'Try again in a moment.'],
} as const

export type ErrorCode = keyof typeof register

/**
 * What an error is known by: the trace of its request where that is traced, else sixteen hexadecimal digits of its
 * own.
 */
export const newTrace = (): string => currentTrace() ?? randomBytes(8).toString('hex')

/**
 * The way out that goes with a code; of a code that is not ours, the one that goes with any request that does not
 * fit.
 */
export const hintOf = (code: unknown): string =>
  typeof code === 'string' && Object.hasOwn(register, code)
    ? register[code as ErrorCode][2]
    : register.BAD_USER_INPUT[2]

/** The HTTP status of a code. */
export const statusOf = (code: ErrorCode): number => register[code][0]

/** Whether a code stands in the register. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(register, code)

/**
 * An error of the register for a graph answer. `message` may say more than the register does, `beside` goes into
 * `extensions`.
 */
export function fault(code: ErrorCode, message?: string, beside: Record<string, unknown> = {}): GraphQLError {
  const [, text, hint] = register[code]
  return new GraphQLError(message ?? text, { extensions: { code, hint, trace: newTrace(), ...beside } })
}

/** The same as an HTTP answer: status and JSON body. `hint` is a way out that fits better than that of the register. */
export function faultBody(
  code: ErrorCode,
  message?: string,
  hint?: string,
): { status: number; body: { error: { code: string; message: string; hint: string; trace: string } } } {
  const [status, text, usual] = register[code]
  return { status, body: { error: { code, message: message ?? text, hint: hint ?? usual, trace: newTrace() } } }
}
