// The layers that are loaded when they are switched on. A layer is a file with a function `start`, and an entry here.
import type { LayerWorld, OptionalLayer } from './layer-types.ts'
import { texts } from './messages.ts'

export interface LayerKind {
  id: string
  name: string
  part: 'base' | 'top'
  load(): Promise<{ start(world: LayerWorld): OptionalLayer }>
}

export const layerKinds: readonly LayerKind[] = [
  {
    id: 'portals',
    get name() {
      return texts.portalsOfTheLastHour
    },
    part: 'top',
    load: () => import('./portals-layer.ts'),
  },
  {
    id: 'hour',
    get name() {
      return texts.trailsOfTheLastHour
    },
    part: 'base',
    load: () => import('./hour-layer.ts'),
  },
  {
    id: 'span',
    get name() {
      return texts.trailsOfAnyTime
    },
    part: 'base',
    load: () => import('./span-layer.ts'),
  },
  {
    id: 'presence',
    get name() {
      return texts.presenceOfTheGuild
    },
    part: 'base',
    load: () => import('./presence-layer.ts'),
  },
  {
    id: 'heat',
    get name() {
      return texts.spawnsOfTheLast24
    },
    part: 'base',
    load: () => import('./heat-layer.ts'),
  },
  {
    id: 'fog',
    get name() {
      return texts.fogWhereNobodyHasBeen
    },
    part: 'base',
    load: () => import('./fog-layer.ts'),
  },
  {
    id: 'lifestones',
    get name() {
      return texts.lifestones
    },
    part: 'top',
    load: () => import('./lifestones-layer.ts'),
  },
  {
    id: 'dungeons',
    get name() {
      return texts.dungeonEntrances
    },
    part: 'top',
    load: () => import('./dungeons-layer.ts'),
  },
]
