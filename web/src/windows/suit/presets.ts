// The names and values of presets: shown in empty fields. The values are those that the graph returns for each preset.
import type { SuitPreset, SuitRating, SuitRatingInput } from '../../generated/types.ts'
import { texts } from './messages.ts'

/** Points that may be set apart from the preset. */
export const weightNames = ['armor', 'minor', 'major', 'epic', 'legendary', 'piece', 'move', 'tailoring'] as const
export type WeightName = (typeof weightNames)[number]

export const suitRatings = [
  'DAMAGE',
  'DAMAGE_RESIST',
  'CRIT',
  'CRIT_RESIST',
  'CRIT_DAMAGE',
  'CRIT_DAMAGE_RESIST',
  'HEAL_BOOST',
  'VITALITY',
] as const satisfies readonly SuitRating[]

const statPoints = { armor: 0.1, minor: 5, major: 15, epic: 25, legendary: 35, piece: 0, move: 0, tailoring: 0 }
const weights: Readonly<Record<SuitPreset, Readonly<Record<WeightName, number>>>> = {
  STAT_POINTS: statPoints,
  PUBLISHED_SCORE: { ...statPoints, armor: 0.01, minor: 0, major: 0, epic: 0, legendary: 100, piece: 5 },
  ARMOR_FIRST: { ...statPoints, armor: 1 },
  DAMAGE_FIRST: statPoints,
}
/** What the preset gives where nothing else is said, in points. */
export const presetWeight = (preset: SuitPreset, name: WeightName): number => weights[preset][name]

const HURTS: readonly SuitRating[] = ['DAMAGE', 'CRIT', 'CRIT_DAMAGE']
/** The preset's points for ratings. */
export function ratingRules(preset: SuitPreset): SuitRatingInput[] {
  if (preset === 'PUBLISHED_SCORE')
    return [
      { rating: 'CRIT_DAMAGE', points: [0, 10, 20], beyond: 0, onClothes: false },
      { rating: 'DAMAGE', points: [0, 10, 20, 30], beyond: 0, onClothes: true },
    ]
  const each = (rating: SuitRating) => (preset === 'DAMAGE_FIRST' ? (HURTS.includes(rating) ? 40 : 5) : 10)
  return suitRatings.map((rating) => ({ rating, points: [0], beyond: each(rating), onClothes: false }))
}
/** The same in a word or two. */
export function ratingHint(preset: SuitPreset, rating: SuitRating): string {
  const rule = ratingRules(preset).find((one) => one.rating === rating)
  if (!rule) return '0'
  return rule.beyond
    ? String(rule.beyond)
    : `${(rule.points ?? []).slice(1).join('/')}${rule.onClothes ? texts.clothes : ''}`
}

/** Points for 0, 1, 2, … pieces of a set of which so many are wanted. */
export function setPoints(preset: SuitPreset, wanted: number): number[] {
  if (preset !== 'PUBLISHED_SCORE') return [0, 0, 6, 10, 20, 60]
  const whole = wanted || 5
  return Array.from({ length: whole + 1 }, (_, worn) => (worn === whole ? 1_000 : -200 * (whole - worn)))
}
