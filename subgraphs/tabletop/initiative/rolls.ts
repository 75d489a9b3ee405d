import type { Rolled } from '../roll/store.ts'
import type { InitiativeTracker, TrackedCombatant } from '../rules/initiative.ts'

/** The rolls of combatants, each with what it is added to. */
export const initiativeRolls = ({ combatants }: Pick<InitiativeTracker, 'combatants'>): Rolled[] =>
  combatants.map(({ name, roll, adjustedReaction }: TrackedCombatant) => ({
    purpose: `Initiative of ${name}`,
    roll,
    parts: [{ name: 'Reaction', value: adjustedReaction, source: 'sheet', certainty: 'core' }],
  }))
