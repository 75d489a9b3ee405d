// Condition monitors (core p. 111-112).
import { trackBoxes, type DamageKind } from '../../../shared/world/tabletop/damage-levels.ts'
import { woundModifiers } from '../../../shared/world/tabletop/ranged-modifiers.ts'
import { rulePart, type Part } from './breakdown.ts'
import { attributeOf } from './derived.ts'
import { limits } from './limits.ts'
import { wholeNumber } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import type { CharacterState } from './state.ts'

/** What a character can do. `dying` is unconscious with more than 10 boxes; it bleeds until stabilized. */
export type Condition = 'able' | 'unconscious' | 'dying' | 'dead'

/** The level of injury of one track; null without boxes, D when it is full. */
export function injuryOf(boxes: number): 'L' | 'M' | 'S' | 'D' | null {
  if (boxes >= trackBoxes) return 'D'
  return boxes >= 6 ? 'S' : boxes >= 3 ? 'M' : boxes >= 1 ? 'L' : null
}

/** The condition that follows from both tracks. Ten boxes on either are unconsciousness. */
export function conditionOf(sheet: Sheet, state: CharacterState): Condition {
  if (state.physical > trackBoxes + attributeOf(sheet, 'body')) return 'dead'
  if (state.physical > trackBoxes) return 'dying'
  return state.physical >= trackBoxes || state.stun >= trackBoxes ? 'unconscious' : 'able'
}

/**
 * The state after boxes of damage. Stun beyond ten boxes becomes physical damage. Who loses consciousness sustains no
 * spells.
 */
export function withDamage(state: CharacterState, kind: DamageKind, boxes: number): CharacterState {
  wholeNumber('boxes', boxes, 0, limits.dice)
  const stun = kind === 'stun' ? state.stun + boxes : state.stun
  const overflow = Math.max(0, stun - trackBoxes)
  const physical = state.physical + overflow + (kind === 'physical' ? boxes : 0)
  const isConscious = physical < trackBoxes && stun < trackBoxes
  return { ...state, stun: stun - overflow, physical, sustained: isConscious ? state.sustained : [] }
}

/**
 * What injuries add to target numbers, one part a track. The same values are subtracted from initiative. A full track
 * counts as Serious here: such a character does not act at all.
 */
export function injuryParts(state: Pick<CharacterState, 'physical' | 'stun'>): Part[] {
  return (['physical', 'stun'] as const).flatMap((track) => {
    const injury = injuryOf(state[track])
    return injury ? [rulePart(`injury: ${track}`, woundModifiers[injury === 'D' ? 'S' : injury])] : []
  })
}
