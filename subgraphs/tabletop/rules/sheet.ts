// A character as it is on paper. What changes during play is in state.ts. Every number is whole.
import type { Vision } from '../../../shared/world/tabletop/visibility.ts'
import type { Weapon } from './weapon.ts'

export const attributeNames = ['body', 'quickness', 'strength', 'charisma', 'intelligence', 'willpower'] as const
export type AttributeName = (typeof attributeNames)[number]
export type Attributes = Record<AttributeName, number>

/** A narrower rating of a skill; null in SheetSkill if the character has none. */
export interface NarrowRating {
  name: string
  rating: number
}

/** A skill. Ratings are those rolled in play: a concentration has already lowered the general rating. */
export interface SheetSkill {
  name: string
  rating: number
  concentration: NarrowRating | null
  specialization: NarrowRating | null
}

/** One piece of armour. Of several that are worn, the highest of each value counts. */
export interface Armour {
  name: string
  ballistic: number
  impact: number
  isWorn: boolean
}

/** A spell the character has learned; it may be cast at its Force or lower. */
export interface KnownSpell {
  name: string
  force: number
}

export interface Sheet {
  name: string
  streetName: string | null
  archetype: string
  metatype: string
  /** Natural attributes. */
  attributes: Attributes
  /** What cyberware and magic add to attributes. */
  augmentations: Partial<Attributes>
  /** Added to natural Reaction. */
  reactionBonus: number
  /** All dice of initiative; 1 without augmentation. */
  initiativeDice: number
  /** The Magic attribute; 0: no magic. */
  magic: number
  /** Dice of power foci in use. */
  powerFoci: number
  /** Dice of the Hacking Pool and the Control Pool; 0 without a cyberdeck or a control rig. */
  hackingPool: number
  controlPool: number
  skills: SheetSkill[]
  vision: Vision
  weapons: Weapon[]
  armour: Armour[]
  spells: KnownSpell[]
  /** Karma earned in the whole career; a tenth is the Karma Pool. */
  karmaEarned: number
}
