// One roll of dice (core, Game Concepts). Every number of a roll is computed from its seed.
import { facesOf, type RollSeed } from './dice-source.ts'
import { limits } from './limits.ts'
import { wholeNumber } from './rule-error.ts'

/** `success` compares each die with a target number, `open` counts the best die, `sum` adds the dice. */
export type RollKind = 'success' | 'open' | 'sum'

/** A roll as it is stored and shown. It contains no secret. */
export interface Roll {
  rollId: string
  /** The commitment of the roll's epoch, published before the first roll of the epoch. */
  commitment: string
  salt: string
  kind: RollKind
  /** Dice rolled, without the repeated rolls of the Rule of Six. 0 is allowed: no dice, no success, no disaster. */
  dice: number
  /** At least 2; null unless `kind` is `success`. */
  targetNumber: number | null
  /** One list a die: its first face, then what the Rule of Six added. 9 dice are 9 lists, however many faces. */
  faces: number[][]
  /** The sum of each die's faces. */
  totals: number[]
  /** Dice that reach the target number; 0 unless `kind` is `success`. */
  successes: number
  /** `open`: the best die; `sum`: all dice added; `success`: null. */
  result: number | null
  /** All dice showed 1 (Rule of One). */
  isDisaster: boolean
}

/** The lowest target number there is (core p. 89). */
export const lowestTargetNumber = 2

/** The target number that is rolled against: never below 2. */
export const flooredTargetNumber = (sum: number): number => Math.max(lowestTargetNumber, sum)

/** One die; it is rolled again and added while it shows 6 and `isLow` of the sum so far. */
function rollDie(face: () => number, isLow: (total: number) => boolean): number[] {
  const faces = [face()]
  let total = faces[0]!
  while (faces.at(-1) === 6 && isLow(total)) {
    const next = face()
    faces.push(next)
    total += next
  }
  return faces
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

interface Question {
  kind: RollKind
  dice: number
  targetNumber: number | null
}

function rolled(seed: RollSeed, { kind, dice, targetNumber }: Question, isLow: (total: number) => boolean) {
  const count = wholeNumber('dice', dice, 0, limits.dice)
  const face = facesOf(seed, `${kind} ${count} ${targetNumber ?? 0}`)
  const faces = Array.from({ length: count }, () => rollDie(face, isLow))
  return {
    rollId: seed.rollId,
    commitment: seed.commitment,
    salt: seed.salt,
    kind,
    dice: count,
    targetNumber,
    faces,
    totals: faces.map(sum),
    isDisaster: count > 0 && faces.every((die) => die[0] === 1),
  }
}

/**
 * A success test: `dice` six-sided dice against a target number, which is raised to 2 if it is lower. Rule of Six:
 * above target number 6, a die that shows 6 is rolled again and added while it is still below the target number. Rule
 * of One: a 1 always fails, and only ones are a disaster.
 */
export function rollTest(seed: RollSeed, dice: number, targetNumber: number): Roll {
  wholeNumber('targetNumber', targetNumber, -limits.targetNumber, limits.targetNumber)
  const floored = flooredTargetNumber(targetNumber)
  // Rule of Six: a die that shows 6 is still below the target number only if that is above 6.
  const roll = rolled(seed, { kind: 'success', dice, targetNumber: floored }, (total) => total < floored)
  // A first face of 1 never reaches the floor of 2, which is how the Rule of One holds.
  const successes = roll.totals.filter((total) => total >= floored).length
  return { ...roll, successes, result: null }
}

/** An open test: each 6 is rolled again and added without end; the best die counts. `result` is 0 without dice. */
export function rollOpen(seed: RollSeed, dice: number): Roll {
  const roll = rolled(seed, { kind: 'open', dice, targetNumber: null }, () => true)
  return { ...roll, successes: 0, result: Math.max(0, ...roll.totals) }
}

/** Dice added up, without the Rule of Six: initiative. */
export function rollSum(seed: RollSeed, dice: number): Roll {
  const roll = rolled(seed, { kind: 'sum', dice, targetNumber: null }, () => false)
  return { ...roll, successes: 0, result: sum(roll.totals) }
}
