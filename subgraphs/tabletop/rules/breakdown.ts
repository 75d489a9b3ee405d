import type { Certainty, Fact } from '../../../shared/world/tabletop/certainty.ts'

/** One part of a number that the engine computed: what it is, what it adds, and where the rule stands. */
export interface Part {
  /** For people: `range: medium`, `recoil`. */
  name: string
  value: number
  /** `core p. 88`, `fan table`, `sheet`, `game master`. */
  source: string
  certainty: Certainty
}

/** A part that follows from a rule; `factor` multiplies its value. */
export function rulePart(name: string, fact: Fact, factor = 1): Part {
  return { name, value: fact.value * factor, source: fact.source, certainty: fact.certainty }
}

/** A part that a sheet or the state of a character gives. */
export const sheetPart = (name: string, value: number): Part => ({ name, value, source: 'sheet', certainty: 'core' })

/** The sum of all parts. */
export const sumOf = (parts: readonly Part[]): number => parts.reduce((total, part) => total + part.value, 0)
