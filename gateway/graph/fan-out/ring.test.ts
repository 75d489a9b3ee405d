import { describe, expect, it } from 'vitest'
import { Ring } from './ring.ts'

describe('[SUB3] the newest events of a stream', () => {
  const ringOf = (events: number, characters: number) => {
    const ring = new Ring()
    for (let seq = 1; seq <= events; seq++) ring.push({ seq, json: 'x'.repeat(characters) })
    return ring
  }

  it('gives what came after a place, nothing when nothing did, and null when some of it is forgotten', () => {
    const ring = ringOf(5, 10)
    expect(ring.after(3)?.map(({ seq }) => seq)).toEqual([4, 5])
    expect(ring.after(5)).toEqual([])
    expect(ring.after(0)?.length).toBe(5)
    expect(ring.after(6)).toBe(null)
    expect(ringOf(5_000, 10).after(100)).toBe(null)
    expect(
      ringOf(5_000, 10)
        .after(4_000)
        ?.map(({ seq }) => seq)[0],
    ).toBe(4_001)
  })

  it('holds no more than some megabytes, however long the events are', () => {
    const ring = ringOf(3_000, 200_000)
    expect(ring.after(2_990)?.length).toBe(10)
    expect(ring.after(2_900)).toBe(null)
  })
})
