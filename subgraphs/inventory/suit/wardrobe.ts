import type { Candidate } from './candidate.ts'
import { shapeOf, waysToWear, type Way } from './places.ts'
import { WISH_TIERS } from './wishes.ts'

const tierNumber: ReadonlyMap<string, number> = new Map(WISH_TIERS.map((tier, number) => [tier, number]))

/** A way to wear something, its places as numbers in order, and as bits. */
export interface WardrobeWay {
  way: Way
  places: readonly number[]
  mask: number
}

/**
 * Candidates as columns of numbers: all that every question asks of them whatever is wished for. Candidates have
 * numbers in the order of their list, and so have placements: the ways to wear candidate c are those from `waysFrom[c]`
 * up to `waysFrom[c + 1]`.
 */
export class Wardrobe {
  readonly candidates: readonly Candidate[]
  readonly waysFrom: Int32Array
  /** Of each placement: which of `ways` it is. There are few dozens. */
  readonly way: Int32Array
  readonly ways: readonly WardrobeWay[]
  /** Armor, nothing where it is below nothing. */
  readonly armor: Float64Array
  /** -1 for none. */
  readonly set: Int32Array
  /** Who holds it, as its place in `owners`. */
  readonly owner: Int32Array
  readonly owners: readonly string[]
  /** Which of `ratingKinds` it has: few are unlike. */
  readonly ratings: Int32Array
  readonly ratingKinds: readonly Candidate['ratings'][]
  /**
   * Its cantrips, each family once: those of candidate c from `cantripsFrom[c]` on, by the families' places in
   * `families`.
   */
  readonly cantripsFrom: Int32Array
  readonly family: Int32Array
  /** The best tier of it, as its place among those that count. */
  readonly tier: Int8Array
  readonly families: readonly number[]
  private numbers: Map<string, number> | null = null

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates
    const count = candidates.length
    this.waysFrom = new Int32Array(count + 1)
    this.armor = Float64Array.from(candidates, ({ armorLevel }) => Math.max(0, armorLevel))
    this.set = Int32Array.from(candidates, ({ setId }) => setId ?? -1)
    const owners = new Numbers<string>()
    this.owner = Int32Array.from(candidates, ({ owner }) => owners.of(owner))
    this.owners = owners.all
    const ways = new Numbers<Way>()
    const ratings = new Numbers<string>()
    const ratingKinds: Candidate['ratings'][] = []
    this.ratings = new Int32Array(count)
    this.cantripsFrom = new Int32Array(count + 1)
    const families = new Numbers<number>()
    const [way, family, tier]: [number[], number[], number[]] = [[], [], []]
    candidates.forEach((candidate, c) => {
      for (const one of waysToWear(candidate.slots, candidate.loot)) way.push(ways.of(one))
      this.waysFrom[c + 1] = way.length
      const kind = ratings.of(keyOf(candidate.ratings))
      ratingKinds[kind] ??= candidate.ratings
      this.ratings[c] = kind
      const begun = family.length
      for (const one of candidate.cantrips) {
        const rank = tierNumber.get(one.tier)
        if (rank === undefined) continue
        const number = families.of(one.family)
        const at = family.indexOf(number, begun)
        if (at < 0) tier[family.push(number) - 1] = rank
        else if (rank > tier[at]!) tier[at] = rank
      }
      this.cantripsFrom[c + 1] = family.length
    })
    this.way = Int32Array.from(way)
    this.ways = ways.all.map((one) => ({ way: one, ...shapeOf(one) }))
    this.ratingKinds = ratingKinds
    this.families = families.all
    this.family = Int32Array.from(family)
    this.tier = Int8Array.from(tier)
  }

  /** The number of a candidate by its id. */
  numberOf(id: string): number | undefined {
    this.numbers ??= new Map(this.candidates.map((one, number) => [one.id, number]))
    return this.numbers.get(id)
  }
}

/** The wardrobes of lists that are still asked about. */
const known = new WeakMap<readonly Candidate[], Wardrobe>()

/** The same list of candidates, never changed, has the same wardrobe: it is made once. */
export function wardrobeOf(candidates: readonly Candidate[]): Wardrobe {
  let wardrobe = known.get(candidates)
  if (!wardrobe) known.set(candidates, (wardrobe = new Wardrobe(candidates)))
  return wardrobe
}

const keyOf = (ratings: Candidate['ratings']): string =>
  Object.entries(ratings)
    .map(([rating, value]) => `${rating} ${value}`)
    .sort()
    .join()

/** Gives each value a number, from 0 on. */
class Numbers<T> {
  readonly all: T[] = []
  private readonly known = new Map<T, number>()

  of(value: T): number {
    let number = this.known.get(value)
    if (number === undefined) this.known.set(value, (number = this.all.push(value) - 1))
    return number
  }
}
