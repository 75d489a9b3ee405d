import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryBucket } from '../generated/resolvers.ts'
import { bucketEdges, clockOf } from './clock.ts'
import { cutByClock } from './stretch.ts'

const HOUR = 3_600_000
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16)
const edges = (zone: string | null, bucket: HistoryBucket, from: string, to: string) =>
  bucketEdges(clockOf(zone), bucket, Date.parse(`${from}Z`), Date.parse(`${to}Z`), 2_000).map(iso)
const hoursOf = (list: string[]) =>
  list.slice(1).map((edge, n) => (Date.parse(`${edge}Z`) - Date.parse(`${list[n]}Z`)) / HOUR)

describe('buckets of the clock', () => {
  it('begin at the hour, midnight, Monday and first of the month, from the one that holds the start', () => {
    const [from, to] = ['2026-06-17T10:20', '2026-06-17T12:00']
    expect(edges(null, 'HOUR', from, to)).toEqual(['2026-06-17T10:00', '2026-06-17T11:00', '2026-06-17T12:00'])
    expect(edges('Europe/Berlin', 'DAY', from, to)).toEqual(['2026-06-16T22:00', '2026-06-17T22:00'])
    expect(edges('Europe/Berlin', 'WEEK', from, to)).toEqual(['2026-06-14T22:00', '2026-06-21T22:00'])
    expect(edges('America/New_York', 'MONTH', from, to)).toEqual(['2026-06-01T04:00', '2026-07-01T04:00'])
    expect(edges('Asia/Kathmandu', 'HOUR', from, '2026-06-17T11:00')).toEqual(['2026-06-17T10:15', '2026-06-17T11:15'])
  })

  it('of days are 23 hours in March and 25 in October where clocks change, and weeks and months follow', () => {
    const march = edges('Europe/Berlin', 'DAY', '2026-03-28T00:00', '2026-03-30T12:00')
    expect(march).toEqual(['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00', '2026-03-30T22:00'])
    expect(hoursOf(march)).toEqual([24, 23, 24])
    expect(hoursOf(edges('Europe/Berlin', 'DAY', '2026-10-24T00:00', '2026-10-26T12:00'))).toEqual([24, 25, 24])
    expect(hoursOf(edges('Europe/Berlin', 'WEEK', '2026-03-25T00:00', '2026-03-26T00:00'))).toEqual([167])
    expect(hoursOf(edges('Europe/Berlin', 'MONTH', '2026-10-10T00:00', '2026-10-11T00:00'))).toEqual([31 * 24 + 1])
  })

  it('of hours skip the one that clocks skip, and have both of the one that comes twice', () => {
    const shown = (list: string[]) =>
      list.slice(0, -1).map((edge) => iso(clockOf('Europe/Berlin')(Date.parse(`${edge}Z`))).slice(11))
    expect(shown(edges('Europe/Berlin', 'HOUR', '2026-03-29T00:00', '2026-03-29T03:00'))).toEqual([
      '01:00',
      '03:00',
      '04:00',
    ])
    expect(shown(edges('Europe/Berlin', 'HOUR', '2026-10-24T23:00', '2026-10-25T03:00'))).toEqual([
      '01:00',
      '02:00',
      '02:00',
      '03:00',
    ])
  })

  it('begin a day where its midnight is skipped or comes twice', () => {
    // Beirut skips midnight; Havana has it twice; Lord Howe changes by half an hour.
    expect(edges('Asia/Beirut', 'DAY', '2026-03-29T00:00', '2026-03-29T12:00')).toEqual([
      '2026-03-28T22:00',
      '2026-03-29T21:00',
    ])
    expect(hoursOf(edges('America/Havana', 'DAY', '2026-11-01T12:00', '2026-11-02T00:00'))).toEqual([25])
    expect(hoursOf(edges('Australia/Lord_Howe', 'HOUR', '2026-10-03T13:00', '2026-10-03T18:00'))).toContain(1.5)
  })

  it('follow one another without a gap and cover the stretch, in every zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.constantFrom<HistoryBucket>('HOUR', 'DAY', 'WEEK', 'MONTH'),
        fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) }),
        fc.integer({ min: 1, max: 60 * 24 * HOUR }),
        (zone, bucket, from, length) => {
          const list = bucketEdges(clockOf(zone), bucket, from, from + length, 2_000)
          expect(list[0]).toBeLessThanOrEqual(from)
          expect(list[1]).toBeGreaterThan(from)
          expect(list.at(-1)).toBeGreaterThanOrEqual(from + length)
          expect(list.every((edge, n) => n === 0 || edge > list[n - 1]!)).toBe(true)
          expect(list.every((edge) => edge % 300_000 === 0)).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a time zone', () => {
  it('is found by its name in any case, and is UTC without one', () => {
    const noon = Date.UTC(2026, 5, 17, 12)
    expect(iso(clockOf('europe/berlin')(noon))).toBe('2026-06-17T14:00')
    expect([clockOf(null)(noon), clockOf('UTC')(noon)]).toEqual([noon, noon])
  })

  it.each([
    ['Europe/Berln', 'Europe/Berlin'],
    ['+02:00', 'UTC'],
    ['', 'UTC'],
    ['x'.repeat(5_000), ''],
  ])('that does not exist is refused with the three nearest: %s', (name, nearest) => {
    let refusal: unknown
    try {
      clockOf(name)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
    const names = /nearest names: (.*)\.$/.exec((refusal as Error).message)![1]!.split(', ')
    expect(names).toHaveLength(3)
    expect(names.join()).toContain(nearest)
  })
})

describe('a stretch by the clock', () => {
  const cut = (from: string, to: string, bucket: HistoryBucket) =>
    cutByClock(from, to, 720, bucket, clockOf('Europe/Berlin'))

  it('is read by frames up to 12 hours, and has at most as many buckets as asked for', () => {
    expect(cut('2026-06-17T10:20:00Z', '2026-06-17T12:00:00Z', 'HOUR').byFrames).toBe(true)
    expect(cut('2026-06-17T10:20:00Z', '2026-06-17T12:00:00Z', 'DAY').byFrames).toBe(false)
    const from = Date.UTC(2026, 5, 17)
    const until = (hours: number) => new Date(from + hours * HOUR).toISOString()
    expect(cut(until(0), until(720), 'HOUR').edgesS).toHaveLength(721)
    expect(() => cut(until(0), until(721), 'HOUR')).toThrow('More than 720 buckets')
    expect(() => cut('1969-01-01T00:00:00Z', '1969-01-02T00:00:00Z', 'DAY')).toThrow('1970')
  })
})
