import { z } from 'zod'
import { beginTurn, initiativeOf, nextPhase } from '../rules/initiative.ts'
import { initiativeRolls } from '../initiative/rolls.ts'
import { defineTool } from './tool.ts'

export const initiativeTool = defineTool({
  name: 'roll_initiative',
  title: 'Roll initiative',
  description: 'Everybody who can act rolls initiative: begins a new turn of the fight and stores its order.',
  input: z.strictObject({}),
  run(_, { characters, dice, initiative }) {
    const tracker = beginTurn(
      dice,
      characters.map(({ sheet, state }) => ({ sheet, state })),
      (initiative?.turn ?? 0) + 1,
    )
    const order = tracker.combatants
      .filter(({ isAble }) => isAble)
      .map((one) => ({ name: one.name, total: initiativeOf(one), reaction: one.adjustedReaction }))
      .sort((a, b) => b.total - a.total || b.reaction - a.reaction)
    return {
      result: { turn: tracker.turn, order, next: nextPhase(tracker) },
      rolls: initiativeRolls(tracker),
      initiative: tracker,
    }
  },
})
