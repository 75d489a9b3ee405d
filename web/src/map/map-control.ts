import { shallowRef } from 'vue'
import type { Place } from '../../../shared/world/dereth/coordinates.ts'

/** What the rest of the page may ask of the map. */
export interface MapControl {
  flyTo(place: Place, k?: number): void
  zoom(factor: number): void
  showWorld(): void
}

/** A menu that the map asks for: of a dot, or of a place if `name` is null. `x` and `y` are pixels of the page. */
export interface MapMenuRequest {
  name: string | null
  place: Place
  x: number
  y: number
}

export const mapControl = shallowRef<MapControl | null>(null)
