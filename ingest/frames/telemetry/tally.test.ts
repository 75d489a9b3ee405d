import { describe, expect, it } from 'vitest'
import { count, newTally, onlineSecondsOf, type Counters, type Tally } from './tally.ts'

/** A frame so many seconds into a session. */
const frame = (second: number, sent: Partial<Counters>): Counters => ({
  clientAt: new Date(1_750_000_000_000 + second * 1000).toISOString(),
  receivedAt: '2026-06-20T12:00:00.000Z',
  kills: null,
  deaths: null,
  tapers: null,
  onlineSeconds: null,
  ...sent,
})
function tallyOf(...frames: Counters[]): Tally {
  const tally = newTally(frames[0]!)
  for (const one of frames) count(tally, one)
  return tally
}

describe('the tally of a session', () => {
  it('[TLY1] begins with the whole of the first frame, and adds what counters grow by', () => {
    expect(tallyOf(frame(0, { kills: 1520, deaths: 2 }), frame(2, { kills: 1523, deaths: 2 }))).toMatchObject({
      kills: 1523,
      deaths: 2,
    })
    expect(tallyOf(frame(0, {}), frame(2, { kills: 5 }), frame(4, {}), frame(6, { kills: 7 })).kills).toBe(7)
  })
  it('[TLY2] adds the whole of a counter that was reset', () => {
    expect(tallyOf(frame(0, { kills: 100 }), frame(2, { kills: 3 }), frame(4, { kills: 5 })).kills).toBe(105)
  })
  it('[TLY3] takes nothing from a frame that is late or a duplicate', () => {
    const newest = frame(9, { kills: 100, tapers: 50 })
    const tally = tallyOf(newest, newest, newest)
    expect(count(tally, frame(4, { kills: 40, tapers: 80 }))).toBe(false)
    expect(count(tally, frame(11, { kills: 101, tapers: 49 }))).toBe(true)
    expect(tally).toMatchObject({ kills: 101, tapersUsed: 1 })
  })
  it('[TLY3] [TIM3] goes on when the clock of the plugin was put back, and keeps the time played', () => {
    const at = (second: number, kills: number, seconds: number) => ({
      ...frame(second, { kills }),
      receivedAt: new Date(1_750_010_000_000 + seconds * 1000).toISOString(),
    })
    const tally = tallyOf(at(3600, 10, 0), at(3660, 20, 60))
    expect(count(tally, at(3000, 20, 61)), 'nothing grew: late').toBe(false)
    expect(count(tally, at(3650, 25, 62)), 'late by seconds').toBe(false)
    for (const second of [60, 64, 68]) expect(count(tally, at(second, 21, second))).toBe(false)
    expect(count(tally, at(72, 21, 72)), 'they go on').toBe(true)
    expect(count(tally, at(75, 23, 75))).toBe(true)
    expect(tally.kills).toBe(23)
    expect(onlineSecondsOf(tally)).toBe(75)
    for (const second of [1, 2, 3, 4, 5])
      expect(count(tally, at(-3600 + second, 30, 75 + second)), 'too few, too short').toBe(false)
  })
  it('[TLY3] takes nothing for a new beginning that is of the same moment', () => {
    expect(
      tallyOf(frame(0, { kills: 5, tapers: 9 }), frame(0, { kills: 6, tapers: 8 }), frame(0, { kills: 5, tapers: 9 })),
    ).toMatchObject({ kills: 6, tapersUsed: 1, seenKills: 6, seenTapers: 8 })
  })
  it('[TLY4] counts tapers used, not those bought', () => {
    const counts = [4211, 4210, 4207, 5000, 4999]
    expect(tallyOf(...counts.map((tapers, second) => frame(second, { tapers }))).tapersUsed).toBe(5)
  })
  it('[TLY8] adds up time in the game over new beginnings, and takes a corrected clock for none', () => {
    const sent = [100, 160, 155, 170, 10, 30]
    expect(tallyOf(...sent.map((onlineSeconds, second) => frame(second, { onlineSeconds }))).onlineSeconds).toBe(200)
    expect(tallyOf(frame(0, {})).onlineSeconds).toBeNull()
  })
  it('is not harmed by counters below nothing', () => {
    expect(tallyOf(frame(0, { kills: 5, deaths: -1 }), frame(2, { kills: -3 }), frame(4, { kills: 6 }))).toMatchObject({
      kills: 6,
      deaths: 0,
    })
  })
})

describe('each counter of a session', () => {
  it('[TLY1] counts deaths as kills are counted: growth, resets, and nothing below zero or unknown', () => {
    const deaths = (...values: (number | null)[]) =>
      tallyOf(...values.map((value, n) => frame(2 * n, { deaths: value }))).deaths
    expect([deaths(2, 5), deaths(5, 2, 3), deaths(3, null, 4), deaths(3, -1, 4), deaths(0, 0), deaths(null)]).toEqual([
      5, 8, 4, 4, 0, 0,
    ])
  })

  it('[TLY1] counts the tapers that were used up, and never those bought', () => {
    const used = (...values: (number | null)[]) =>
      tallyOf(...values.map((value, n) => frame(2 * n, { tapers: value }))).tapersUsed
    expect([used(100, 90), used(100, 90, 200, 150), used(100, null, 90), used(100, -1, 90), used(5, 0)]).toEqual([
      10, 60, 10, 10, 5,
    ])
  })

  it('[TLY2] of two frames of one moment takes neither for a reset', () => {
    const both = tallyOf(
      frame(0, { kills: 10, deaths: 5, tapers: 50 }),
      frame(0, { kills: 3, deaths: 2, tapers: 60 }),
      frame(2, { kills: 11, deaths: 6, tapers: 49 }),
    )
    expect(both).toMatchObject({ kills: 11, deaths: 6, tapersUsed: 1 })
    const grown = tallyOf(frame(0, { kills: 3, deaths: 2 }), frame(0, { kills: 10, deaths: 5 }))
    expect(grown).toMatchObject({ kills: 10, deaths: 5, seenKills: 10, seenDeaths: 5 })
  })

  it('[TLY1] counts a session of no kills and no time as such', () => {
    expect(tallyOf(frame(0, { kills: 0, deaths: 0, tapers: 0, onlineSeconds: 0 }))).toMatchObject({
      seenKills: 0,
      seenDeaths: 0,
      seenTapers: 0,
      seenOnlineSeconds: 0,
      onlineSeconds: 0,
    })
    expect(tallyOf(frame(0, { onlineSeconds: -5 }))).toMatchObject({ seenOnlineSeconds: null, onlineSeconds: null })
  })
})
