import type { Candidate } from './candidate.ts'
import { capacityOf, placeNumber, SUIT_PLACES, type SuitPlace, type Way } from './places.ts'
import { NEVER, NO_LIMIT, type Problem } from './solver/problem.ts'
import { wardrobeOf, type WardrobeWay } from './wardrobe.ts'
import type { Lock, SpellWish, Wishes } from './wishes.ts'
import { asksOfItems, isUsable, Worths } from './worth.ts'

/** Something every suit must have, and how many items meet it. */
export type Must = { candidateCount: number } & (
  { spell: SpellWish } | { floor: SuitPlace; armor: number } | { lock: Lock }
)

export interface Compiled {
  problem: Problem
  candidates: readonly Candidate[]
  /** How each placement is worn. */
  ways: readonly Way[]
  musts: readonly Must[]
  /** What having all of them adds to a suit's value: more than all else together. */
  due: number
  /** What a suit is worth without them lies between this and as much below nothing. */
  rest: number
}

/** Suits to be unlike: of these items at most so many again. */
export interface Unlike {
  items: ReadonlySet<string>
  most: number
}

/** Makes of candidates and wishes a problem of whole numbers. */
// eslint-disable-next-line max-lines-per-function -- one pass fills columns that belong together
export function compile(candidates: readonly Candidate[], wishes: Wishes, unlike: readonly Unlike[] = []): Compiled {
  const { locked, maxTailored: mostTailored } = wishes
  const wardrobe = wardrobeOf(candidates)
  const worths = new Worths(wardrobe, wishes)
  const worth = [...worths.bits.worth]
  const musts: Must[] = worths.bits.musts.map(({ spell }) => ({ candidateCount: 0, spell }))
  /** Which demand a bit meets. */
  const mustOfBit = new Map(worths.bits.musts.map(({ bit }, must) => [bit, must]))
  const floorAt = new Map<number, { must: number; armor: number; bit: number | null }>()
  for (const [place, armor] of Object.entries(wishes.floors) as [SuitPlace, number][]) {
    // Where two pieces fit either may meet it: that counts once. Elsewhere it is a matter of the one piece there.
    const bit = capacityOf(place) > 1 ? worth.push(0) - 1 : null
    if (bit !== null) mustOfBit.set(bit, musts.length)
    floorAt.set(placeNumber.get(place)!, { must: musts.length, armor, bit })
    musts.push({ candidateCount: 0, floor: place, armor })
  }
  const lockOf = new Map<number, { lock: Lock; must: number }>()
  for (const lock of locked) {
    const number = wardrobe.numberOf(lock.item)
    if (number !== undefined) lockOf.set(number, { lock, must: musts.length })
    musts.push({ candidateCount: 0, lock })
  }

  const without = { ...wishes, excluded: [] }
  const isAsking = asksOfItems(wishes)
  const isExcluded = new Uint8Array(candidates.length)
  for (const id of wishes.excluded) {
    const number = wardrobe.numberOf(id)
    if (number !== undefined) isExcluded[number] = 1
  }
  const kept: Candidate[] = []
  const placed: WardrobeWay[] = []
  const owner: number[] = []
  const item: number[] = []
  const score: number[] = []
  const set: number[] = []
  const bits: number[] = []
  const bitsFrom = [0]
  /** So many demands each placement meets by itself. */
  const meets: number[] = []
  const own: number[] = []
  /** Which demands an item meets. */
  const meeting = new Set<number>()
  for (let c = 0; c < candidates.length; c++) {
    const locking = lockOf.size ? lockOf.get(c) : undefined
    if (!locking && (isExcluded[c] || (isAsking && !isUsable(candidates[c]!, without)))) continue
    worths.bits.of(c, own)
    const begun = placed.length
    for (let number = wardrobe.waysFrom[c]!; number < wardrobe.waysFrom[c + 1]!; number++) {
      const worn = wardrobe.ways[wardrobe.way[number]!]!
      const { way } = worn
      if (way.tailored && mostTailored === 0) continue
      if (locking?.lock.places && !areSame(locking.lock.places, way.places)) continue
      const floors = floorAt.size ? worn.places.flatMap((place) => floorAt.get(place) ?? []) : NONE
      // Below the floor a place that has one would be covered badly: not at all then.
      if (floors.some(({ armor }) => armor > wardrobe.armor[c]!)) continue
      const points = worths.pointsOf(c, worn)
      const which = worths.setOf(c, worn)
      if (points <= 0 && !own.length && !locking && !floors.length && !which) continue
      placed.push(worn)
      item.push(kept.length)
      score.push(points)
      set.push(which)
      let met = locking ? 1 : 0
      for (let k = 0; k < own.length; k++) bits.push(own[k]!)
      for (const { bit } of floors) {
        if (bit === null) met++
        else bits.push(bit)
      }
      meets.push(met)
      bitsFrom.push(bits.length)
      for (const { must } of floors) meeting.add(must)
    }
    if (placed.length === begun) continue
    kept.push(candidates[c]!)
    owner.push(wardrobe.owner[c]!)
    if (!musts.length) continue
    if (locking) meeting.add(locking.must)
    for (const bit of own) if (mustOfBit.has(bit)) meeting.add(mustOfBit.get(bit)!)
    for (const must of meeting) musts[must]!.candidateCount++
    meeting.clear()
  }
  const { setGain } = worths
  const places = placed.map((worn) => worn.places)
  const rest = mostOfAll(places, score, worth, setGain)
  // Twice over would do here; multipliers in joint suits take as much again (joint/part.ts).
  const must = musts.length ? 4 * rest + 1 : 0
  for (const bit of mustOfBit.keys()) worth[bit]! += must
  if (must) meets.forEach((count, p) => (score[p]! += count * must))
  const due = musts.length * must
  const numberOf = new Map(unlike.length ? kept.map(({ id }, number) => [id, number]) : [])
  return {
    candidates: kept,
    ways: placed.map(({ way }) => way),
    musts,
    due,
    rest,
    problem: {
      size: placed.length,
      item: Int32Array.from(item),
      score: Float64Array.from(score),
      set: Uint8Array.from(set),
      places,
      mask: Int32Array.from(placed, ({ mask }) => mask),
      bitsFrom: Int32Array.from(bitsFrom),
      bits: Int16Array.from(bits),
      worth: Float64Array.from(worth),
      capacity: CAPACITY,
      setGain,
      owner: Int32Array.from(owner),
      tailored: Uint8Array.from(placed, ({ way }) => (way.tailored ? 1 : 0)),
      mostOwners: wishes.maxOwners ?? NO_LIMIT,
      mostTailored: mostTailored ?? NO_LIMIT,
      unlike: unlike.map(({ items, most }) => ({
        items: new Set([...items].flatMap((id) => (numberOf.has(id) ? [numberOf.get(id)!] : []))),
        most,
      })),
      least: musts.length ? due - rest : NEVER,
    },
  }
}

const NONE: readonly never[] = []
const CAPACITY = Int8Array.from(SUIT_PLACES, capacityOf)

/** No suit is worth more than this, nor less than as much below nothing: demands left out. */
function mostOfAll(
  places: Problem['places'],
  score: readonly number[],
  worth: readonly number[],
  setGain: Float64Array,
): number {
  const most = new Float64Array(SUIT_PLACES.length)
  for (let p = 0; p < score.length; p++) {
    const first = places[p]![0]!
    const points = Math.abs(score[p]!)
    if (points > most[first]!) most[first] = points
  }
  const ofPlaces = most.reduce((sum, points, place) => sum + CAPACITY[place]! * points, 0)
  const ofSets = setGain.reduce((sum, gain) => (gain > NEVER / 2 ? Math.max(sum, Math.abs(gain)) : sum), 0)
  return worth.reduce((sum, points) => sum + points, ofPlaces + ofSets)
}

const areSame = (a: readonly SuitPlace[], b: readonly SuitPlace[]) =>
  a.length === b.length && a.every((place) => b.includes(place))
