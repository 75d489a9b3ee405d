import { shallowRef } from 'vue'
import type { Place } from '../../../shared/world/dereth/coordinates.ts'

/** What the rest of the page may ask of the map. */
export interface MapControl {
  flyTo(place: Place, k?: number): void
  zoom(factor: number): void
  showWorld(): void
}

export const mapControl = shallowRef<MapControl | null>(null)
