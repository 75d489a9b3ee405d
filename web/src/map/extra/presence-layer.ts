import { MapPresenceDocument } from '../map-presence.query.gen.ts'
import { type CellGrid, cellBitmap, drawCells } from './cell-bitmap.ts'
import type { LayerWorld, OptionalLayer } from './layer-types.ts'
import { useAsked } from './useAsked.ts'

/** Where the guild has been, ever: blue where seldom, white where often. It counts the visits. */
export function start(given: LayerWorld): OptionalLayer {
  let grid: CellGrid = { edge: 1, size: 1 }
  let bitmap: OffscreenCanvas | null = null
  useAsked(
    MapPresenceDocument,
    () => ({}),
    given,
    ({ presence }) => {
      if (!presence) return null
      grid = presence
      bitmap = cellBitmap(presence, (pixels) => paintPresence(pixels, presence.cells, presence.visits))
      return presence.visits.reduce((sum, visits) => sum + visits, 0)
    },
  )
  return { layer: { id: 'presence', draw: (ctx, view) => bitmap && drawCells(ctx, view, grid, bitmap) } }
}

/** By the logarithm: a town has a thousand times the visits of a path. */
function paintPresence(pixels: Uint8ClampedArray, cells: readonly number[], visits: readonly number[]) {
  const top = Math.log1p(visits.reduce((most, count) => Math.max(most, count), 1))
  cells.forEach((cell, i) => {
    const share = Math.log1p(visits[i]!) / top
    pixels.set(
      [Math.round(40 + 200 * share), Math.round(120 + 125 * share), 255, Math.round(70 + 150 * share)],
      cell * 4,
    )
  })
}
