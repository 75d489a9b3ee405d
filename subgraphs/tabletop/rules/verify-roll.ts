import { commitmentOf, epochOf } from './dice-source.ts'
import { rollOpen, rollSum, rollTest, type Roll } from './roll.ts'
import { RuleError } from './rule-error.ts'

/** Whether a roll follows from its secret, and if not, why: a sentence for people. */
export type Verification = { isValid: true } | { isValid: false; reason: string }

const invalid = (reason: string): Verification => ({ isValid: false, reason })

function rollAgain(roll: Roll, secret: string): Roll {
  const seed = { secret, salt: roll.salt, rollId: roll.rollId, commitment: roll.commitment }
  if (roll.kind === 'open') return rollOpen(seed, roll.dice)
  if (roll.kind === 'sum') return rollSum(seed, roll.dice)
  return rollTest(seed, roll.dice, roll.targetNumber ?? 0)
}

const compared = [
  'kind',
  'dice',
  'targetNumber',
  'faces',
  'totals',
  'successes',
  'result',
  'isDisaster',
] as const satisfies readonly (keyof Roll)[]

/**
 * Checks a roll with the secret of its epoch, which is revealed after the last roll of the epoch. `published` is the
 * commitment that the verifier received before the roll: the one inside the roll proves nothing by itself.
 * The roll may come from anywhere; a malformed one is invalid, never an exception.
 */
export function verifyRoll(roll: Roll, secret: string, published: string): Verification {
  try {
    if (commitmentOf(epochOf(roll.rollId), secret) !== published)
      return invalid('The secret does not belong to the published commitment.')
    if (roll.commitment !== published) return invalid('The roll names another commitment than the published one.')
    const again = rollAgain(roll, secret)
    const differing = compared.find((field) => JSON.stringify(roll[field]) !== JSON.stringify(again[field]))
    if (differing) return invalid(`The field ${differing} differs from what the secret gives.`)
    return { isValid: true }
  } catch (error) {
    if (error instanceof RuleError || error instanceof TypeError) return invalid(`Not a roll: ${error.message}`)
    throw error
  }
}
