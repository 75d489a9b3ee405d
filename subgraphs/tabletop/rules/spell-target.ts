// Who or what a spell is cast at, and its target numbers (core p. 130).
import { rangedModifiers } from '../../../shared/world/tabletop/ranged-modifiers.ts'
import { objectResistance, type ObjectKind, type Spell } from '../../../shared/world/tabletop/spells.ts'
import type { Vision, Visibility, VisibilityTable } from '../../../shared/world/tabletop/visibility.ts'
import { rulePart, sheetPart, type Part } from './breakdown.ts'
import { attributeOf } from './derived.ts'
import { visibilityParts } from './ranged-target.ts'
import { RuleError } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import type { CharacterState } from './state.ts'

/** A character in the spell's way. */
export interface CharacterTarget {
  sheet: Sheet
  state: CharacterState
  /** Dice of spell defence that somebody gave to this target; they are added to the resistance. */
  defenceDice?: number
  hasPartialCover?: boolean
  visibility?: Visibility[]
}

/** A thing. It does not resist, and mana spells do nothing to it. */
export interface ObjectTarget {
  object: ObjectKind
  name: string
}

export type SpellTarget = CharacterTarget | ObjectTarget

/** The attribute that a spell works against and that resists it. */
export const resistingAttribute = (spell: Spell): 'willpower' | 'body' => (spell.type === 'mana' ? 'willpower' : 'body')

/** The parts of a target number that belong to the target. A RuleError for a mana spell at a thing. */
export function targetParts(spell: Spell, target: SpellTarget, vision: Vision, table?: VisibilityTable): Part[] {
  if ('object' in target) {
    if (spell.type === 'mana')
      throw new RuleError('targets', `${spell.name} is a mana spell and works only on the living`)
    const value = objectResistance[target.object]
    if (value === undefined)
      throw new RuleError('targets', `object must be one of ${Object.keys(objectResistance).join(', ')}`)
    return [{ name: `object: ${target.object}`, value, source: 'core p. 130', certainty: 'core' }]
  }
  const attribute = resistingAttribute(spell)
  const base: Part =
    spell.targetNumber === null
      ? sheetPart(`target's ${attribute}`, attributeOf(target.sheet, attribute))
      : { name: spell.name, value: spell.targetNumber, source: 'core p. 131', certainty: spell.certainty }
  const cover = target.hasPartialCover ? [rulePart('partial cover', rangedModifiers.partialCover)] : []
  return [base, ...cover, ...visibilityParts(target.visibility ?? [], vision, table)]
}
