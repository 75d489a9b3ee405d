// What the map can do beyond its first picture. Its code is loaded after that: only these types are known before.
import type { Ref } from 'vue'
import type { MapRenderer } from './renderer.ts'
import type { Sides } from './view.ts'

export interface MapExtras {
  /** What lies under a point of the picture, in words; null for nothing but the ground. */
  textAt(x: number, y: number): string | null
  /** Takes a tap; false if it is for the dots. */
  onTap(x: number, y: number): boolean
  /** Writes the address: what it is given, and what else there is to see. Until it is read, nobody else writes it. */
  write(start: string): void
}

/** What the extras are given. */
export interface MapParts {
  renderer: MapRenderer
  host: HTMLElement
  /** What the windows cover. Reactive. */
  free: () => Sides
  /** The extras announce themselves here once they are there. */
  extras: Ref<MapExtras | null>
  /** Has the address written once the state rests. */
  writeSoon(): void
}
