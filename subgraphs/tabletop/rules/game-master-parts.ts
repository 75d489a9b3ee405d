import type { Part } from './breakdown.ts'
import { limits } from './limits.ts'
import { RuleError, wholeNumber } from './rule-error.ts'

/** A modifier that the game master decides, listed with those of the rules. */
export interface GameMasterPart {
  name: string
  value: number
}

const most = 20

/** The game master's modifiers as parts. A RuleError for more than 20, fractions, or values beyond 50. */
export function gameMasterParts(given: readonly GameMasterPart[] = []): Part[] {
  if (given.length > most) throw new RuleError('gameMaster', `has at most ${most} modifiers`)
  return given.map(({ name, value }): Part => {
    wholeNumber(`gameMaster.${name}`, value, -limits.rating, limits.rating)
    return { name, value, source: 'game master', certainty: 'core' }
  })
}
