import { shallowRef } from 'vue'
import { type Family, familiesOf } from './spell-lists.ts'

// One table for all fields of the window.
const families = shallowRef<readonly Family[]>([])

/** Families of cantrips by name. The table of six thousand spells is loaded by whoever begins to look for one. */
export function useFamilies() {
  async function begin() {
    if (families.value.length > 0) return
    const { allSpells, familyName } = await import('../../../../shared/world/spells.ts')
    families.value = familiesOf(allSpells().values(), familyName)
  }
  return { families, begin }
}
