import type { Candidate } from './candidate.ts'
import { CantripBits, HUNDREDTHS } from './cantrip-bits.ts'
import { placeNumber, waysToWear, type SuitPlace, type Way } from './places.ts'
import { BODY_PLACES, MAX_PIECES, NEVER } from './solver/problem.ts'
import type { Wardrobe, WardrobeWay } from './wardrobe.ts'
import type { RatingRule, Weights, Wishes } from './wishes.ts'

/** A rating's points under a rule. */
function ratingPoints(rule: RatingRule, value: number): number {
  if (value <= 0) return 0
  const last = rule.points.length - 1
  return rule.points[Math.min(value, last)]! + Math.max(0, value - last) * rule.beyond
}

const isClothes = (place: SuitPlace) => place === 'SHIRT' || place === 'PANTS'
/** Whether a place is one of the nine that armor covers. */
const isBody = (place: SuitPlace) => placeNumber.get(place)! < BODY_PLACES
const hasArmor = (place: SuitPlace) => isBody(place) || isClothes(place)

const ratingsPoints = (ratings: Candidate['ratings'], onClothes: boolean, { ratings: rules }: Weights): number =>
  rules
    .filter((rule) => onClothes || !rule.onClothes)
    .reduce((sum, rule) => sum + ratingPoints(rule, ratings[rule.rating] ?? 0), 0)

/** What one way to wear an item is worth by itself, in points: cantrips and sets left out. */
export function pointsOf(candidate: Candidate, way: Way, { weights, wearer }: Wishes): number {
  const [first] = way.places
  const armor = hasArmor(first!) ? Math.max(0, candidate.armorLevel) * way.places.length * weights.armor : 0
  const ratings = ratingsPoints(candidate.ratings, isClothes(first!), weights)
  const move = wearer !== null && candidate.owner !== wearer ? weights.move : 0
  return armor + ratings + weights.piece - move - (way.tailored ? weights.tailoring : 0)
}

/**
 * Whether an item may be used at all; locks are the wearer's own word and overrule what was left out for its owner's
 * sake.
 */
export function isUsable(candidate: Candidate, wishes: Wishes): boolean {
  const { excluded, level, onlyUnequipped, critDamage, wearer } = wishes
  if (excluded.length && excluded.includes(candidate.id)) return false
  if (level !== null && candidate.wieldLevel > level) return false
  if (onlyUnequipped && candidate.equipped && candidate.owner !== wearer) return false
  if (!critDamage || critDamage.includes(candidate.ratings.CRIT_DAMAGE ?? 0)) return true
  return !waysToWear(candidate.slots, false).some(({ places }) => isBody(places[0]!))
}

/** Whether wishes leave items out for what they are: then each is to be asked about (`isUsable`). */
export const asksOfItems = ({ level, onlyUnequipped, critDamage }: Wishes): boolean =>
  level !== null || onlyUnequipped || critDamage !== null

/** What things of a wardrobe are worth by somebody's wishes, in whole hundredths of a point: demands left out. */
export class Worths {
  /** What each bit is worth that cantrips are. */
  readonly bits: CantripBits
  /**
   * What `first` pieces of the first wanted set and `second` of the second add, at `first * (MAX_PIECES + 1) + second`.
   */
  readonly setGain: Float64Array
  private readonly wardrobe: Wardrobe
  private readonly weights: Weights
  /** The owner with pieces that cost no move; -1 for none. */
  private readonly wearer: number
  private readonly move: number
  /** Of each kind of ratings: what they are worth, on clothes and elsewhere. */
  private readonly ratings: readonly [elsewhere: Float64Array, onClothes: Float64Array]
  private readonly sets: ReadonlyMap<number, number>

  constructor(wardrobe: Wardrobe, wishes: Wishes) {
    const { ratingKinds } = wardrobe
    this.wardrobe = wardrobe
    this.weights = wishes.weights
    this.wearer = wishes.wearer === null ? -1 : wardrobe.owners.indexOf(wishes.wearer)
    this.move = wishes.wearer === null ? 0 : wishes.weights.move
    this.bits = new CantripBits(wardrobe, wishes)
    this.setGain = setGains(wishes)
    const of = (onClothes: boolean) =>
      Float64Array.from(ratingKinds, (kind) => ratingsPoints(kind, onClothes, wishes.weights))
    this.ratings = [of(false), of(true)]
    // the first of two alike
    this.sets = new Map(wishes.sets.map(({ id }, n) => [id, n + 1]).reverse() as [number, number][])
  }

  /** What candidate c is worth in one of the wardrobe's ways, by itself. The same as `pointsOf`. */
  pointsOf(c: number, { way, places }: WardrobeWay): number {
    const { wardrobe, ratings, weights } = this
    const first = places[0]!
    const clothes = first === SHIRT || first === PANTS
    const armor = first < BODY_PLACES || clothes ? wardrobe.armor[c]! * places.length * weights.armor : 0
    const own = ratings[clothes ? 1 : 0][wardrobe.ratings[c]!]!
    const move = wardrobe.owner[c] === this.wearer ? 0 : this.move
    return Math.round((armor + own + weights.piece - move - (way.tailored ? weights.tailoring : 0)) * HUNDREDTHS)
  }

  /** Which wanted set it counts for in that way: 1, 2, or 0 for none. */
  setOf(c: number, { places }: WardrobeWay): number {
    const set = this.wardrobe.set[c]!
    return set >= 0 && places[0]! < BODY_PLACES ? (this.sets.get(set) ?? 0) : 0
  }
}

const SHIRT = placeNumber.get('SHIRT')!
const PANTS = placeNumber.get('PANTS')!

function setGains({ sets }: Wishes): Float64Array {
  const width = MAX_PIECES + 1
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
