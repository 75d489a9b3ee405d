import { describe, expect, it } from 'vitest'
import { lastOf, liveUntil, repeatsOf, type SessionLog } from './trace-log.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const begun = Date.parse('2026-06-20T18:00:00.000Z')
const at = (ms: number) => new Date(begun + ms).toISOString()

/** A session with one call, which began at a moment and is not finished yet, or is. */
const log = (startedAt: number, outcome: 'OK' | 'RUNNING', other: Partial<SessionLog> = {}): SessionLog => ({
  session: { startedAt: at(0) } as SessionLog['session'],
  steps: [{ startedAt: at(startedAt), finishedAt: outcome === 'OK' ? at(startedAt + SECOND) : null, outcome }] as never,
  ended: false,
  ...other,
})

describe('a session', () => {
  it('is live for a minute after its last report, and not for ever: its program may have died', () => {
    expect(liveUntil(log(0, 'OK'))).toBe(begun + SECOND + MINUTE)
    expect(liveUntil(log(0, 'OK', { steps: [] }))).toBe(begun + MINUTE)
    expect(liveUntil(log(0, 'OK', { ended: true }))).toBe(0)
  })
  it('is live while a call is under way, for a quarter of an hour at most', () => {
    expect(liveUntil(log(0, 'RUNNING'))).toBe(begun + 15 * MINUTE)
  })
  it('was last heard of when its newest call ended', () => {
    expect(lastOf(log(5 * MINUTE, 'OK'))).toBe(begun + 5 * MINUTE + SECOND)
  })
})

describe('calls that ask the same', () => {
  const call = (tool: string, x: number) => ({ tool, input: { x } }) as never
  it('are marked after the first in a row, with how often the session asks it', () => {
    const steps = [call('a', 1), call('a', 1), call('b', 1), call('a', 1), call('a', 2), call('a', 2)]
    expect(repeatsOf(steps)).toEqual([0, 3, 0, 0, 0, 2])
  })
})
