import { shallowRef } from 'vue'
import type { KnownSpell } from './spell-search.ts'

/**
 * A list made of the game's spells, empty until somebody begins to look for one: the table of six thousand is loaded
 * then.
 */
export function spellTable<T>(make: (spells: Iterable<KnownSpell>, familyName: (family: number) => string) => T[]) {
  const list = shallowRef<readonly T[]>([])
  async function begin() {
    if (list.value.length > 0) return
    const { allSpells, familyName } = await import('../../../shared/world/dereth/spells.ts')
    list.value = make(allSpells().values(), familyName)
  }
  return { list, begin }
}
