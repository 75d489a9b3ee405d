import { z } from 'zod'
import { initiativeRolls } from '../initiative/rolls.ts'
import { advance, rerollTurn } from '../rules/initiative-order.ts'
import { nextPhase } from '../rules/initiative.ts'
import { refreshPools } from '../rules/pools.ts'
import { RuleError } from '../rules/rule-error.ts'
import { defineTool } from './tool.ts'

export const advanceTool = defineTool({
  name: 'advance_initiative',
  title: 'Next in the fight',
  description:
    'Ends the action of who acts now and begins that of who is next, and refreshes their dice pools. When nobody has ' +
    'an action left, a new turn of the fight begins and all roll initiative again.',
  input: z.strictObject({}),
  run(_, { characters, dice, initiative, onlooker }) {
    if (!initiative) throw new RuleError('initiative', 'there is no fight: call roll_initiative first')
    const isOwn = characters.some((one) => initiative.acting.includes(one.name) && one.playerId === onlooker.userId)
    if (onlooker.role !== 'GM' && !isOwn && initiative.acting.length)
      throw new RuleError('initiative', 'only the game master, or who acts now, ends an action')
    const { tracker, isNewTurn } = advance(initiative, () => rerollTurn(dice, initiative, characters))
    const acting = characters.filter(({ name }) => tracker.acting.includes(name))
    return {
      result: {
        turn: tracker.turn,
        new_turn: isNewTurn,
        phase: tracker.phase,
        acting: tracker.acting,
        next: nextPhase(tracker)?.resolve[0] ?? [],
      },
      rolls: isNewTurn ? initiativeRolls(tracker) : [],
      changed: acting.map((one) => ({ ...one, state: refreshPools(one.state) })),
      initiative: tracker,
    }
  },
})
