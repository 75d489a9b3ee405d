import { describe, expect, it } from 'vitest'
import { Refusal } from '../ask.ts'
import { gameError, turnError } from './errors.ts'

const NOW = new Date('2026-06-20T18:03:11.123Z')
const TRACE = '0af76519-16cd-43dd-8448-eb211c80319c'

describe('errors of the protocol of the game', () => {
  it.each([
    ['NOT_FOUND', 2001, 'CHARACTER_NOT_FOUND', 404],
    ['CHARACTER_LOAD_FAILED', 2002, 'CHARACTER_LOAD_FAILED', 500],
    ['NOT_READY', 2003, 'DATABASE_ERROR', 503],
    ['BAD_USER_INPUT', 2004, 'INVALID_REQUEST', 400],
    ['TOO_SLOW', 2005, 'API_TIMEOUT', 504],
    ['API_ERROR', 2006, 'API_ERROR', 502],
    ['TOO_MANY_TRIES', 2007, 'RATE_LIMITED', 429],
    ['UNAUTHENTICATED', 2008, 'UNAUTHENTICATED', 401],
    ['FORBIDDEN', 2009, 'FORBIDDEN', 403],
    ['SESSION_BUSY', 2010, 'SESSION_BUSY', 409],
    ['MODEL_UNAVAILABLE', 2011, 'MODEL_UNAVAILABLE', 503],
    ['SOMETHING_NEW', 9000, 'UNKNOWN_ERROR', 500],
    ['toString', 9000, 'UNKNOWN_ERROR', 500],
    ['INTERNAL_SERVER_ERROR', 9001, 'INTERNAL_ERROR', 500],
  ])('[TAB40] have a number and a status of their own: %s', (code, number, type, status) => {
    const refused = gameError(new Refusal(code), TRACE, NOW)
    expect(refused).toMatchObject({
      status,
      error: { code: number, type, trace_id: TRACE, timestamp: NOW.toISOString(), details: {} },
    })
    expect(refused.error.message).not.toBe('')
  })

  it('[TAB40] say nothing of the cause of what is our fault', () => {
    const { error } = gameError(new Error('relation "secret" does not exist'), TRACE, NOW)
    expect(error).toMatchObject({ code: 9001, message: 'Something went wrong here.' })
    expect(gameError(new Refusal('INTERNAL_SERVER_ERROR', 'select'), TRACE, NOW).error.message).not.toContain('select')
  })

  it.each([
    ['API_TIMEOUT', 2005],
    ['PROCESS_GONE', 2006],
    ['INTERNAL_SERVER_ERROR', 2006],
    ['STOPPED', 2006],
    ['NOT_TAKEN', 2011],
    ['WHAT_ELSE', 9000],
    [undefined, 9000],
  ])('[TAB40] tell why a turn ended early: %s', (code, number) => {
    expect(turnError(code, 'It took too long.', TRACE, NOW)).toMatchObject({ code: number, trace_id: TRACE })
  })
})
