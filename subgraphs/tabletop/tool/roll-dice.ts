import { z } from 'zod'
import { limits } from '../rules/limits.ts'
import { rollOpen, rollTest } from '../rules/roll.ts'
import { defineTool } from './tool.ts'

export const rollTool = defineTool({
  name: 'roll_dice',
  title: 'Roll dice',
  description:
    'Rolls six-sided dice against a target number, or without one for an open test. The only way to roll dice: never ' +
    'state a roll that no tool gave.',
  input: z.strictObject({
    dice: z.number().int().min(0).max(limits.dice).describe('Number of dice'),
    target_number: z.number().int().min(-limits.targetNumber).max(limits.targetNumber).optional(),
    purpose: z.string().max(120).optional().describe('What the roll is for, in a few words'),
  }),
  run({ dice, target_number: target, purpose }, table) {
    const seed = table.dice.next()
    const roll = target === undefined ? rollOpen(seed, dice) : rollTest(seed, dice, target)
    const what = purpose ?? (target === undefined ? 'open test' : 'test')
    return {
      result: {
        roll_id: roll.rollId,
        dice: roll.dice,
        target_number: roll.targetNumber,
        faces: roll.faces,
        totals: roll.totals,
        successes: roll.targetNumber === null ? null : roll.successes,
        best: roll.result,
        disaster: roll.isDisaster,
        commitment: roll.commitment,
      },
      rolls: [{ purpose: what, roll, parts: [] }],
    }
  },
})
