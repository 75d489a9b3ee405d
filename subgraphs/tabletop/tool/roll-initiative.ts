import { z } from 'zod'
import type { CharacterRow } from '../character/store.ts'
import { initiativeRolls } from '../initiative/rolls.ts'
import { beginTurn, initiativeOf, nextPhase, type InitiativeTracker } from '../rules/initiative.ts'
import { conditionOf } from '../rules/condition.ts'
import { beginEncounter } from '../rules/pools.ts'
import { RuleError } from '../rules/rule-error.ts'
import { defineTool } from './tool.ts'

export const initiativeTool = defineTool({
  name: 'roll_initiative',
  title: 'Roll initiative',
  description:
    'Everybody who can act rolls initiative: begins a fight and stores its order. In a fight that is under way, only ' +
    'when the game master asks for it: call advance_initiative there.',
  input: z.strictObject({}),
  run(_, { characters, dice, initiative, onlooker }) {
    // Otherwise who waits for a better place rolls until they have it.
    if (initiative && onlooker.role !== 'GM')
      throw new RuleError('initiative', 'a fight is under way: only the game master lets all roll again')
    // The dead roll nothing. Who lost consciousness in this fight may yet come round in it.
    const isIn = (name: string) => initiative?.combatants.some((one) => one.name === name) ?? false
    const fighters = characters.filter(({ name, sheet, state }) => {
      const condition = conditionOf(sheet, state)
      return condition === 'able' || (condition !== 'dead' && isIn(name))
    })
    if (!fighters.length) throw new RuleError('initiative', 'nobody in this session can act')
    const tracker = beginTurn(dice, fighters, (initiative?.turn ?? 0) + 1)
    const order = tracker.combatants
      .filter(({ isAble }) => isAble)
      .map((one) => ({ name: one.name, total: initiativeOf(one), reaction: one.adjustedReaction }))
      .sort((a, b) => b.total - a.total || b.reaction - a.reaction)
    return {
      result: { turn: tracker.turn, order, next: nextPhase(tracker) },
      rolls: initiativeRolls(tracker),
      initiative: tracker,
      changed: initiative ? [] : fighting(tracker, characters),
    }
  },
})

/** Who can act as a fight begins: with all pools full. */
const fighting = ({ combatants }: InitiativeTracker, characters: readonly CharacterRow[]): CharacterRow[] =>
  characters
    .filter((one) => combatants.some(({ name, isAble }) => isAble && name === one.name))
    .map((one) => ({ ...one, state: beginEncounter(one.state) }))
