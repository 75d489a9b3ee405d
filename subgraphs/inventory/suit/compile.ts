import type { Candidate } from './candidate.ts'
import { CantripBits, HUNDREDTHS } from './cantrip-bits.ts'
import { BODY_PLACES, MOST_PIECES, NEVER, NO_LIMIT, type Problem } from './solver/problem.ts'
import { capacityOf, placeNumber, shapeOf, SUIT_PLACES, waysToWear, type SuitPlace, type Way } from './places.ts'
import { WISH_TIERS, type Lock, type RatingRule, type SpellWish, type Wishes } from './wishes.ts'

/** Something every suit must have, and how many items meet it. */
export type Must = { there: number } & ({ spell: SpellWish } | { floor: SuitPlace; armor: number } | { lock: Lock })

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

/** A rating's points under a rule. */
export function ratingPoints(rule: RatingRule, value: number): number {
  if (value <= 0) return 0
  const last = rule.points.length - 1
  return rule.points[Math.min(value, last)]! + Math.max(0, value - last) * rule.beyond
}

const isClothes = (place: SuitPlace) => place === 'SHIRT' || place === 'PANTS'
/** Whether a place is one of the nine that armor covers. */
export const isBody = (place: SuitPlace) => placeNumber.get(place)! < BODY_PLACES
const hasArmor = (place: SuitPlace) => isBody(place) || isClothes(place)

/** What one way to wear an item is worth by itself, in points: cantrips and sets left out. */
export function pointsOf(candidate: Candidate, way: Way, { weights, wearer }: Wishes): number {
  const [first] = way.places
  const armor = hasArmor(first!) ? Math.max(0, candidate.armorLevel) * way.places.length * weights.armor : 0
  const ratings = weights.ratings
    .filter(({ onClothes }) => !onClothes || isClothes(first!))
    .reduce((sum, rule) => sum + ratingPoints(rule, candidate.ratings[rule.rating] ?? 0), 0)
  const move = wearer !== null && candidate.owner !== wearer ? weights.move : 0
  return armor + ratings + weights.piece - move - (way.tailored ? weights.tailoring : 0)
}

/** Whether an item may be used at all; locks are the wearer's own word and overrule what was left out for its owner's sake. */
export function isUsable(candidate: Candidate, wishes: Wishes): boolean {
  const { excluded, level, onlyUnequipped, critDamage, wearer } = wishes
  if (excluded.includes(candidate.id)) return false
  if (level !== null && candidate.wieldLevel > level) return false
  if (onlyUnequipped && candidate.equipped && candidate.owner !== wearer) return false
  if (!critDamage || critDamage.includes(candidate.ratings.CRIT_DAMAGE ?? 0)) return true
  return !waysToWear(candidate.slots, false).some(({ places }) => isBody(places[0]!))
}

/** Makes of candidates and wishes a problem of whole numbers. */
export function compile(candidates: readonly Candidate[], wishes: Wishes, unlike: readonly Unlike[] = []): Compiled {
  const { sets, locked, mostTailored } = wishes
  const cantripBits = new CantripBits(wishes)
  const { worth } = cantripBits
  const musts: Must[] = cantripBits.musts.map(({ spell }) => ({ there: 0, spell }))
  /** Which demand a bit meets. */
  const mustOfBit = new Map(cantripBits.musts.map(({ bit }, must) => [bit, must]))
  const floorAt = new Map<SuitPlace, { must: number; armor: number; bit: number | null }>()
  for (const [place, armor] of Object.entries(wishes.floors) as [SuitPlace, number][]) {
    // Where two pieces fit either may meet it: that counts once. Elsewhere it is a matter of the one piece there.
    const bit = capacityOf(place) > 1 ? worth.push(0) - 1 : null
    if (bit !== null) mustOfBit.set(bit, musts.length)
    floorAt.set(place, { must: musts.length, armor, bit })
    musts.push({ there: 0, floor: place, armor })
  }
  const lockOf = new Map<string, { lock: Lock; must: number }>()
  for (const lock of locked) {
    lockOf.set(lock.item, { lock, must: musts.length })
    musts.push({ there: 0, lock })
  }

  const setNumber = new Map(sets.map(({ id }, n) => [id, n + 1]).reverse() as [number, number][]) // the first of two alike
  const excluded = new Set(wishes.excluded)
  const kept: Candidate[] = []
  const ways: Way[] = []
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
  for (const candidate of candidates) {
    const locking = lockOf.get(candidate.id)
    if (!locking && (excluded.has(candidate.id) || !isUsable(candidate, wishes))) continue
    cantripBits.of(candidate, own)
    const begun = ways.length
    for (const way of waysToWear(candidate.slots, candidate.loot)) {
      if (way.tailored && mostTailored === 0) continue
      if (locking?.lock.places && !areSame(locking.lock.places, way.places)) continue
      const floors = floorAt.size ? way.places.flatMap((place) => floorAt.get(place) ?? []) : []
      // Below the floor a place that has one would be covered badly: not at all then.
      if (floors.some(({ armor }) => armor > Math.max(0, candidate.armorLevel))) continue
      const points = Math.round(pointsOf(candidate, way, wishes) * HUNDREDTHS)
      const counts = candidate.setId !== null && isBody(way.places[0]!)
      const which = counts ? (setNumber.get(candidate.setId!) ?? 0) : 0
      if (points <= 0 && !own.length && !locking && !floors.length && !which) continue
      ways.push(way)
      item.push(kept.length)
      score.push(points)
      set.push(which)
      let met = locking ? 1 : 0
      for (const bit of own) bits.push(bit)
      for (const { bit } of floors) {
        if (bit === null) met++
        else bits.push(bit)
      }
      meets.push(met)
      bitsFrom.push(bits.length)
      for (const { must } of floors) meeting.add(must)
    }
    if (ways.length === begun) continue
    kept.push(candidate)
    if (!musts.length) continue
    if (locking) meeting.add(locking.must)
    for (const bit of own) if (mustOfBit.has(bit)) meeting.add(mustOfBit.get(bit)!)
    for (const must of meeting) musts[must]!.there++
    meeting.clear()
  }
  const setGain = setGains(wishes)
  const rest = mostOfAll(ways, score, worth, setGain)
  // Twice over would do here; prices in joint suits take as much again (joint/part.ts).
  const must = musts.length ? 4 * rest + 1 : 0
  for (const bit of mustOfBit.keys()) worth[bit]! += must
  meets.forEach((count, p) => (score[p]! += count * must))
  const due = musts.length * must
  const ownerNumber = new Map<string, number>()
  const owner = Int32Array.from(kept, (one) => {
    const known = ownerNumber.get(one.owner)
    if (known === undefined) ownerNumber.set(one.owner, ownerNumber.size)
    return known ?? ownerNumber.size - 1
  })
  const numberOf = new Map(unlike.length ? kept.map(({ id }, number) => [id, number]) : [])
  const shapes = ways.map(shapeOf)
  return {
    candidates: kept,
    ways,
    musts,
    due,
    rest,
    problem: {
      size: ways.length,
      item: Int32Array.from(item),
      score: Float64Array.from(score),
      set: Uint8Array.from(set),
      places: shapes.map(({ places }) => places),
      mask: Int32Array.from(shapes, ({ mask }) => mask),
      bitsFrom: Int32Array.from(bitsFrom),
      bits: Int16Array.from(bits),
      worth: Float64Array.from(worth),
      capacity: Int8Array.from(SUIT_PLACES, capacityOf),
      setGain,
      owner,
      tailored: Uint8Array.from(ways, ({ tailored }) => (tailored ? 1 : 0)),
      mostOwners: wishes.mostOwners ?? NO_LIMIT,
      mostTailored: mostTailored ?? NO_LIMIT,
      unlike: unlike.map(({ items, most }) => ({
        items: new Set([...items].flatMap((id) => (numberOf.has(id) ? [numberOf.get(id)!] : []))),
        most,
      })),
      least: musts.length ? due - rest : NEVER,
    },
  }
}

/** No suit is worth more than this, nor less than as much below nothing: demands left out. */
function mostOfAll(
  ways: readonly Way[],
  score: readonly number[],
  worth: readonly number[],
  setGain: Float64Array,
): number {
  const most = new Map<SuitPlace, number>()
  ways.forEach(({ places: [place] }, p) => {
    const points = Math.abs(score[p]!)
    if (points > (most.get(place!) ?? -1)) most.set(place!, points)
  })
  const ofPlaces = [...most].reduce((sum, [place, points]) => sum + capacityOf(place) * points, 0)
  const ofSets = setGain.reduce((sum, gain) => (gain > NEVER / 2 ? Math.max(sum, Math.abs(gain)) : sum), 0)
  return worth.reduce((sum, points) => sum + points, ofPlaces + ofSets)
}

const areSame = (a: readonly SuitPlace[], b: readonly SuitPlace[]) =>
  a.length === b.length && a.every((place) => b.includes(place))

/** The best tier of a family an item brings, as its place among the tiers that count; -1 for none. */
export function bestTier({ cantrips }: Candidate, family: number): number {
  return cantrips.reduce(
    (best, cantrip) =>
      cantrip.family === family ? Math.max(best, (WISH_TIERS as readonly string[]).indexOf(cantrip.tier)) : best,
    -1,
  )
}

function setGains({ sets }: Wishes): Float64Array {
  const width = MOST_PIECES + 1
  const gains = new Float64Array(width * width)
  const gainOf = (which: number, worn: number): number => {
    const wish = sets[which]
    if (!wish) return 0
    if (worn < wish.pieces) return NEVER
    return Math.round((wish.points[Math.min(worn, wish.points.length - 1)] ?? 0) * HUNDREDTHS)
  }
  for (let first = 0; first < width; first++)
    for (let second = 0; second < width; second++)
      gains[first * width + second] = Math.max(NEVER, gainOf(0, first) + gainOf(1, second))
  return gains
}
