// Numbers of sorcery (core p. 127-132).
import { core, type Fact } from './certainty.ts'

export const spellRules = {
  /** Added to all target numbers of the caster, for each spell that is kept in effect. */
  perSustainedSpell: core(2, '129'),
  /** Added to the drain's target number when all dice of the spell test showed 1. */
  disasterDrain: core(2, '131'),
  /** The target number of manipulations that do damage. */
  damagingManipulation: core(4, '131'),
} as const satisfies Record<string, Fact>
