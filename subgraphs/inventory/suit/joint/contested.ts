import type { PartAnswer } from './part.ts'

/** An item with a multiplier to move, and by how much it is wanted too often. */
export type Move = readonly [item: number, violation: number]

/** Raises the multiplier of what is wanted more than once, lowers that of what no wearer wants. */
export function movesOf(uses: ReadonlyMap<number, number>, multipliers: ReadonlyMap<number, number>): Move[] {
  const moves: Move[] = []
  for (const [item, count] of uses) if (count > 1) moves.push([item, count - 1])
  for (const item of multipliers.keys()) if (!uses.has(item)) moves.push([item, -1])
  return moves
}

/** How many suits want each item. */
export function usesOf(answers: readonly PartAnswer[]): Map<number, number> {
  const uses = new Map<number, number>()
  for (const { items } of answers) for (const item of items) uses.set(item, (uses.get(item) ?? 0) + 1)
  return uses
}

/**
 * The item to branch on, and a wearer that wants it: the item wanted most often, else one with a multiplier that no
 * suit wants.
 */
export function contested(answers: readonly PartAnswer[], multipliers: ReadonlyMap<number, number>) {
  const uses = usesOf(answers)
  let item: number | null = null
  let most = 1
  for (const [one, count] of uses) {
    if (count < 2) continue
    const weight = count * 1e15 + (multipliers.get(one) ?? 0)
    if (weight > most) [item, most] = [one, weight]
  }
  if (item !== null) return { item, wearer: answers.findIndex(({ items }) => items.includes(item!)) }
  for (const [one, multiplier] of multipliers)
    if (!uses.has(one) && multiplier >= most) [item, most] = [one, multiplier]
  return { item, wearer: 0 }
}
