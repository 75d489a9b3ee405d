import { z } from 'zod'
import { poolSizes } from '../rules/pools.ts'
import { reactionOf } from '../rules/derived.ts'
import { characterState } from '../turn/table-state.ts'
import { characterOf, defineTool, isHidden } from './tool.ts'

export const characterTool = defineTool({
  name: 'get_character',
  title: 'Read a character',
  description: 'The sheet of a character and its state now: wounds, ammunition, pools.',
  input: z.strictObject({ character: z.string().max(80).optional().describe('Name; left out, the acting one') }),
  run({ character }, table) {
    const found = characterOf(table, character, 'character')
    const state = characterState(found)
    const { name, archetype, condition, physical, stun } = state
    const shown = { name, archetype, condition, physical, stun }
    if (isHidden(found) && table.onlooker.role !== 'GM') return { result: shown }
    const derived = { reaction: reactionOf(found.sheet).adjusted, pools: poolSizes(found.sheet) }
    return { result: { ...state, sheet: found.sheet, derived }, ...(isHidden(found) && { shown }) }
  },
})
