// @vitest-environment happy-dom
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { formatClock, formatExact } from './format.ts'
import { fromField, toField, zoneChoice } from './time-zone.ts'

vi.stubEnv('TZ', 'America/Havana')
beforeEach(() => void (zoneChoice.value = 'local'))
afterAll(() => void vi.unstubAllEnvs())

const NOON = Date.UTC(2026, 6, 1, 16, 0, 5)

describe('moments', () => {
  it('are shown and typed in the zone of the viewer', () => {
    expect(toField(NOON, 'second')).toBe('2026-07-01T12:00:05')
    expect(fromField('2026-07-01T12:00:05')).toBe(NOON)
  })
  it('are shown and typed in UTC by choice, and say so', () => {
    zoneChoice.value = 'utc'
    expect(formatClock(NOON)).toBe('16:00')
    expect(formatExact(NOON)).toMatch(/^(?=.*\b(4|16):00:05\b).* UTC$/)
    expect(toField(NOON, 'minute')).toBe('2026-07-01T16:00')
    expect(fromField('2026-07-01T16:00:05')).toBe(NOON)
  })
  it('of a field that is not complete are none', () => {
    for (const choice of ['local', 'utc'] as const) {
      zoneChoice.value = choice
      expect(fromField('')).toBeNaN()
    }
  })
  it('are local for a choice that is not known', () => {
    zoneChoice.value = 'moon' as never
    expect(zoneChoice.value).toBe('local')
  })
})
