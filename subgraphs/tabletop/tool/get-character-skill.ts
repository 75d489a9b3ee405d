import { z } from 'zod'
import { skillDice } from '../rules/skill-dice.ts'
import { defineTool, ofSheet, readableCharacter } from './tool.ts'

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
    const one = readableCharacter(table, character, 'character')
    const { dice, route, targetParts } = skillDice(one.sheet, { skill: skill.trim() })
    return ofSheet(one, { character: one.name, skill, rating: dice, route, target_parts: targetParts })
  },
})
