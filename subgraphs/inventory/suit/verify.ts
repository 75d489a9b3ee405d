import type { Candidate } from './candidate.ts'
import { capacityOf, SUIT_PLACES, waysToWear, type SuitPlace } from './places.ts'
import { WISH_TIERS, type Wishes } from './wishes.ts'

/** A piece of a suit, and where it is worn. */
export interface Piece {
  candidate: Candidate
  places: readonly SuitPlace[]
  tailored: boolean
}

/** What a suit is worth, part by part, in points. */
export interface Score {
  armor: number
  ratings: number
  pieces: number
  spells: number
  sets: number
  /** Taken off for moving and tailoring: never above 0. */
  costs: number
  total: number
}

const CLOTHES: readonly SuitPlace[] = ['SHIRT', 'PANTS']
const NO_ARMOR: readonly SuitPlace[] = ['NECK', 'WRIST', 'FINGER', 'TRINKET', 'CLOAK']

/**
 * What a suit is worth by its wishes alone: worked out piece by piece, with nothing of the solver. A hundredth of a
 * point is the least that counts, so each way to wear a piece is rounded to it.
 */
export function scoreOf(pieces: readonly Piece[], wishes: Wishes): Score {
  const { weights, sets, spells, wearer } = wishes
  const score: Score = { armor: 0, ratings: 0, pieces: 0, spells: 0, sets: 0, costs: 0, total: 0 }
  let whole = 0
  for (const { candidate, places, tailored } of pieces) {
    const armor = NO_ARMOR.includes(places[0]!) ? 0 : Math.max(0, candidate.armorLevel) * places.length * weights.armor
    let ratings = 0
    for (const rule of weights.ratings) {
      const value = candidate.ratings[rule.rating] ?? 0
      if (value <= 0 || (rule.onClothes && !CLOTHES.includes(places[0]!))) continue
      for (let step = 1; step <= value; step++)
        ratings += step < rule.points.length ? rule.points[step]! - rule.points[step - 1]! : rule.beyond
      ratings += rule.points[0]!
    }
    const costs =
      (wearer !== null && candidate.owner !== wearer ? -weights.move : 0) - (tailored ? weights.tailoring : 0)
    score.armor += armor
    score.ratings += ratings
    score.pieces += weights.piece
    score.costs += costs
    whole += Math.round((armor + ratings + weights.piece + costs) * 100)
  }
  for (const { family, atLeast, weight } of spells) {
    const tiers = pieces.flatMap(({ candidate }) =>
      candidate.cantrips
        .filter((cantrip) => cantrip.family === family)
        .map(({ tier }) => WISH_TIERS.findIndex((one) => one === tier)),
    )
    const best = Math.max(-1, ...tiers)
    if (best < WISH_TIERS.indexOf(atLeast)) continue
    const counted = WISH_TIERS.slice(WISH_TIERS.indexOf(atLeast), best + 1)
    const points = Math.round(Math.max(...counted.map((tier) => weights.tiers[tier])) * weight * 100)
    score.spells += points / 100
    whole += points
  }
  for (const set of sets) {
    const worn = piecesOf(pieces, set.id)
    const points = Math.round((set.points[Math.min(worn, set.points.length - 1)] ?? 0) * 100)
    score.sets += points / 100
    whole += points
  }
  return { ...score, total: whole / 100 }
}

const piecesOf = (pieces: readonly Piece[], setId: number) =>
  pieces.filter(({ candidate, places }) => candidate.setId === setId && SUIT_PLACES.indexOf(places[0]!) < 9).length

/** What is wrong with a suit, in words; empty when it is as wished. */
export function faultsOf(pieces: readonly Piece[], wishes: Wishes): string[] {
  const faults: string[] = []
  for (const place of SUIT_PLACES) {
    const there = pieces.filter(({ places }) => places.includes(place))
    if (there.length > capacityOf(place)) faults.push(`${there.length} pieces at ${place}`)
    const floor = wishes.floors[place]
    if (floor !== undefined && !there.length) faults.push(`nothing at ${place}`)
    if (floor !== undefined && there.some(({ candidate }) => Math.max(0, candidate.armorLevel) < floor))
      faults.push(`too little armor at ${place}`)
  }
  if (new Set(pieces.map(({ candidate }) => candidate.id)).size < pieces.length) faults.push('an item is worn twice')
  for (const { candidate, places, tailored } of pieces) {
    const isLocked = wishes.locked.some(({ item }) => item === candidate.id)
    const ways = waysToWear(candidate.slots, candidate.loot)
    if (!ways.some((way) => way.tailored === tailored && way.places.join() === places.join()))
      faults.push(`${candidate.name} is not worn at ${places.join(', ')}`)
    if (isLocked) continue
    if (wishes.excluded.includes(candidate.id)) faults.push(`${candidate.name} is excluded`)
    if (wishes.level !== null && candidate.wieldLevel > wishes.level)
      faults.push(`${candidate.name} asks for a higher level`)
    if (wishes.onlyUnequipped && candidate.equipped && candidate.owner !== wishes.wearer)
      faults.push(`${candidate.name} is worn by ${candidate.owner}`)
    if (
      wishes.critDamage &&
      SUIT_PLACES.indexOf(places[0]!) < 9 &&
      !wishes.critDamage.includes(candidate.ratings.CRIT_DAMAGE ?? 0)
    )
      faults.push(`${candidate.name} has another critical damage rating`)
  }
  for (const { item, places } of wishes.locked) {
    const worn = pieces.find(({ candidate }) => candidate.id === item)
    if (!worn || (places && [...places].sort().join() !== [...worn.places].sort().join()))
      faults.push(`${item} is locked and not worn so`)
  }
  for (const { id, pieces: wanted } of wishes.sets)
    if (piecesOf(pieces, id) < wanted) faults.push(`set ${id} lacks pieces`)
  for (const { family, atLeast, required: must } of wishes.spells) {
    const has = pieces.some(({ candidate }) =>
      candidate.cantrips.some(
        (cantrip) =>
          cantrip.family === family &&
          WISH_TIERS.findIndex((tier) => tier === cantrip.tier) >= WISH_TIERS.indexOf(atLeast),
      ),
    )
    if (must && !has) faults.push(`spell family ${family} is missing`)
  }
  const owners = new Set(pieces.map(({ candidate }) => candidate.owner)).size
  if (wishes.maxOwners !== null && owners > wishes.maxOwners) faults.push(`pieces of ${owners} owners`)
  const tailored = pieces.filter((piece) => piece.tailored).length
  if (wishes.maxTailored !== null && tailored > wishes.maxTailored) faults.push(`${tailored} pieces are tailored`)
  return faults
}
