import { setName } from '../../../../shared/world/dereth/equipment-sets.ts'
import { slotLabel } from '../../../../shared/world/dereth/item-slots.ts'
import { materialName } from '../../../../shared/world/dereth/materials.ts'
import { objectClassName } from '../../../../shared/world/dereth/object-class.ts'
import type { ItemSlot, SpellTier } from '../../generated/types.ts'
import { tierName } from '../../item/tiers.ts'
import type { FacetName } from './criteria.ts'

/** `Melee weapon` for `MeleeWeapon`. */
const readableClass = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** What a facet's value is called: also of one that nothing found has any more. */
export function facetLabel(name: FacetName, key: string): string {
  if (name === 'sets') return setName(Number(key))
  if (name === 'materials') return materialName(Number(key))
  if (name === 'objectClasses') return readableClass(objectClassName(Number(key)))
  if (name === 'slots') return slotLabel(key as ItemSlot) ?? key
  if (name === 'tiers') return tierName(key as SpellTier)
  return key
}
