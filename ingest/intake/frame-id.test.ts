import { describe, expect, it } from 'vitest'
import { frameIds } from './frame-id.ts'

describe('frame ids', () => {
  it('grow, within a millisecond and when the clock is set back', () => {
    let now = Date.UTC(2026, 0)
    const next = frameIds(() => now, 7)
    const ids: bigint[] = []
    for (let n = 0; n < 10_000; n++) {
      if (n === 9_000) now -= 5_000
      ids.push(BigInt(next()))
    }
    expect(ids.every((id, n) => n === 0 || id > ids[n - 1]!)).toBe(true)
    expect(ids.at(-1)! < 2n ** 63n).toBe(true)
  })
})
