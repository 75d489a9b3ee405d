import type { Rating } from './candidate.ts'
import type { SuitPlace } from './places.ts'

/** The tiers of cantrips that count; weaker ones are worth nothing. */
export const WISH_TIERS = ['MINOR', 'MAJOR', 'EPIC', 'LEGENDARY'] as const
export type WishTier = (typeof WISH_TIERS)[number]

export interface SetWish {
  id: number
  /** So many pieces at least; 0 asks for none. */
  pieces: number
  /** Points by how many pieces are worn, from none on; the last stands for more. */
  points: readonly number[]
}

export interface SpellWish {
  family: number
  /** Weaker ones count for nothing. */
  atLeast: WishTier
  /** Points are multiplied by it. */
  weight: number
  /** No suit is without it. */
  required: boolean
}

/** Points for a rating: by what it is, from 0 on; what is above the list gets `beyond` more for each. */
export interface RatingRule {
  rating: Rating
  points: readonly number[]
  beyond: number
  /** Only on shirts and pants. */
  onClothes: boolean
}

/** What a suit is worth, in points. A hundredth of a point is the least that counts. */
export interface Weights {
  /** A level of armor on one part of the body, on the shirt or on the pants. */
  armor: number
  ratings: readonly RatingRule[]
  /** A wanted cantrip, by the best tier worn. */
  tiers: Readonly<Record<WishTier, number>>
  /** Any piece at all. */
  piece: number
  /** Taken off for a piece somebody else than the wearer holds. */
  move: number
  /** Taken off for a piece that needs tailoring. */
  tailoring: number
}

export interface Lock {
  item: string
  /** Where exactly; null is wherever it is best. */
  places: readonly SuitPlace[] | null
}

/** What somebody wants of a suit. */
export interface Wishes {
  /** The wearer; null for no particular one. */
  wearer: string | null
  sets: readonly SetWish[]
  spells: readonly SpellWish[]
  weights: Weights
  locked: readonly Lock[]
  excluded: readonly string[]
  /** The wearer's level: what asks for more is left out. Null is any. */
  level: number | null
  onlyUnequipped: boolean
  /** Pieces of so many characters at most; null is any number. */
  maxOwners: number | null
  /** So many pieces are tailored at most; 0 forbids it, null is any number. */
  maxTailored: number | null
  /** What every suit covers, with at least so much armor on the piece. */
  floors: Readonly<Partial<Record<SuitPlace, number>>>
  /** Critical damage ratings a piece of armor may have; null is any. */
  critDamage: readonly number[] | null
}
