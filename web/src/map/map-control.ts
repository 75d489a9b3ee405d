import { shallowRef } from 'vue'
import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import type { WorldStore } from '../world/world-store.ts'
import type { DotMark } from './layers/dots-layer.ts'

/** What the rest of the page may ask of the map. */
export interface MapControl {
  flyTo(place: Place, k?: number): void
  /** Has a place in the middle at once. */
  lookAt(place: Place, k: number): void
  /** Flies to a character that has a place above ground in the shown world. */
  flyToCharacter(name: string): void
  /** The world that is shown. */
  readonly world: WorldStore
  zoom(factor: number): void
  showWorld(): void
  /** Draws something around the selected dot until it is over. */
  mark(mark: DotMark): void
}

/** A menu that the map asks for: of a dot, or of a place if `name` is null. `x` and `y` are pixels of the page. */
export interface MapMenuRequest {
  name: string | null
  place: Place
  x: number
  y: number
}

export const mapControl = shallowRef<MapControl | null>(null)
