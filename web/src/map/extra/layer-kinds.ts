// The layers that are loaded when they are switched on. A layer is a file with a function `start`, and an entry here.
import type { LayerWorld, OptionalLayer } from './layer-types.ts'

export interface LayerKind {
  id: string
  name: string
  part: 'base' | 'top'
  load(): Promise<{ start(world: LayerWorld): OptionalLayer }>
}

export const layerKinds: readonly LayerKind[] = [
  { id: 'portals', name: 'Portals of the last hour', part: 'top', load: () => import('./portals-layer.ts') },
  { id: 'hour', name: 'Trails of the last hour', part: 'base', load: () => import('./hour-layer.ts') },
  { id: 'span', name: 'Trails of any time', part: 'base', load: () => import('./span-layer.ts') },
  { id: 'presence', name: 'Presence of the guild', part: 'base', load: () => import('./presence-layer.ts') },
  { id: 'heat', name: 'Spawns of the last 24 hours', part: 'base', load: () => import('./heat-layer.ts') },
  { id: 'fog', name: 'Fog where nobody has been', part: 'base', load: () => import('./fog-layer.ts') },
  { id: 'lifestones', name: 'Lifestones', part: 'top', load: () => import('./lifestones-layer.ts') },
  { id: 'dungeons', name: 'Dungeon entrances', part: 'top', load: () => import('./dungeons-layer.ts') },
]
