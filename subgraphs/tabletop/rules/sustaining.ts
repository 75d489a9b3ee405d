import { spellRules } from '../../../shared/world/tabletop/spell-rules.ts'
import { rulePart, type Part } from './breakdown.ts'
import type { CharacterState } from './state.ts'

/** What the spells that a character sustains add to its target numbers; no part without spells. */
export function sustainingParts(state: Pick<CharacterState, 'sustained'>): Part[] {
  const spells = state.sustained.length
  return spells === 0 ? [] : [rulePart(`sustained spells: ${spells}`, spellRules.perSustainedSpell, spells)]
}
