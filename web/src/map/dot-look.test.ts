import { describe, expect, it } from 'vitest'
import { activities } from '../world/activity.ts'
import { dotAlpha, dotColour, healthColour, killsColour, shapeOf } from './dot-look.ts'
import { mapInks } from './map-inks.ts'

const facts = { activity: 'hunting', health: 50, killsPerHour: 400 } as const

describe('the look of a dot', () => {
  it('has a shape of its own for each activity', () => {
    expect(new Set(activities.map((activity) => shapeOf[activity])).size).toBe(activities.length)
  })
  it('shows the dead in their colour, whatever is coloured by', () => {
    for (const by of ['state', 'health', 'kills'] as const) {
      expect(dotColour(by, { ...facts, activity: 'dead' }, mapInks.dark)).toBe(mapInks.dark.activity.dead)
    }
  })
  it('runs from red to green with health, and is grey where unknown', () => {
    expect(healthColour(0, 60)).toBe('hsl(0 78% 60%)')
    expect(healthColour(100, 60)).toBe('hsl(135 78% 60%)')
    expect(healthColour(-1, 60)).toBe('hsl(210 12% 60%)')
  })
  it('ends the scale of kills at its top', () => {
    expect(killsColour(99_999, 60)).toBe(killsColour(1200, 60))
    expect(killsColour(-5, 60)).toBe(killsColour(0, 60))
  })
  it('fades with age, never brightens, never vanishes', () => {
    const ages = Array.from({ length: 60 }, (_, i) => dotAlpha(i * 5000, 30_000, 300_000))
    ages.forEach((alpha, i) => {
      expect(alpha).toBeLessThanOrEqual(ages[i - 1] ?? 1)
      expect(alpha).toBeGreaterThanOrEqual(0.45)
    })
    expect(ages[0]).toBe(1)
  })
})
