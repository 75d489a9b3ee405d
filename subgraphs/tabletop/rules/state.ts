// What changes about a character during play. Sizes of pools follow from the sheet and are not stored.
import type { Sheet } from './sheet.ts'

export const poolNames = ['combat', 'magic', 'hacking', 'control', 'karma'] as const
export type PoolName = (typeof poolNames)[number]

/** A spell that its caster keeps in effect. */
export interface SustainedSpell {
  name: string
  force: number
  /** Names of characters or things it is on. */
  targets: string[]
}

export interface CharacterState {
  /** Boxes of damage, from 0; above 10 the character is dying, above 10 + Body dead. */
  physical: number
  /** Boxes of stun, 0 to 10. What is more goes to `physical`. */
  stun: number
  /** Rounds in each weapon, by its name. */
  ammo: Record<string, number>
  /** Dice of each pool that are used up until it refreshes. */
  poolsSpent: Record<PoolName, number>
  /** Dice of each pool that go to the next test of the character. They are not spent before. */
  committed: Record<PoolName, number>
  sustained: SustainedSpell[]
  nuyen: number
  /** Good Karma that is not spent. */
  karma: number
  /** What it carries, in words. */
  gear: string[]
}

const noDice = (): Record<PoolName, number> => ({ combat: 0, magic: 0, hacking: 0, control: 0, karma: 0 })

/** A character that is unhurt, rested and loaded. */
export function freshState(sheet: Sheet): CharacterState {
  return {
    physical: 0,
    stun: 0,
    ammo: Object.fromEntries(
      sheet.weapons.flatMap((weapon) => (weapon.kind === 'ranged' ? [[weapon.name, weapon.magazine]] : [])),
    ),
    poolsSpent: noDice(),
    committed: noDice(),
    sustained: [],
    nuyen: 0,
    karma: 0,
    gear: [],
  }
}

/** A state as it was stored, perhaps before it had all of its fields. */
export const storedState = (state: CharacterState): CharacterState => ({
  ...{ committed: noDice(), nuyen: 0, karma: 0, gear: [] },
  ...state,
})
