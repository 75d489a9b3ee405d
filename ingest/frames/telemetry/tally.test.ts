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
