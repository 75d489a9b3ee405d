import { shallowRef } from 'vue'
import { useWindowStore } from '../desktop/window-store.ts'

/** The item somebody asked to see where it lies. A new object each time: asking twice shows it twice. */
export const itemShown = shallowRef<{ character: string; id: string } | null>(null)

/** Opens the owner's inventory and points at the item there. */
export function showItem(character: string, id: string) {
  itemShown.value = { character, id }
  useWindowStore().open('inventory', { character })
}
