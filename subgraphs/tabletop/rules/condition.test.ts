import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionOf, injuryParts, withDamage } from './condition.ts'
import { readDamage, stageLevel } from './damage.ts'
import { bleed, heal, restFromStun } from './recovery.ts'
import { aCombatant, aSheet } from './testing/characters.ts'
import { aDiceSource, diceThatGive } from './testing/dice.ts'

const sheet = aSheet()
const hurt = (physical: number, stun = 0) => aCombatant(sheet, { physical, stun }).state

describe('damage codes', () => {
  it('[TAB10] are Power, level and kind, with Strength where they say so', () => {
    expect(readDamage('9M')).toEqual({ power: 9, level: 'M', kind: 'physical' })
    expect(readDamage('10S Stun')).toEqual({ power: 10, level: 'S', kind: 'stun' })
    expect(readDamage('(Str+2)M', 5)).toEqual({ power: 7, level: 'M', kind: 'physical' })
    expect(readDamage('(Str)L', 5)).toEqual({ power: 5, level: 'L', kind: 'physical' })
    expect(readDamage('(Str-9)L', 5).power).toBe(1)
    expect(() => readDamage('(Str+2)M')).toThrow('needs the Strength')
    for (const wrong of ['', '9', 'M', '9.5M', '999M', '9M Stunned', '(Int+1)M'])
      expect(() => readDamage(wrong)).toThrow('must be a code')
  })

  it('[TAB10] move one level for every two net successes, from nothing to D', () => {
    const staged = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 9].map((net) => stageLevel('M', net))
    expect(staged).toEqual(['none', 'none', 'none', 'L', 'L', 'M', 'M', 'M', 'S', 'S', 'D', 'D'])
  })
})

describe('a condition monitor', () => {
  it('[TAB10] adds 1, 2, 3 to target numbers for each track from 1, 3, 6 boxes', () => {
    const sum = (physical: number, stun: number) =>
      injuryParts({ physical, stun }).reduce((total, part) => total + part.value, 0)
    expect([0, 1, 2, 3, 5, 6, 9].map((boxes) => sum(boxes, 0))).toEqual([0, 1, 1, 2, 2, 3, 3])
    expect([sum(3, 1), sum(6, 6)]).toEqual([3, 6])
  })

  it('[TAB10] is full at 10; the character is dying above and dead above 10 + Body', () => {
    expect([0, 9, 10, 11, 14, 15].map((boxes) => conditionOf(sheet, hurt(boxes)))).toEqual([
      ...['able', 'able', 'unconscious', 'dying', 'dying', 'dead'],
    ])
    expect(conditionOf(sheet, hurt(0, 10))).toBe('unconscious')
  })

  it('[TAB10] loses no box: stun above 10 is physical', () => {
    const boxes = fc.array(fc.tuple(fc.constantFrom('physical', 'stun'), fc.integer({ min: 0, max: 12 })), {
      maxLength: 9,
    })
    fc.assert(
      fc.property(boxes, (hits) => {
        let state = hurt(0)
        for (const [kind, count] of hits) {
          const before = state
          state = withDamage(state, kind, count)
          expect(state.stun).toBeLessThanOrEqual(10)
          expect(state.stun).toBeGreaterThanOrEqual(before.stun)
        }
        expect(state.physical + state.stun).toBe(hits.reduce((total, [, count]) => total + count, 0))
      }),
    )
  })

  it('[TAB10] of a dying character fills by a box every ten minutes until death, and of nobody else', () => {
    expect([9, 10, 25, 40, 9_999].map((minutes) => bleed(sheet, hurt(11), minutes).physical)).toEqual([
      11, 12, 13, 15, 15,
    ])
    expect([bleed(sheet, hurt(10), 600), bleed(sheet, hurt(15), 600)]).toEqual([hurt(10), hurt(15)])
  })
})

describe('recovery', () => {
  it('[TAB11] from physical damage is Body against 2, 4 or 6 by its level, to the level below', () => {
    const two = diceThatGive({ dice: 4, targetNumber: 4, successes: 2 })
    expect(heal(two, sheet, hurt(4))).toMatchObject({ time: 120, unit: 'hours', state: { physical: 2 } })
    const light = diceThatGive({ dice: 4, targetNumber: 2, successes: 3 })
    expect(heal(light, sheet, hurt(2))).toMatchObject({ time: 8, state: { physical: 0 } })
    const serious = diceThatGive({ dice: 4, targetNumber: 6, successes: 1 })
    expect(heal(serious, sheet, hurt(8))).toMatchObject({ time: 480, state: { physical: 5 } })
    const none = diceThatGive({ dice: 4, targetNumber: 6, successes: 0 })
    expect(heal(none, sheet, hurt(6))).toMatchObject({ time: null, state: { physical: 6 } })
  })

  it('[TAB11] from stun is a box an hour, divided by successes of Body or Willpower', () => {
    const willful = aSheet({ attributes: { willpower: 6 } })
    const dice = diceThatGive({ dice: 6, targetNumber: 4, successes: 4 })
    expect(restFromStun(dice, willful, hurt(2, 5))).toMatchObject({ time: 15, unit: 'minutes', state: { stun: 4 } })
  })

  it('[TAB11] needs an injury and a living character', () => {
    expect(() => heal(aDiceSource(), sheet, hurt(0))).toThrow('there is nothing to heal')
    expect(() => heal(aDiceSource(), sheet, hurt(15))).toThrow('Ada is dead')
    expect(() => restFromStun(aDiceSource(), sheet, hurt(3))).toThrow('there is nothing to heal')
  })
})
