// Common armour as ballistic / impact. Not confirmed with the core book; a sheet states its own values.
import type { Certainty } from './certainty.ts'

export interface ArmourFact {
  name: string
  ballistic: number
  impact: number
  certainty: Certainty
}

const fact = (name: string, ballistic: number, impact: number): ArmourFact => {
  return { name, ballistic, impact, certainty: 'unconfirmed' }
}

export const armour: readonly ArmourFact[] = [
  fact('Armour Clothing', 3, 0),
  fact('Armour Vest', 2, 1),
  fact('Armour Vest with Plates', 4, 3),
  fact('Lined Coat', 4, 2),
  fact('Armour Jacket', 5, 3),
  fact('Partial Heavy Armour', 6, 4),
  fact('Full Heavy Armour', 8, 6),
]
