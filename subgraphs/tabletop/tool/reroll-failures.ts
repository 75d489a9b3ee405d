import { z } from 'zod'
import { rerollFailures } from '../rules/karma.ts'
import { poolsLeft } from '../rules/pools.ts'
import type { Roll } from '../rules/roll.ts'
import { RuleError } from '../rules/rule-error.ts'
import { computeFor } from './hidden-figures.ts'
import { actingCharacter, defineTool, isHidden, type Table } from './tool.ts'

const LONGEST_ID = 100

export const rerollTool = defineTool({
  name: 'reroll_failures',
  title: 'Roll failures again',
  description:
    'Rolls the failed dice of the newest test of a character again, which its player asks for: one die of the Karma ' +
    'Pool for the first time, and one more each further time. Only for tests by roll_dice.',
  input: z.strictObject({
    character: z.string().max(80).optional().describe('Left out: the acting character'),
    roll_id: z.string().max(LONGEST_ID).optional().describe('The test, or its newest repetition. Left out: that one'),
  }),
  run({ character, roll_id: id }, table) {
    const one = actingCharacter(table, character, 'character')
    const { rolls, purpose, parts } = testOf(table, one, id)
    const before = {
      roll: rolls.at(-1)!,
      successes: rolls.reduce((sum, roll) => sum + roll.successes, 0),
      rerolls: rolls.length - 1,
    }
    const { pool, roll, successes } = computeFor(one, () => rerollFailures(table.dice, one, before))
    return {
      result: {
        character: one.name,
        karma: pool.used,
        ...(!isHidden(one) && { karma_left: poolsLeft(one.sheet, pool.state).karma }),
        target_number: roll.targetNumber,
        dice: roll.dice,
        dice_parts: [{ name: 'failed dice', value: roll.dice, source: before.roll.rollId, certainty: 'unconfirmed' }],
        successes,
        again_successes: roll.successes,
        disaster: roll.isDisaster,
        rolls: [...rolls, roll].map(shownRoll),
      },
      rolls: [
        {
          ...{ purpose: `Again for ${pool.used} Karma: ${purpose}`, roll, parts },
          ...{ characterId: one.id, isHidden: isHidden(one), rerollOf: rolls[0]!.rollId },
        },
      ],
      changed: [{ ...one, state: pool.state }],
    }
  },
})

/** The newest test of a character. @throws RuleError without one, or if another was named */
function testOf({ tests }: Table, { id: characterId, name }: { id: string; name: string }, id: string | undefined) {
  const test = tests.find((one) => one.characterId === characterId)
  if (!test) throw new RuleError('roll_id', `${name} made no test that could be rolled again`)
  if (id !== undefined && !test.rolls.some(({ rollId }) => rollId === id))
    throw new RuleError('roll_id', `only the newest test of ${name} may be rolled again, which is ${test.purpose}`)
  return test
}

const shownRoll = ({ rollId, commitment, faces, successes }: Roll) => ({
  ...{ roll_id: rollId, commitment, faces, successes },
})
