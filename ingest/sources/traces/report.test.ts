import { describe, expect, it } from 'vitest'
import { allowList } from '../../../shared/contract/redact-trace.ts'
import { lookedAt, readReport, type TraceReport } from './report.ts'

const NOW = new Date('2026-06-20T18:00:00.000Z')
const read = (body: unknown) =>
  readReport(body, { source: 'token', reporter: 'gateway', allowed: allowList(), now: NOW, newCall: () => 'new' })
const report = (body: unknown): TraceReport => {
  const found = read(body)
  if (typeof found === 'string') throw new Error(found)
  return found
}
const base = { session_id: 'a', player: 'SwiftWolf', mode: 'god' }

describe('a posted trace', () => {
  it('is the start of a session, a call or an end, by its fields', () => {
    expect(report(base).kind).toBe('SESSION_STARTED')
    expect(report({ ...base, event: 'session_start' }).kind).toBe('SESSION_STARTED')
    expect(report({ ...base, tool: 'world.look', input: {}, result: {}, step: 2 })).toMatchObject({
      kind: 'CALL',
      tool: 'world.look',
      step: 2,
      call: 'new',
      player: 'SwiftWolf',
      mode: 'god',
      outcome: 'OK',
    })
    expect(report({ ...base, event: 'end' }).kind).toBe('SESSION_ENDED')
    expect(report({ ...base, response: 'It is done.' })).toMatchObject({ kind: 'SESSION_ENDED', result: '[redacted]' })
  })

  it('has failed with an error or `ok: false`', () => {
    expect(report({ ...base, tool: 't', error: 'no' })).toMatchObject({ outcome: 'FAILED' })
    expect(report({ ...base, tool: 't', ok: false }).outcome).toBe('FAILED')
    expect(report({ ...base, tool: 't', error: null }).outcome).toBe('OK')
  })

  it('began as long ago as it took', () => {
    expect(report({ ...base, tool: 't', duration_ms: 1500 })).toMatchObject({
      startedAt: '2026-06-20T17:59:58.500Z',
      finishedAt: NOW.toISOString(),
      durationMs: 1500,
    })
  })

  it.each([
    [null, 'The body must be a JSON object.'],
    [[], 'The body must be a JSON object.'],
    [{}, '`session_id`'],
    [{ session_id: '' }, '`session_id`'],
    [{ session_id: 'x'.repeat(129) }, '`session_id`'],
    [{ ...base, tool: {} }, '`tool`'],
    [{ ...base, step: 1.5 }, '`step`'],
    [{ ...base, step: -1 }, '`step`'],
    [{ ...base, step: true }, '`step`: Expected a number.'],
    [{ ...base, step: [3] }, '`step`: Expected a number.'],
    [{ ...base, total_steps: '' }, '`total_steps`: Expected a number.'],
    [{ ...base, duration_ms: '0x10' }, '`duration_ms`: Expected a number.'],
    [{ ...base, event: 'explode' }, '`event`'],
  ])('%j is refused with the field that is wrong', (body, message) => {
    expect(read(body)).toContain(message)
  })
})

describe('where a step looked', () => {
  it('is its center and radius, its position, or its own coordinates', () => {
    expect(lookedAt({ center: { x: 1, y: 2, z: 3 }, radius: 9 })).toEqual({ x: 1, y: 2, z: 3, radius: 9 })
    expect(lookedAt({ position: { x: 1, z: 3 } })).toEqual({ x: 1, y: null, z: 3, radius: 0 })
    expect(lookedAt({ x: 1, y: 2, z: 3 })).toEqual({ x: 1, y: 2, z: 3, radius: 0 })
  })
  it('is unknown without numbers within a world', () => {
    for (const input of [null, 'x', {}, { x: '1', z: 2 }, { x: 1e12, z: 0 }, { x: Number.NaN, z: 1 }])
      expect(lookedAt(input)).toBeNull()
    for (const radius of [1e6, 1e9]) expect(lookedAt({ x: 0, z: 0, radius })?.radius).toBe(128)
    expect(lookedAt({ x: 0, z: 0, radius: 'wide' })?.radius).toBe(0)
  })
})
