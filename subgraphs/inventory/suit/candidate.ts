import type { SpellTier } from '../../../shared/world/dereth/spells.ts'

export const RATINGS = [
  'DAMAGE',
  'DAMAGE_RESIST',
  'CRIT',
  'CRIT_RESIST',
  'CRIT_DAMAGE',
  'CRIT_DAMAGE_RESIST',
  'HEAL_BOOST',
  'VITALITY',
] as const
export type Rating = (typeof RATINGS)[number]

/** An item that may be part of a suit. */
export interface Candidate {
  /** As the graph knows it. */
  id: string
  name: string
  owner: string
  equipped: boolean
  /** The equip mask. */
  slots: number
  /** It has a material: made by chance, so that it can be tailored. */
  loot: boolean
  /** Without active spells, its own Impenetrability counted; 0 where it has none. */
  armorLevel: number
  setId: number | null
  cantrips: readonly { family: number; tier: SpellTier }[]
  ratings: Readonly<Partial<Record<Rating, number>>>
  /** The level its wearer must have; 0 for none. */
  wieldLevel: number
}
