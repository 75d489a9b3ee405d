// What a layer that is loaded later is given, and what it gives.
import type { Ref } from 'vue'
import type { MapLayer } from '../view.ts'

/** What a layer knows of itself, for the panel. */
export interface LayerFacts {
  /** How many things it shows; null while that is not known. */
  count: number | null
  /** When they were asked for, by this page's clock; null for what does not change. */
  askedAt: number | null
  fault?: string | undefined
}

/** What a layer is given. It is started within a scope, which ends when it is switched off. */
export interface LayerWorld {
  /** The moment that is shown, as the graph takes it; null while the page is live. */
  moment: Readonly<Ref<string | null>>
  /** The present of the world that is shown, by the server's clock, in milliseconds. */
  serverNow(): number
  /** Draws it again. */
  invalidate(): void
  report(facts: LayerFacts): void
}

export interface OptionalLayer {
  layer: MapLayer
  /** What lies under a point of the picture as it was drawn last, in words. */
  textAt?(x: number, y: number): string | null
}
