import { describe, expect, it, vi } from 'vitest'
import { HOUR, MINUTES, type Stretch, createPieces, stretchOf } from './pieces.ts'
import type { Samples } from './samples.ts'

const HOUR_MS = 3_600_000
const until = (_: string, check: () => unknown) => vi.waitUntil(check, { interval: 1 })
const NOW = 1_000 * HOUR_MS + 1_800_000

/** Samples of so many moments: only their number counts here. */
const many = (count: number): Samples => ({
  places: { at: new Float64Array(count) } as Samples['places'],
  fares: { at: new Float64Array(0) } as Samples['fares'],
})

function somePieces(samples = 10) {
  const asked: Stretch[] = []
  const faults: unknown[] = []
  const state = { fails: false, now: NOW, open: 0, mostOpen: 0 }
  const pieces = createPieces(
    async (stretch) => {
      asked.push(stretch)
      state.mostOpen = Math.max(state.mostOpen, ++state.open)
      await Promise.resolve()
      state.open--
      if (state.fails) throw new Error('no answer')
      return new Map([['Ann', many(samples)]])
    },
    () => state.now,
    () => undefined,
    (fault) => faults.push(fault),
  )
  return { pieces, asked, faults, state }
}
const hourAt = (moment: number) => stretchOf(HOUR, Math.floor(moment / HOUR_MS) * HOUR_MS)

describe('pieces of history', () => {
  it('[CLK6] are asked for the moment first, two at once, and then ahead of the clock', async () => {
    const { pieces, asked, state } = somePieces()
    const moment = NOW - 10 * HOUR_MS
    pieces.need(moment, 600)
    await until('the way ahead', () => pieces.find(HOUR, moment + HOUR_MS))
    expect(asked[0]).toEqual(hourAt(moment))
    expect(state.mostOpen).toBe(2)
    expect(asked).not.toContainEqual(stretchOf(MINUTES, Math.floor(moment / 600_000) * 600_000))
    pieces.need(moment, 0)
    await until('the finest piece', () => pieces.find(MINUTES, moment))
  })

  it('[CLK6] are asked for once', async () => {
    const { pieces, asked } = somePieces()
    const moment = NOW - 10 * HOUR_MS
    for (let n = 0; n < 5; n++) pieces.need(moment, 0)
    await until('the finest piece', () => pieces.find(MINUTES, moment))
    const count = asked.length
    pieces.need(moment, 0)
    expect(asked.length).toBe(count)
    expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(count)
  })

  it('[CLK7] are let go, the one used longest ago first, when there are too many samples', async () => {
    const { pieces } = somePieces(400_000)
    const moment = NOW - 100 * HOUR_MS
    for (let day = 0; day < 6; day++) {
      pieces.need(moment + day * 24 * HOUR_MS, 60)
      await until('its hour', () => pieces.find(HOUR, moment + day * 24 * HOUR_MS))
    }
    expect(pieces.count()).toBeLessThanOrEqual(3)
    expect(pieces.find(HOUR, moment)).toBeNull()
    expect(pieces.find(HOUR, moment + 5 * 24 * HOUR_MS)).not.toBeNull()
  })

  it('[CLK6] that fail are asked for again a little later', async () => {
    const { pieces, asked, faults, state } = somePieces()
    const moment = NOW - 10 * HOUR_MS
    state.fails = true
    pieces.need(moment, 60)
    await until('faults of all', () => faults.length >= 2)
    const count = asked.length
    pieces.need(moment, 60)
    expect(asked.length).toBe(count)
    state.fails = false
    state.now += 3_001
    pieces.need(moment, 60)
    await until('the hour', () => pieces.find(HOUR, moment))
  })

  it('[CLK6] of the present are asked for again as it goes on', async () => {
    const { pieces, asked, state } = somePieces()
    pieces.need(NOW, 60)
    await until('the hour', () => pieces.find(HOUR, NOW))
    await until('all', () => state.open === 0)
    const hours = () => asked.filter((one) => one.since === hourAt(NOW).since).length
    expect(hours()).toBe(1)
    state.now += 10_000
    pieces.need(NOW + 9_000, 60)
    await until('the hour again', () => hours() === 2)
  })
})
