// What a suit comes to, and how one differs from another.
import { byText } from '../../language/language.ts'
import { setName } from '../../../../shared/world/dereth/equipment-sets.ts'
import type { SpellTier, SuitPlace, SuitPreset, SuitRating } from '../../generated/types.ts'
import { setPoints, suitRatings } from './presets.ts'
import type { Piece, Suit } from './suit.ts'
import type { SpellWish, Wishes } from './wishes.ts'

const fields = {
  DAMAGE: 'damage',
  DAMAGE_RESIST: 'damageResist',
  CRIT: 'crit',
  CRIT_RESIST: 'critResist',
  CRIT_DAMAGE: 'critDamage',
  CRIT_DAMAGE_RESIST: 'critDamageResist',
  HEAL_BOOST: 'healBoost',
  VITALITY: 'vitality',
} as const
const rank: readonly SpellTier[] = ['FEEBLE', 'MINOR', 'LESSER', 'MODERATE', 'INNER', 'MAJOR', 'EPIC', 'LEGENDARY']
/** Only what is worn here counts for a set. */
const body: readonly SuitPlace[] = [
  'HEAD',
  'CHEST',
  'ABDOMEN',
  'UPPER_ARMS',
  'LOWER_ARMS',
  'HANDS',
  'UPPER_LEGS',
  'LOWER_LEGS',
  'FEET',
]

export interface Totals {
  /** Levels of armor, each piece counted once for each part of the body it covers. */
  armor: number
  ratings: ReadonlyMap<SuitRating, number>
  sets: readonly { id: number; name: string; worn: number; wanted: number; points: number }[]
  /** Wanted cantrips with the best tier worn; null for those that are missing. */
  spells: readonly { family: number; label: string; tier: SpellTier | null; must: boolean }[]
  tailored: number
}

export const ratingsOf = (piece: Piece): [SuitRating, number][] =>
  suitRatings.flatMap((rating) => {
    const value = piece.item?.ratings[fields[rating]] ?? 0
    return value > 0 ? [[rating, value] as [SuitRating, number]] : []
  })
/** The cantrips of a piece, the strongest first. */
export const cantripsOf = (piece: Piece) =>
  (piece.item?.boundSpells ?? [])
    .filter(({ tier }) => tier !== null)
    .toSorted((a, b) => rank.indexOf(b.tier!) - rank.indexOf(a.tier!) || byText(a.name, b.name))

function bestTier(pieces: readonly Piece[], { label, atLeast }: SpellWish): SpellTier | null {
  const worn = pieces.flatMap((piece) => cantripsOf(piece).filter(({ familyName }) => familyName === label))
  const best = Math.max(-1, ...worn.map(({ tier }) => rank.indexOf(tier!)))
  return best >= rank.indexOf(atLeast) ? rank[best]! : null
}
function setTotals(pieces: readonly Piece[], wishes: Wishes) {
  const counts = new Map<number, number>()
  for (const { item, places } of pieces)
    if (item?.setId && places.some((place) => body.includes(place)))
      counts.set(item.setId, (counts.get(item.setId) ?? 0) + 1)
  const points = (preset: SuitPreset, wanted: number, worn: number) => {
    const table = setPoints(preset, wanted)
    return table[Math.min(worn, table.length - 1)]!
  }
  const wanted = wishes.sets.map(({ id, pieces: asked }) => {
    const worn = counts.get(id) ?? 0
    return { id, name: setName(id), worn, wanted: asked, points: points(wishes.preset, asked, worn) }
  })
  const others = [...counts]
    .filter(([id, worn]) => worn > 1 && !wanted.some((one) => one.id === id))
    .map(([id, worn]) => ({ id, name: setName(id), worn, wanted: 0, points: 0 }))
  return [...wanted, ...others.sort((a, b) => b.worn - a.worn)]
}

export function totalsOf({ pieces }: Suit, wishes: Wishes): Totals {
  const ratings = new Map<SuitRating, number>()
  for (const piece of pieces)
    for (const [rating, value] of ratingsOf(piece)) ratings.set(rating, (ratings.get(rating) ?? 0) + value)
  return {
    armor: pieces.reduce((sum, { item, places }) => sum + (item?.baseArmorLevel ?? 0) * places.length, 0),
    ratings,
    sets: setTotals(pieces, wishes),
    spells: wishes.spells.map((wish) => ({
      family: wish.family,
      label: wish.label,
      must: wish.must,
      tier: bestTier(pieces, wish),
    })),
    tailored: pieces.filter(({ tailored }) => tailored).length,
  }
}

export interface Difference {
  /** Pieces of the other suit that this one has not, and the other way round. */
  on: readonly Piece[]
  off: readonly Piece[]
  points: number
  armor: number
  ratings: ReadonlyMap<SuitRating, number>
  gained: readonly string[]
  lost: readonly string[]
}

/** What changes from one suit to another. A piece worn in other places is the same piece. */
export function differenceOf(from: Suit, to: Suit, wishes: Wishes): Difference {
  const [before, after] = [totalsOf(from, wishes), totalsOf(to, wishes)]
  const has = (suit: Suit, { itemId }: Piece) => suit.pieces.some((one) => one.itemId === itemId)
  const steps = suitRatings.map((rating): [SuitRating, number] => [
    rating,
    (after.ratings.get(rating) ?? 0) - (before.ratings.get(rating) ?? 0),
  ])
  const better = (a: Totals, b: Totals) =>
    a.spells
      .filter(({ tier }, nth) => rank.indexOf(tier!) > rank.indexOf(b.spells[nth]!.tier!))
      .map(({ label }) => label)
  return {
    on: to.pieces.filter((piece) => !has(from, piece)),
    off: from.pieces.filter((piece) => !has(to, piece)),
    points: Math.round((to.score.total - from.score.total) * 100) / 100,
    armor: after.armor - before.armor,
    ratings: new Map(steps.filter(([, step]) => step !== 0)),
    gained: better(after, before),
    lost: better(before, after),
  }
}
