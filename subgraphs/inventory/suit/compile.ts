import type { Candidate } from './candidate.ts'
import { BODY_PLACES, MOST_PIECES, NEVER, NO_LIMIT, type Problem } from './solver/problem.ts'
import { capacityOf, placeNumber, SUIT_PLACES, waysToWear, type SuitPlace, type Way } from './places.ts'
import { WISH_TIERS, type Lock, type RatingRule, type SpellWish, type Wishes } from './wishes.ts'

/** Points are counted in hundredths. */
export const HUNDREDTHS = 100
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
const hasArmor = (place: SuitPlace) => placeNumber.get(place)! < BODY_PLACES || isClothes(place)

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
  const isArmor = waysToWear(candidate.slots, false).some(({ places }) => placeNumber.get(places[0]!)! < BODY_PLACES)
  return !critDamage || !isArmor || critDamage.includes(candidate.ratings.CRIT_DAMAGE ?? 0)
}

/** Makes of candidates and wishes a problem of whole numbers. */
export function compile(candidates: readonly Candidate[], wishes: Wishes, unlike: readonly Unlike[] = []): Compiled {
  const { sets, spells, weights, locked, mostTailored } = wishes
  const worth: number[] = []
  const musts: Must[] = []
  /** Which demand a bit meets. */
  const mustOfBit = new Map<number, number>()
  const bitsOfFamily = new Map<number, { spell: SpellWish; bits: Map<number, number> }>()
  for (const spell of spells) {
    const bits = new Map<number, number>()
    let before = 0
    for (let tier = WISH_TIERS.indexOf(spell.atLeast); tier < WISH_TIERS.length; tier++) {
      const points = spell.weight * weights.tiers[WISH_TIERS[tier]!]
      bits.set(tier, worth.length)
      worth.push(Math.max(0, Math.round(points * HUNDREDTHS) - Math.round(before * HUNDREDTHS)))
      before = Math.max(before, points)
    }
    const [least] = bits.values()
    if (spell.must && least !== undefined) {
      mustOfBit.set(least, musts.length)
      musts.push({ there: 0, spell })
    }
    bitsOfFamily.set(spell.family, { spell, bits })
  }
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

  const kept: Candidate[] = []
  const ways: Way[] = []
  const item: number[] = []
  const score: number[] = []
  const set: number[] = []
  const bits: number[] = []
  const bitsFrom = [0]
  /** So many demands each placement meets by itself. */
  const meets: number[] = []
  for (const candidate of candidates) {
    const locking = lockOf.get(candidate.id)
    if (!locking && !isUsable(candidate, wishes)) continue
    const own: number[] = []
    for (const [family, { bits: ofTier }] of bitsOfFamily) {
      const best = bestTier(candidate, family)
      for (const [tier, bit] of ofTier) if (tier <= best) own.push(bit)
    }
    const begun = ways.length
    const met = new Set<number>()
    for (const way of waysToWear(candidate.slots, candidate.loot)) {
      if (way.tailored && mostTailored === 0) continue
      if (locking?.lock.places && !areSame(locking.lock.places, way.places)) continue
      const floors = way.places.flatMap((place) => floorAt.get(place) ?? [])
      // Below the floor a place that has one would be covered badly: not at all then.
      if (floors.some(({ armor }) => armor > Math.max(0, candidate.armorLevel))) continue
      const points = Math.round(pointsOf(candidate, way, wishes) * HUNDREDTHS)
      const counts = placeNumber.get(way.places[0]!)! < BODY_PLACES
      const which = counts && candidate.setId !== null ? sets.findIndex(({ id }) => id === candidate.setId) + 1 : 0
      if (points <= 0 && !own.length && !locking && !floors.length && !which) continue
      ways.push(way)
      item.push(kept.length)
      score.push(points)
      set.push(which)
      const floorBits = floors.flatMap(({ bit }) => bit ?? [])
      meets.push((locking ? 1 : 0) + floors.length - floorBits.length)
      bits.push(...own, ...floorBits)
      bitsFrom.push(bits.length)
      if (locking) met.add(locking.must)
      for (const { must } of floors) met.add(must)
    }
    if (ways.length === begun) continue
    kept.push(candidate)
    for (const bit of own) if (mustOfBit.has(bit)) met.add(mustOfBit.get(bit)!)
    for (const must of met) musts[must]!.there++
  }
  const setGain = setGains(wishes)
  const rest = mostOfAll(ways, score, worth, setGain)
  // Twice over would do here; prices in joint suits take as much again (joint/part.ts).
  const must = musts.length ? 4 * rest + 1 : 0
  for (const bit of mustOfBit.keys()) worth[bit]! += must
  meets.forEach((count, p) => (score[p]! += count * must))
  const due = musts.length * must
  const owners = [...new Set(kept.map(({ owner }) => owner))].sort()
  const ownerNumber = new Map(owners.map((owner, number) => [owner, number]))
  const numberOf = new Map(kept.map(({ id }, number) => [id, number]))
  const places = ways.map((way) => way.places.map((place) => placeNumber.get(place)!))
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
      places,
      mask: Int32Array.from(places, (list) => list.reduce((mask, place) => mask | (1 << place), 0)),
      bitsFrom: Int32Array.from(bitsFrom),
      bits: Int16Array.from(bits),
      worth: Float64Array.from(worth),
      capacity: Int8Array.from(SUIT_PLACES, capacityOf),
      setGain,
      owner: Int32Array.from(kept, ({ owner }) => ownerNumber.get(owner)!),
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
  // prettier-ignore
  const most = new Map<SuitPlace, number>()
  ways.forEach(({ places: [place] }, p) => most.set(place!, Math.max(most.get(place!) ?? 0, Math.abs(score[p]!))))
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
