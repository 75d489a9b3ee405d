import { z } from 'zod'
import type { Part } from '../rules/breakdown.ts'
import { injuryParts } from '../rules/condition.ts'
import { gameMasterParts } from '../rules/game-master-parts.ts'
import { limits } from '../rules/limits.ts'
import { sustainingParts } from '../rules/sustaining.ts'
import { targetNumberOf } from '../rules/target-number.ts'
import { partsOf } from './hidden-figures.ts'
import { characterOf, defineTool } from './tool.ts'

const MAX_MODIFIERS = 10
const number = z.number().int().min(-limits.rating).max(limits.rating)

export const targetNumberTool = defineTool({
  name: 'calculate_target_number',
  title: 'Find a target number',
  description:
    'The target number of a test from its difficulty (2 simple, 3 routine, 4 average, 5 challenging, 6 difficult, 8 ' +
    'strenuous, 9 extreme) and modifiers; injuries and sustained spells of the character are added. At least 2.',
  input: z.strictObject({
    character: z.string().max(80).optional().describe('Left out: the acting character'),
    difficulty: z.number().int().min(2).max(limits.rating).default(4),
    modifiers: z
      .array(z.strictObject({ name: z.string().min(1).max(80), value: number }))
      .max(MAX_MODIFIERS)
      .default([]),
  }),
  run({ character, difficulty, modifiers }, table) {
    const one = characterOf(table, character, 'character')
    const { name, state } = one
    const base: Part = { name: 'difficulty', value: difficulty, source: 'game master', certainty: 'core' }
    const parts = [base, ...gameMasterParts(modifiers), ...injuryParts(state), ...sustainingParts(state)]
    const { value, sum } = targetNumberOf(parts)
    return { result: { character: name, final_tn: value, sum, ...partsOf(one, { parts }) } }
  },
})
