import { shallowRef } from 'vue'
import type { View } from './view.ts'

/** Another way to look at the characters of the map, which is loaded when it is first of use. */
export interface Lens {
  hides(name: string): boolean
  /** Undefined for the usual colour. */
  colour(name: string, view: View): string | undefined
}

/** Null while all characters look as usual. */
export const lens = shallowRef<Lens | null>(null)
