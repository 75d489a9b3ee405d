import { describe, expect, it } from 'vitest'
import { GLOW_MS, glowStrength } from './glow.ts'

const moments = Array.from({ length: GLOW_MS / 100 }, (_, nth) => nth * 100)

describe('the glow around a character', () => {
  it('begins at once, pulses, and is over after its time', () => {
    const strengths = moments.map((age) => glowStrength(age, false))
    expect(strengths[0]).toBe(1)
    expect(strengths.some((strength, nth) => nth > 0 && strength > strengths[nth - 1]!)).toBe(true)
    expect(strengths.every((strength) => strength > 0 && strength <= 1)).toBe(true)
    expect([glowStrength(-1, false), glowStrength(GLOW_MS, false), glowStrength(GLOW_MS, true)]).toEqual([0, 0, 0])
  })
  it('is the same at each moment where less motion is asked for', () => {
    expect(new Set(moments.map((age) => glowStrength(age, true))).size).toBe(1)
  })
})
