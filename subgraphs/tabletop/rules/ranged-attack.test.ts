import { describe, expect, it } from 'vitest'
import { resolveRangedAttack, type RangedAttack } from './ranged-attack.ts'
import { aCombatant, aPistol, aSheet } from './testing/characters.ts'
import { aDiceSource, diceThatGive } from './testing/dice.ts'

const anAttack = (changes: Partial<RangedAttack> = {}): RangedAttack => ({
  attacker: aCombatant(),
  defender: aCombatant(),
  weapon: aPistol(),
  situation: { metres: 5, mode: 'SA' },
  ...changes,
})

describe('a ranged attack', () => {
  it('[TAB8] rolls the skill alone against the range, stages by net successes and marks boxes', () => {
    const dice = diceThatGive(
      { dice: 6, targetNumber: 4, successes: 3 },
      { dice: 4, targetNumber: 9, successes: 1 },
      { dice: 0, targetNumber: 9, successes: 0 },
    )
    const result = resolveRangedAttack(dice, anAttack())
    expect(result).toMatchObject({
      outcome: 'hit',
      band: 'short',
      targetNumber: { value: 4, parts: [{ name: 'range: short', value: 4, source: 'core p. 88' }] },
      diceParts: [{ name: 'Firearms', value: 6 }],
      attackRoll: { dice: 6, successes: 3 },
      resistance: { netSuccesses: 2, level: 'S' },
      boxes: 6,
      attacker: { ammo: { Pistol: 14 } },
      defender: { physical: 6 },
    })
  })

  it('[TAB8] out of range rolls and spends nothing', () => {
    const dice = aDiceSource()
    const result = resolveRangedAttack(dice, anAttack({ situation: { metres: 61, mode: 'SA' } }))
    expect(result).toEqual({ outcome: 'out of range' })
    expect(dice.epoch().nextRoll).toBe(1)
  })

  it('[TAB8] needs ammunition, a mode that the weapon has and an attacker who is able', () => {
    const shoot = (changes: Partial<RangedAttack>) => () => resolveRangedAttack(aDiceSource(), anAttack(changes))
    expect(shoot({ attacker: aCombatant(aSheet(), { ammo: { Pistol: 0 } }) })).toThrow('reload')
    expect(shoot({ situation: { metres: 5, mode: 'BF' } })).toThrow('Pistol has SA, not BF')
    expect(shoot({ attacker: aCombatant(aSheet(), { stun: 10 }) })).toThrow('Ada is unconscious')
  })
})
