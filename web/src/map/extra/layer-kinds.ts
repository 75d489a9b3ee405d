// The layers that are loaded when they are switched on. A layer is a file with a function `start`, and an entry here.
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

export interface LayerKind {
  id: string
  name: string
  part: 'base' | 'top'
  load(): Promise<{ start(world: LayerWorld): OptionalLayer }>
}

export const layerKinds: readonly LayerKind[] = [
  { id: 'portals', name: 'Portals of the last hour', part: 'top', load: () => import('./portals-layer.ts') },
  { id: 'heat', name: 'Spawns of the last 24 hours', part: 'base', load: () => import('./heat-layer.ts') },
  { id: 'fog', name: 'Fog where nobody has been', part: 'base', load: () => import('./fog-layer.ts') },
  { id: 'lifestones', name: 'Lifestones', part: 'top', load: () => import('./lifestones-layer.ts') },
  { id: 'dungeons', name: 'Dungeon entrances', part: 'top', load: () => import('./dungeons-layer.ts') },
]
