import { z } from 'zod'
import { skillDice } from '../rules/skill-dice.ts'
import { characterOf, defineTool } from './tool.ts'

export const skillTool = defineTool({
  name: 'get_character_skill',
  title: 'Read a skill',
  description:
    'The rating of a skill of a character, or the way of the skill web to one that is missing. A test rolls the ' +
    'skill alone, without an attribute.',
  input: z.strictObject({
    character: z.string().max(80).optional().describe('Name; left out, the acting one'),
    skill: z.string().max(80).describe('Name of the skill'),
  }),
  run({ character, skill }, table) {
    const { name, sheet } = characterOf(table, character, 'character')
    const use = skillDice(sheet, { skill: skill.trim() })
    return { result: { character: name, skill, rating: use.dice, route: use.route, target_parts: use.targetParts } }
  },
})
