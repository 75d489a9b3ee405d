// Errors of the game's protocol: a number, a type, and the trace of the request.
import { Refusal } from '../ask.ts'

interface GameCode {
  code: number
  type: string
  status: number
}

/** What we did not foresee: an error that was thrown, and a code of the graph that the protocol does not know. */
const INTERNAL: GameCode = { code: 9001, type: 'INTERNAL_ERROR', status: 500 }
const UNKNOWN: GameCode = { code: 9000, type: 'UNKNOWN_ERROR', status: 500 }

/** By code of the graph. */
const CODES: Readonly<Record<string, GameCode>> = {
  NOT_FOUND: { code: 2001, type: 'CHARACTER_NOT_FOUND', status: 404 },
  CHARACTER_LOAD_FAILED: { code: 2002, type: 'CHARACTER_LOAD_FAILED', status: 500 },
  NOT_READY: { code: 2003, type: 'DATABASE_ERROR', status: 503 },
  BAD_USER_INPUT: { code: 2004, type: 'INVALID_REQUEST', status: 400 },
  NOT_JSON: { code: 2004, type: 'INVALID_REQUEST', status: 415 },
  TOO_LARGE: { code: 2004, type: 'INVALID_REQUEST', status: 413 },
  WRONG_METHOD: { code: 2004, type: 'INVALID_REQUEST', status: 405 },
  TOO_SLOW: { code: 2005, type: 'API_TIMEOUT', status: 504 },
  API_TIMEOUT: { code: 2005, type: 'API_TIMEOUT', status: 504 },
  API_ERROR: { code: 2006, type: 'API_ERROR', status: 502 },
  TOO_MANY_TRIES: { code: 2007, type: 'RATE_LIMITED', status: 429 },
  TOO_MANY_STREAMS: { code: 2007, type: 'RATE_LIMITED', status: 429 },
  UNAUTHENTICATED: { code: 2008, type: 'UNAUTHENTICATED', status: 401 },
  BAD_TOKEN: { code: 2008, type: 'UNAUTHENTICATED', status: 401 },
  FORBIDDEN: { code: 2009, type: 'FORBIDDEN', status: 403 },
  SESSION_BUSY: { code: 2010, type: 'SESSION_BUSY', status: 409 },
  MODEL_UNAVAILABLE: { code: 2011, type: 'MODEL_UNAVAILABLE', status: 503 },
  INTERNAL_SERVER_ERROR: INTERNAL,
}

export interface GameError {
  code: number
  type: string
  message: string
  trace_id: string
  /** ISO 8601, UTC. */
  timestamp: string
  details: Record<string, unknown>
}

/** An error as the protocol has it. What is not the caller's fault says nothing of its cause. */
export function gameError(
  cause: unknown,
  trace: string,
  now: Date,
  details: Record<string, unknown> = {},
): { status: number; error: GameError } {
  const isRefused = cause instanceof Refusal
  const known = isRefused && Object.hasOwn(CODES, cause.code) ? CODES[cause.code] : undefined
  const { code, type, status } = known ?? (isRefused ? UNKNOWN : INTERNAL)
  const message =
    known && known !== INTERNAL && cause instanceof Refusal && cause.message ? cause.message : TEXTS[type]!
  return { status, error: { code, type, message, trace_id: trace, timestamp: now.toISOString(), details } }
}

/** Why a turn ended early, as a refusal of the protocol: the game master failed, or is not there. */
const ENDS: Readonly<Record<string, string>> = {
  API_TIMEOUT: 'API_TIMEOUT',
  TOO_SLOW: 'API_TIMEOUT',
  STOPPED: 'API_ERROR',
  NOT_TAKEN: 'MODEL_UNAVAILABLE',
  PROCESS_GONE: 'API_ERROR',
  INTERNAL_SERVER_ERROR: 'API_ERROR',
}

/** The error of a turn that ended early. @param code of its last event */
export const turnError = (code: unknown, content: unknown, trace: string, now: Date): GameError => {
  const end = typeof code === 'string' && Object.hasOwn(ENDS, code) ? ENDS[code]! : 'UNKNOWN'
  return gameError(new Refusal(end, typeof content === 'string' ? content : ''), trace, now).error
}

const TEXTS: Readonly<Record<string, string>> = {
  CHARACTER_NOT_FOUND: 'There is no such character.',
  CHARACTER_LOAD_FAILED: 'The character cannot be read.',
  API_ERROR: 'The game master failed. What was rolled counts.',
  MODEL_UNAVAILABLE: 'The game master is not there. Try again later.',
  UNKNOWN_ERROR: 'Something failed that has no other name.',
  DATABASE_ERROR: 'The game is not available. Try again in a moment.',
  INVALID_REQUEST: 'The request does not fit.',
  API_TIMEOUT: 'The game master took too long.',
  RATE_LIMITED: 'Too many requests.',
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'You may not do this.',
  SESSION_BUSY: 'A turn is under way in this session.',
  INTERNAL_ERROR: 'Something went wrong here.',
}
