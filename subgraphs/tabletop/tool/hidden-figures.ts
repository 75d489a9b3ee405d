// What everybody reads of an attack or a test of an opponent: the dice, and nothing that is only on its sheet.
import type { CharacterRow } from '../character/store.ts'
import { RuleError } from '../rules/rule-error.ts'
import type { Part } from '../rules/breakdown.ts'
import type { Roll } from '../rules/roll.ts'
import type { Rolled } from '../roll/store.ts'
import { isHidden } from './tool.ts'

/** What the rules give of a resistance to damage. */
interface Resisted {
  bodyRoll: Roll
  poolRoll: Roll
  targetNumber: { parts: Part[] }
}

/** Refusals of the rules that name figures of a sheet, and what everybody reads instead. */
const WITHOUT_FIGURES: Readonly<Record<string, string>> = {
  ammo: 'there are too few rounds: reload',
  mode: 'the weapon does not fire so',
  force: 'it was not learned as high',
  karma: 'there are too few dice left',
}

/** Computes something for a character; a refusal names no figures of a hidden sheet. @throws RuleError */
export function computeFor<T>(one: CharacterRow, compute: () => T): T {
  try {
    return compute()
  } catch (error) {
    const reason = error instanceof RuleError && isHidden(one) ? WITHOUT_FIGURES[error.field] : undefined
    throw reason === undefined ? error : new RuleError((error as RuleError).field, reason)
  }
}

/** What dice and a target number are made of; nothing of a hidden sheet. */
export const partsOf = <T extends object>(one: CharacterRow, parts: T): T | Record<string, never> =>
  isHidden(one) ? {} : parts

/** The rolls with which somebody resists damage; of a hidden sheet without what each is for. */
export function resistanceRolls(one: CharacterRow, { bodyRoll, poolRoll, targetNumber }: Resisted): Rolled[] {
  const rollOf = (roll: Roll, of: string): Rolled => ({
    purpose: `${one.name} resists${isHidden(one) ? '' : ` with ${of}`}`,
    ...{ roll, parts: targetNumber.parts, isHidden: isHidden(one) },
  })
  return [rollOf(bodyRoll, 'Body'), ...(poolRoll.dice > 0 ? [rollOf(poolRoll, 'Combat Pool')] : [])]
}

/** The successes of a resistance; of a hidden sheet together. */
export const resistanceOf = (one: CharacterRow, { bodyRoll, poolRoll }: Resisted) =>
  isHidden(one)
    ? { successes: bodyRoll.successes + poolRoll.successes }
    : { body_successes: bodyRoll.successes, pool_successes: poolRoll.successes }

/** The end of a refusal, which lists what a sheet has; nothing for a hidden one. */
export const listOf = (one: CharacterRow, verb: string, names: readonly string[]): string =>
  isHidden(one) ? '' : `; ${verb} are: ${names.join(', ') || 'none'}`

/** Why fewer pool dice were given than asked for; of a hidden sheet without what is left. */
export const cutOf = (one: CharacterRow, { reason }: { reason: string | null }): string | null =>
  reason !== null && isHidden(one) ? 'more were not there' : reason
