import { towns } from '../../../shared/world/dereth/towns.ts'
import type { useMapStore } from './map-store.ts'
import type { WorldStore } from '../world/world-store.ts'
import { dotColour } from './dot-look.ts'
import { lens } from './lens.ts'
import { type DotsLayer, dotsLayer } from './layers/dots-layer.ts'
import { graticuleLayer } from './layers/graticule-layer.ts'
import { labelsLayer } from './layers/labels-layer.ts'
import { scaleLayer } from './layers/scale-layer.ts'
import { terrainLayer } from './layers/terrain-layer.ts'
import { townsLayer } from './layers/towns-layer.ts'
import type { MapLayers } from './renderer.ts'
import type { TerrainPiece } from './terrain.worker.ts'
import type { View } from './view.ts'

export function makeMapLayers(
  world: () => WorldStore,
  terrain: () => TerrainPiece | null,
  map: ReturnType<typeof useMapStore>,
  glide: (i: number, now: number) => number,
): MapLayers & { dots: DotsLayer } {
  const colour = (i: number, view: View) =>
    lens.value?.colour(world().names[i]!, view) ??
    dotColour(
      map.colouring,
      { activity: world().activityAt(i, view.now), health: world().health[i]!, killsPerHour: world().killsPerHour[i]! },
      view.inks,
    )
  const selected = () => map.selected
  const hides = (i: number) => lens.value?.hides(world().names[i]!) ?? false
  const trails = () => map.shows.trails
  const dots = dotsLayer({ world, selected, trails, colour, hides, glide })
  return {
    dots,
    base: [terrainLayer(terrain, () => map.shows.terrain), graticuleLayer(() => map.shows.grid), townsLayer(towns)],
    trails: { world, shown: trails, selected, colour, hides },
    top: [
      dots,
      labelsLayer({ world, towns, dots, names: () => map.shows.names, grid: () => map.shows.grid, selected }),
      scaleLayer(),
    ],
  }
}
