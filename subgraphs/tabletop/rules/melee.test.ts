import { describe, expect, it } from 'vitest'
import { resolveMelee, type MeleeFighter } from './melee.ts'
import { aCombatant, aSheet, aSword } from './testing/characters.ts'
import { aDiceSource, diceThatGive } from './testing/dice.ts'

type Three = readonly [dice: number, targetNumber: number, successes: number]

const ada: MeleeFighter = { ...aCombatant(), weapon: aSword() }
const bo: MeleeFighter = { ...aCombatant(aSheet({ name: 'Bo' })), weapon: null }

function resolved(fight: { attacker: MeleeFighter; defender: MeleeFighter }, ...rolls: Three[]) {
  const dice = diceThatGive(
    ...rolls.map(([count, targetNumber, successes]) => ({ dice: count, targetNumber, successes })),
  )
  const result = resolveMelee(dice, fight)
  const { attacker, defender, resistance } = result
  const made = [attacker.roll, defender.roll, resistance?.bodyRoll, resistance?.poolRoll].filter((roll) => !!roll)
  expect(made.map((roll) => [roll.dice, roll.targetNumber, roll.successes])).toEqual(rolls)
  return result
}

describe('melee, worked by hand', () => {
  it('[TAB9] is won by more successes, which stage the damage up before the loser stages it down', () => {
    // Sword (4 + 2)M, net 2: S. Body against Power 6, two successes: M.
    const result = resolved({ attacker: ada, defender: bo }, [5, 3, 3], [4, 4, 1], [4, 6, 2], [0, 6, 0])
    expect(result).toMatchObject({ winner: 'attacker', netSuccesses: 2, stagedLevel: 'S', level: 'M', boxes: 3 })
    expect(result.states).toMatchObject({ attacker: { physical: 0 }, defender: { physical: 3, stun: 0 } })
  })

  it('[TAB9] hurts the attacker if the defender wins, by bare hands with stun', () => {
    const result = resolved({ attacker: ada, defender: bo }, [5, 3, 1], [4, 4, 3], [4, 4, 0], [0, 4, 0])
    expect(result).toMatchObject({ winner: 'defender', stagedLevel: 'S', boxes: 6 })
    expect(result.states).toMatchObject({ attacker: { physical: 0, stun: 6 }, defender: { physical: 0 } })
  })

  it('[TAB9] is won by the attacker in a tie', () => {
    const result = resolved({ attacker: ada, defender: bo }, [5, 3, 2], [4, 4, 2], [4, 6, 0], [0, 6, 0])
    expect(result).toMatchObject({ winner: 'attacker', netSuccesses: 0, level: 'M', boxes: 3 })
  })

  it('[TAB9] hurts nobody without a success', () => {
    const result = resolved({ attacker: ada, defender: bo }, [5, 3, 0], [4, 4, 0])
    expect(result).toMatchObject({ level: 'none', boxes: 0, resistance: null })
  })

  it('[TAB9] is resisted with impact armour and pool dice', () => {
    const armour = [{ name: 'Jacket', ballistic: 5, impact: 3, isWorn: true }]
    // Ballistic 5 above Quickness 4 takes one of six pool dice; 4 resist.
    const defender = { ...bo, sheet: aSheet({ name: 'Bo', armour }), resistancePoolDice: 4 }
    const result = resolved({ attacker: ada, defender }, [5, 3, 3], [4, 4, 1], [4, 3, 2], [4, 3, 4])
    expect(result).toMatchObject({ boxes: 0, level: 'none', resistancePool: { used: 4 } })
    expect(result.states.defender.poolsSpent.combat).toBe(4)
  })

  it('[TAB9] counts Karma dice of either side, at most as many as the skill has', () => {
    const sheet = aSheet({ name: 'Bo', karmaEarned: 90 })
    const attacker = { ...ada, sheet: aSheet({ karmaEarned: 30 }), karmaDice: 2, poolDice: 3 }
    const defender = { ...bo, sheet, karmaDice: 9 }
    const result = resolved({ attacker, defender }, [10, 3, 4], [8, 4, 4], [4, 6, 0], [0, 6, 0])
    expect(result.attacker.diceParts.map(({ name, value }) => [name, value])).toEqual([
      ['Armed Combat', 5],
      ['Combat Pool', 3],
      ['Karma Pool', 2],
    ])
    expect(result.states).toMatchObject({
      attacker: { poolsSpent: { combat: 3, karma: 2 } },
      defender: { poolsSpent: { combat: 0, karma: 4 } },
    })
  })

  it('[TAB9] lowers the target number of the longer reach by the difference, and rises with injuries', () => {
    const attacker = { ...ada, weapon: aSword({ reach: 2 }) }
    const defender = { ...bo, weapon: aSword({ reach: 1 }), state: { ...bo.state, physical: 6 } }
    const result = resolveMelee(aDiceSource(), { attacker, defender })
    expect([result.attacker.targetNumber.value, result.defender.targetNumber.value]).toEqual([3, 7])
  })

  it('[TAB9] needs both to be able', () => {
    const defender = { ...bo, state: { ...bo.state, stun: 10 } }
    expect(() => resolveMelee(aDiceSource(), { attacker: ada, defender })).toThrow('defender: Bo is unconscious')
  })
})
