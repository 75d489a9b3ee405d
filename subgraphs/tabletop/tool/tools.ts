// Every tool of the rules, in the order in which they are offered.
import { z } from 'zod'
import { advanceTool } from './advance-initiative.ts'
import { dicePoolTool } from './calculate-dice-pool.ts'
import { targetNumberTool } from './calculate-target-number.ts'
import { castTool } from './cast-spell.ts'
import { dropSpellTool } from './drop-spell.ts'
import { characterTool } from './get-character.ts'
import { meleeTool } from './melee-attack.ts'
import { rangedAttackTool } from './ranged-attack.ts'
import { rerollTool } from './reroll-failures.ts'
import { initiativeTool } from './roll-initiative.ts'
import { rollTool } from './roll-dice.ts'
import { skillTool } from './get-character-skill.ts'
import type { Tool } from './tool.ts'

export const tools: readonly Tool[] = [
  characterTool,
  skillTool,
  dicePoolTool,
  targetNumberTool,
  rollTool,
  rerollTool,
  rangedAttackTool,
  meleeTool,
  castTool,
  dropSpellTool,
  initiativeTool,
  advanceTool,
]

/** The tools as they are offered for the narration. */
export const toolDefinitions = tools.map(({ name, title, description, input }) => ({
  name,
  title,
  description,
  inputSchema: z.toJSONSchema(input, { io: 'input' }),
}))
