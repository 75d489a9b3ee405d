import { sumOf, type Part } from './breakdown.ts'
import { flooredTargetNumber } from './roll.ts'

export interface TargetNumber {
  /** What is rolled against: at least 2. */
  value: number
  /** The sum of the parts, before the floor. */
  sum: number
  parts: Part[]
}

/** The target number of parts. */
export function targetNumberOf(parts: Part[]): TargetNumber {
  const sum = sumOf(parts)
  return { value: flooredTargetNumber(sum), sum, parts }
}
