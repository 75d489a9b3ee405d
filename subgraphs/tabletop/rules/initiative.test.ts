import { describe, expect, it } from 'vitest'
import {
  addCombatant,
  beginTurn,
  delayAction,
  endDelay,
  initiativeOf,
  nextPhase,
  removeCombatant,
  takeAction,
  updateInjury,
  type InitiativeTracker,
} from './initiative.ts'
import { orderAfter } from './initiative-order.ts'
import type { Sheet } from './sheet.ts'
import { aCombatant, aSheet } from './testing/characters.ts'
import { aDiceSource, diceThatGive } from './testing/dice.ts'

/** A fighter with the given natural Reaction and bonus. */
const fighter = (name: string, reaction: number, changes: Partial<Sheet> = {}, state = {}) =>
  aCombatant(aSheet({ name, attributes: { quickness: reaction, intelligence: reaction }, ...changes }), state)

/** Ada 9 + 18 = 27, Bo 5 + 7 = 12, Cy 7 + 10 = 17. */
const three = () =>
  beginTurn(diceThatGive({ dice: 3, sum: 18 }, { dice: 2, sum: 7 }, { dice: 2, sum: 10 }), [
    fighter('Ada', 9, { initiativeDice: 3 }),
    fighter('Bo', 5, { initiativeDice: 2 }),
    fighter('Cy', 7, { initiativeDice: 2 }),
  ])

/** Plays a turn to its end: every action as name and phase. */
function played(tracker: InitiativeTracker): string[] {
  const actions: string[] = []
  for (let phase = nextPhase(tracker); phase; phase = nextPhase(tracker)) {
    const name = phase.resolve[0]![0]!
    actions.push(`${name} ${phase.phase}`)
    tracker = takeAction(tracker, name)
  }
  return actions
}

describe('initiative', () => {
  it('[TAB7] is Reaction and dice; combatants act at it and every ten phases below, while above 0', () => {
    const tracker = three()
    expect(tracker.combatants.map(initiativeOf)).toEqual([27, 12, 17])
    expect(played(tracker)).toEqual(['Ada 27', 'Ada 17', 'Cy 17', 'Bo 12', 'Ada 7', 'Cy 7', 'Bo 2'])
  })

  it('[TAB7] breaks ties by adjusted, then natural Reaction; else both act at once; the slowest declares first', () => {
    const dice = diceThatGive({ dice: 1, sum: 4 }, { dice: 1, sum: 2 }, { dice: 1, sum: 2 }, { dice: 1, sum: 2 })
    const tracker = beginTurn(dice, [
      fighter('Slow', 4),
      fighter('Wired', 4, { reactionBonus: 2 }),
      fighter('Quick', 6),
      fighter('Swift', 6),
    ])
    expect(nextPhase(tracker)).toEqual({
      phase: 8,
      declare: ['Slow', 'Wired', 'Swift', 'Quick'],
      resolve: [['Quick', 'Swift'], ['Wired'], ['Slow']],
    })
  })

  it('[TAB7] falls by injuries of both tracks at once and is not rolled again', () => {
    let tracker = takeAction(three(), 'Ada')
    tracker = updateInjury(tracker, fighter('Cy', 7, {}, { physical: 6, stun: 3 }))
    expect(played(tracker)).toEqual(['Ada 17', 'Cy 12', 'Bo 12', 'Ada 7', 'Cy 2', 'Bo 2'])
    tracker = updateInjury(tracker, fighter('Ada', 9, {}, { stun: 10 }))
    expect(played(tracker)[0]).toBe('Cy 12')
  })

  it('[TAB7] of a newcomer is the only roll, and passes above the current phase are lost', () => {
    const before = takeAction(takeAction(three(), 'Ada'), 'Ada')
    expect(before.phase).toBe(17)
    const after = addCombatant(diceThatGive({ dice: 3, sum: 15 }), before, fighter('Di', 10, { initiativeDice: 3 }))
    expect(after.combatants.slice(0, 3)).toEqual(before.combatants)
    expect(played(after)).toEqual(['Cy 17', 'Di 15', 'Bo 12', 'Ada 7', 'Cy 7', 'Di 5', 'Bo 2'])
    expect(() => addCombatant(aDiceSource(), after, fighter('Di', 4))).toThrow('Di is already in this fight')
    expect(played(removeCombatant(after, 'Di'))).toEqual(played(before))
  })

  it('[TAB7] allows to wait and act later, or to lose the action by spending pool dice', () => {
    const waiting = delayAction(three(), 'Ada')
    expect(nextPhase(waiting)).toMatchObject({ phase: 17, resolve: [['Cy']] })
    expect(played(endDelay(waiting, 'Ada'))).toEqual(['Ada 17', 'Cy 17', 'Bo 12', 'Ada 7', 'Cy 7', 'Bo 2'])
    expect(() => endDelay(waiting, 'Bo')).toThrow('Bo does not wait')
    expect(() => takeAction(three(), 'Bo')).toThrow('Bo does not act in this phase')
  })

  it('[TAB7] keeps the action of who waits and spends Karma, which no action refreshes', () => {
    const waiting = delayAction(three(), 'Ada')
    const before = fighter('Ada', 9).state
    const spending = (pool: 'karma' | 'combat') => {
      const state = { poolsSpent: { ...before.poolsSpent, [pool]: 1 } }
      return orderAfter(waiting, [{ before, after: fighter('Ada', 9, {}, state) }]).combatants[0]!.isDelayed
    }
    expect([spending('karma'), spending('combat')]).toEqual([true, false])
  })

  it('[TAB7] is plain data: a tracker that was stored and read again plays the same', () => {
    const tracker = takeAction(three(), 'Ada')
    expect(played(JSON.parse(JSON.stringify(tracker)) as InitiativeTracker)).toEqual(played(tracker))
  })
})
