import type { LayerWorld, OptionalLayer } from './layer-types.ts'
import { type CellGrid, cellBitmap, drawCells } from './cell-bitmap.ts'
import { MapSpawnHeatDocument } from './map-heat.query.gen.ts'
import { useAsked } from './useAsked.ts'

/** Where monsters were seen within the last day: yellow where few, red where many. It is of now at any moment. */
export function start(given: LayerWorld): OptionalLayer {
  let grid: CellGrid = { edge: 1, size: 1 }
  let bitmap: OffscreenCanvas | null = null
  useAsked(
    MapSpawnHeatDocument,
    () => ({}),
    given,
    ({ spawnHeatmap: heat }) => {
      if (!heat) return null
      grid = heat
      bitmap = cellBitmap(heat, (pixels) => paintHeat(pixels, heat.cells, heat.spawns))
      return Number(heat.total)
    },
  )
  return { layer: { id: 'heat', draw: (ctx, view) => bitmap && drawCells(ctx, view, grid, bitmap) } }
}

/** By the logarithm: a camp has a thousand times the sightings of a path. */
function paintHeat(pixels: Uint8ClampedArray, cells: readonly number[], spawns: readonly number[]) {
  const top = Math.log1p(spawns.reduce((most, count) => Math.max(most, count), 1))
  cells.forEach((cell, i) => {
    const share = Math.log1p(spawns[i]!) / top
    pixels.set(
      [255, Math.round(210 - 170 * share), Math.round(70 - 40 * share), Math.round(70 + 140 * share)],
      cell * 4,
    )
  })
}
