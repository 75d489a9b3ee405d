// The names and values of presets: shown in empty fields. The values are those that the graph returns for each preset.
import type { SuitPreset, SuitRating, SuitRatingInput } from '../../generated/types.ts'

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
export const ratingNames: Readonly<Record<SuitRating, string>> = {
  DAMAGE: 'Damage',
  DAMAGE_RESIST: 'Damage resist',
  CRIT: 'Critical',
  CRIT_RESIST: 'Critical resist',
  CRIT_DAMAGE: 'Critical damage',
  CRIT_DAMAGE_RESIST: 'Crit. damage resist',
  HEAL_BOOST: 'Healing boost',
  VITALITY: 'Vitality',
}
export const presetNames: Readonly<Record<SuitPreset, readonly [name: string, says: string]>> = {
  STAT_POINTS: ['Stat points', 'A balance of cantrips, ratings, sets and armor.'],
  PUBLISHED_SCORE: [
    'Published score',
    'As the original suit builder counted: whole sets first, then legendary cantrips.',
  ],
  ARMOR_FIRST: ['Armor first', 'As stat points, with ten times as much for armor.'],
  DAMAGE_FIRST: ['Damage first', 'As stat points, with four times as much for damage and criticals.'],
}
export const weightTitles: Readonly<Record<WeightName, string>> = {
  armor: 'A level of armor on one part',
  minor: 'Minor cantrip',
  major: 'Major cantrip',
  epic: 'Epic cantrip',
  legendary: 'Legendary cantrip',
  piece: 'Any piece at all',
  move: 'Taken off for each piece to be fetched',
  tailoring: 'Taken off for each piece to be tailored',
}

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
    : `${(rule.points ?? []).slice(1).join('/')}${rule.onClothes ? ' clothes' : ''}`
}

/** Points for 0, 1, 2, … pieces of a set of which so many are wanted. */
export function setPoints(preset: SuitPreset, wanted: number): number[] {
  if (preset !== 'PUBLISHED_SCORE') return [0, 0, 6, 10, 20, 60]
  const whole = wanted || 5
  return Array.from({ length: whole + 1 }, (_, worn) => (worn === whole ? 1_000 : -200 * (whole - worn)))
}
