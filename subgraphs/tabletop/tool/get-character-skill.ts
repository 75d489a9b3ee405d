import { z } from 'zod'
import { characterOf, defineTool } from './tool.ts'

export const skillTool = defineTool({
  name: 'get_character_skill',
  title: 'Read a skill',
  description: 'The rating of a skill of a character. A test rolls the skill alone, without an attribute.',
  input: z.strictObject({
    character: z.string().max(80).optional().describe('Name; left out, the acting one'),
    skill: z.string().max(80).describe('Name of the skill'),
  }),
  run({ character, skill }, table) {
    const { name, sheet } = characterOf(table, character, 'character')
    const found = sheet.skills.find((one) => one.name.toLowerCase() === skill.trim().toLowerCase())
    const known = sheet.skills.map((one) => one.name)
    return { result: { character: name, skill, rating: found?.rating ?? null, known: found ? undefined : known } }
  },
})
