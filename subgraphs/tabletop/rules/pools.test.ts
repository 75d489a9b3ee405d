import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reactionOf } from './derived.ts'
import { rerollFailures } from './karma.ts'
import { beginEncounter, poolsLeft, poolSizes, refreshPools, takeFromPool } from './pools.ts'
import { rollTest } from './roll.ts'
import { freshState } from './state.ts'
import { aSheet, aSkill } from './testing/characters.ts'
import { aDiceSource, diceThatGive } from './testing/dice.ts'

const jacket = (ballistic: number) => ({ name: `Armour ${ballistic}`, ballistic, impact: 0, isWorn: true })

describe('derived attributes', () => {
  it('[TAB6] are rounded down: Reaction, Combat Pool, Karma Pool', () => {
    const sheet = aSheet({ attributes: { quickness: 6, intelligence: 5, willpower: 4 }, karmaEarned: 29 })
    expect(reactionOf(sheet)).toEqual({ natural: 5, adjusted: 5 })
    expect(poolSizes(sheet)).toMatchObject({ combat: 7, karma: 2 })
  })

  it('[TAB6] count augmentations in the adjusted Reaction alone', () => {
    const sheet = aSheet({ attributes: { quickness: 5 }, augmentations: { quickness: 2 }, reactionBonus: 4 })
    expect(reactionOf(sheet)).toEqual({ natural: 4, adjusted: 9 })
  })

  it('[TAB6] of a magician include a Magic Pool of Sorcery and power foci; of others none', () => {
    const skills = [aSkill('Sorcery', 6)]
    expect(poolSizes(aSheet({ magic: 6, skills, powerFoci: 2 })).magic).toBe(8)
    expect(poolSizes(aSheet({ magic: 0, skills, powerFoci: 2 })).magic).toBe(0)
    expect(poolSizes(aSheet({ magic: 6, skills: [], powerFoci: 2 })).magic).toBe(0)
  })

  it('[TAB6] lose a die of the Combat Pool for each point of ballistic armour above Quickness, of the best worn', () => {
    const sizes = [4, 5, 8, 40].map((ballistic) => poolSizes(aSheet({ armour: [jacket(3), jacket(ballistic)] })).combat)
    expect(sizes).toEqual([6, 5, 2, 0])
    expect(poolSizes(aSheet({ armour: [{ ...jacket(8), isWorn: false }] })).combat).toBe(6)
  })
})

describe('a dice pool', () => {
  const sheet = aSheet({ karmaEarned: 40 })

  it('[TAB6] never gives more dice than it has, whatever is asked and in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 8 }),
        fc.integer({ min: 0, max: 8 }),
        (asked, limit) => {
          let state = freshState(sheet)
          let given = 0
          for (const dice of asked) {
            const use = takeFromPool(sheet, state, 'combat', dice, { dice: limit, reason: 'skill rating' })
            expect(use.used).toBeLessThanOrEqual(Math.min(dice, limit))
            expect(use.reason === null).toBe(use.used === dice)
            given += use.used
            state = use.state
          }
          expect(given).toBeLessThanOrEqual(6)
          expect(poolsLeft(sheet, state).combat).toBe(6 - given)
        },
      ),
    )
  })

  it('[TAB6] refreshes at the action of its character, the Karma Pool at the encounter', () => {
    const spent = { ...freshState(sheet), poolsSpent: { combat: 6, magic: 1, hacking: 1, control: 1, karma: 3 } }
    expect(refreshPools(spent).poolsSpent).toEqual({ combat: 0, magic: 0, hacking: 0, control: 0, karma: 3 })
    expect(beginEncounter(spent).poolsSpent.karma).toBe(0)
  })

  it('[TAB6] of Karma rolls failed dice again, for one more each time, but not a disaster', () => {
    const first = rollTest(diceThatGive({ dice: 5, targetNumber: 5, successes: 2 }).next(), 5, 5)
    const again = diceThatGive({ dice: 3, targetNumber: 5, successes: 1 })
    const fresh = { sheet, state: freshState(sheet) }
    const reroll = rerollFailures(again, fresh, { roll: first, successes: 2, rerolls: 0 })
    expect(reroll).toMatchObject({ successes: 3, pool: { used: 1 }, roll: { dice: 3 } })
    const poor = { sheet, state: { ...reroll.pool.state, poolsSpent: { ...fresh.state.poolsSpent, karma: 3 } } }
    expect(() => rerollFailures(aDiceSource(), poor, { roll: reroll.roll, successes: 3, rerolls: 1 })).toThrow(
      '2 needed',
    )
    const ones = rollTest(diceThatGive({ dice: 2, targetNumber: 5, successes: 0, isDisaster: true }).next(), 2, 5)
    expect(() => rerollFailures(aDiceSource(), fresh, { roll: ones, successes: 0, rerolls: 0 })).toThrow('a disaster')
  })
})
