import { describe, expect, it } from 'vitest'
import { simpleActionsLeft, useAction } from './actions.ts'
import { repeatTurn } from './initiative-order.ts'
import { beginTurn, takeAction, type InitiativeTracker } from './initiative.ts'
import { aCombatant, aSheet } from './testing/characters.ts'
import { diceThatGive } from './testing/dice.ts'

/** Ada 27, in her first action. */
const ada = () => {
  const quick = { quickness: 9, intelligence: 9 }
  const fighter = aCombatant(aSheet({ name: 'Ada', attributes: quick, initiativeDice: 3 }))
  return takeAction(beginTurn(diceThatGive({ dice: 3, sum: 18 }), [fighter]), 'Ada')
}
const left = (tracker: InitiativeTracker) => simpleActionsLeft(tracker.combatants[0]!)

describe('actions of a phase', () => {
  it('[TAB87] are two simple ones, or a complex one', () => {
    const shot = useAction(ada(), 'Ada', 'SA')
    expect(left(shot)).toBe(1)
    expect(left(useAction(shot, 'Ada', 'BF'))).toBe(0)
    for (const kind of ['FA', 'melee', 'spell'] as const) {
      expect(left(useAction(ada(), 'Ada', kind))).toBe(0)
      expect(() => useAction(shot, 'Ada', kind)).toThrow('1 Simple Action is left')
    }
  })

  it('[TAB87] are whole again in the next action, and in a turn with the same order', () => {
    const used = useAction(ada(), 'Ada', 'spell')
    expect(() => useAction(used, 'Ada', 'SS')).toThrow('nothing of its action is left')
    expect(left(takeAction(used, 'Ada'))).toBe(2)
    expect(left(repeatTurn(used))).toBe(2)
  })
})
