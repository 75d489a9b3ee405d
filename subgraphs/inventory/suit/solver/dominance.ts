import { hasSideRules, waysOf, type Problem } from './problem.ts'

const NONE: ReadonlySet<number> = new Set()

/**
 * Which placements may be left out: at the same places, and of the same set, stand enough others that are worth no less and
 * bring every bit it brings. Enough means that one of them is free whatever else a suit wears.
 * `without` are items that are not to be worn at all.
 */
export function undominated(problem: Problem, without: ReadonlySet<number> = NONE): number[] {
  const { size, item, score, set, places, mask, bitsFrom, bits, worth, capacity, owner, tailored, unlike } = problem
  const words = Math.max(1, Math.ceil(worth.length / 32))
  const brings = new Int32Array(size * words)
  const ways = waysOf(problem)
  const whole = new Float64Array(size)
  for (let p = 0; p < size; p++) {
    whole[p] = score[p]!
    for (let i = bitsFrom[p]!; i < bitsFrom[p + 1]!; i++) {
      const bit = bits[i]!
      brings[p * words + (bit >> 5)]! |= 1 << (bit & 31)
      whole[p]! += worth[bit]!
    }
  }
  const isStrict = hasSideRules(problem)
  const banned = new Set(unlike.flatMap(({ items }) => [...items])) // put in their place they could make suits alike

  const covers = (a: number, b: number): boolean => {
    if (score[a]! < score[b]!) return false
    if (isStrict && (owner[item[a]!] !== owner[item[b]!] || tailored[a]! > tailored[b]! || banned.has(item[a]!)))
      return false
    for (let w = 0; w < words; w++) if ((brings[b * words + w]! & ~brings[a * words + w]!) !== 0) return false
    return true
  }

  const groups = new Map<string, number[]>()
  for (let p = 0; p < size; p++) {
    if (without.has(item[p]!)) continue
    const key = `${places[p]!.join(' ')}|${set[p]}`
    const group = groups.get(key)
    if (group) group.push(p)
    else groups.set(key, [p])
  }
  const alive: number[] = []
  for (const group of groups.values()) {
    group.sort((a, b) => whole[b]! - whole[a]! || a - b)
    const kept: number[] = []
    for (const p of group) {
      const room = Math.max(...places[p]!.map((place) => capacity[place]!))
      let better = 0
      let others = 0 // places where those that are better may be worn instead
      let needed = room
      for (const other of kept) {
        if (!covers(other, p)) continue
        better++
        for (const way of ways.get(item[other]!)!) if ((mask[way]! & mask[p]!) === 0) others |= mask[way]!
        needed = room + roomOf(others, capacity)
        if (better >= needed) break
      }
      if (better < needed) kept.push(p)
    }
    alive.push(...kept)
  }
  return alive
}

function roomOf(mask: number, capacity: Int8Array): number {
  let room = 0
  for (let place = 0; place < capacity.length; place++) if ((mask >> place) & 1) room += capacity[place]!
  return room
}
