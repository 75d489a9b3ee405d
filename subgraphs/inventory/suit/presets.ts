import { RATINGS, type Rating } from './candidate.ts'
import type { RatingRule, Weights } from './wishes.ts'

export const PRESETS = ['STAT_POINTS', 'PUBLISHED_SCORE', 'ARMOR_FIRST', 'DAMAGE_FIRST'] as const
export type Preset = (typeof PRESETS)[number]

const each = (ratings: readonly Rating[], points: number): RatingRule[] =>
  ratings.map((rating) => ({ rating, points: [0], beyond: points, onClothes: false }))

const STAT_POINTS: Weights = {
  armor: 0.1,
  ratings: each(RATINGS, 10),
  tiers: { MINOR: 5, MAJOR: 15, EPIC: 25, LEGENDARY: 35 },
  piece: 0,
  move: 0,
  tailoring: 0,
}

const weights: Readonly<Record<Preset, Weights>> = {
  STAT_POINTS,
  // What the guild's former suit builder published: so that results compare.
  PUBLISHED_SCORE: {
    armor: 0.01,
    ratings: [
      { rating: 'CRIT_DAMAGE', points: [0, 10, 20], beyond: 0, onClothes: false },
      { rating: 'DAMAGE', points: [0, 10, 20, 30], beyond: 0, onClothes: true },
    ],
    tiers: { MINOR: 0, MAJOR: 0, EPIC: 0, LEGENDARY: 100 },
    piece: 5,
    move: 0,
    tailoring: 0,
  },
  ARMOR_FIRST: { ...STAT_POINTS, armor: 1 },
  DAMAGE_FIRST: {
    ...STAT_POINTS,
    ratings: [
      ...each(['DAMAGE', 'CRIT', 'CRIT_DAMAGE'], 40),
      ...each(['DAMAGE_RESIST', 'CRIT_RESIST', 'CRIT_DAMAGE_RESIST', 'HEAL_BOOST', 'VITALITY'], 5),
    ],
  },
}

/** What things are worth under a preset, before anybody changed it. */
export const weightsOf = (preset: Preset): Weights => weights[preset]

/**
 * Points of a set by its pieces. The published score pays for the whole of what was asked and takes off for each piece
 * missing.
 */
export function setPointsOf(preset: Preset, pieces: number): number[] {
  if (preset !== 'PUBLISHED_SCORE') return [0, 0, 6, 10, 20, 60]
  const whole = pieces || 5
  return Array.from({ length: whole + 1 }, (_, worn) => (worn === whole ? 1_000 : -200 * (whole - worn)))
}
