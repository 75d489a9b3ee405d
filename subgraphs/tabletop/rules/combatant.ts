import { conditionOf } from './condition.ts'
import { RuleError } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import type { CharacterState } from './state.ts'

/** Somebody in a fight, and the dice of the Combat Pool they spend on it. */
export interface Combatant {
  sheet: Sheet
  state: CharacterState
  /** Asked for; cut to what is left and, for attacks, to the skill. */
  poolDice: number
  /** Dice of the Karma Pool for an attack, and for blows of the one attacked. */
  karmaDice?: number
}

/** A RuleError with this field if the character is unconscious, dying or dead. */
export function mustBeAble(field: string, { sheet, state }: Pick<Combatant, 'sheet' | 'state'>): void {
  const condition = conditionOf(sheet, state)
  if (condition !== 'able') throw new RuleError(field, `${sheet.name} is ${condition} and cannot act`)
}
