import { z } from 'zod'
import { RuleError } from '../rules/rule-error.ts'
import { dropSpell } from '../rules/spell-cast.ts'
import { listOf } from './hidden-figures.ts'
import { actingCharacter, defineTool } from './tool.ts'

const name = z.string().max(80)

export const dropSpellTool = defineTool({
  name: 'drop_spell',
  title: 'End a spell',
  description: 'Ends a spell that a character sustains: it stops working, and no longer raises target numbers.',
  input: z.strictObject({ caster: name.optional().describe('Left out: the acting character'), spell: name }),
  run({ caster, spell }, table) {
    const one = actingCharacter(table, caster, 'caster')
    const known = one.state.sustained.map((sustained) => sustained.name)
    if (!known.some((sustained) => sustained.toLowerCase() === spell.trim().toLowerCase()))
      throw new RuleError('spell', `${one.name} does not sustain it${listOf(one, 'sustained', known)}`)
    const state = dropSpell(one.state, spell.trim())
    return {
      result: { caster: one.name, spell: spell.trim(), still_sustained: state.sustained.map(({ name }) => name) },
      changed: [{ ...one, state }],
    }
  },
})
