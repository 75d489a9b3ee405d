// Words for target numbers (core p. 68).
import { core, type Fact } from './certainty.ts'

export const difficulties = [
  'simple',
  'routine',
  'average',
  'challenging',
  'difficult',
  'strenuous',
  'extreme',
  'near impossible',
] as const
export type Difficulty = (typeof difficulties)[number]

/** The target number of each word; `difficult` covers 6 and 7, `near impossible` 10 and more. */
export const difficultyTargetNumbers: Readonly<Record<Difficulty, Fact>> = {
  simple: core(2, '68'),
  routine: core(3, '68'),
  average: core(4, '68'),
  challenging: core(5, '68'),
  difficult: core(6, '68'),
  strenuous: core(8, '68'),
  extreme: core(9, '68'),
  'near impossible': core(10, '68'),
}

/** The word for a target number, for people. */
export function difficultyOf(targetNumber: number): Difficulty {
  return difficulties.findLast((word) => difficultyTargetNumbers[word].value <= targetNumber) ?? 'simple'
}
