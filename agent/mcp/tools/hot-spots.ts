import { z } from 'zod'
import { formatPlace } from '../../../shared/world/dereth/coordinates.ts'
import { nearestTown } from '../../../shared/world/dereth/nearest-town.ts'
import { definePagedTool, pageOf } from '../tool.ts'
import { McpHotSpotsDocument } from './hot-spots.query.gen.ts'

export const hotSpots = definePagedTool({
  name: 'get_hot_spots',
  title: 'Hot spots of monsters',
  description: 'Places where most monsters were seen lately, most first, with the nearest town.',
  input: {
    hours: z.int().min(1).max(168).default(24).describe('How far back, in hours.'),
    monster: z.string().min(1).max(100).optional().describe('Only this monster, by name.'),
  },
  row: { place: z.string(), ew: z.number(), ns: z.number(), near: z.string().nullable(), sightings: z.number() },
  mostRows: 100,
  document: McpHotSpotsDocument,
  variables: ({ hours, monster }) => ({ hours, monster: monster ?? null }),
  rows({ spawnHeatmap: { cells, spawns, size, cellSize, edge } }, _, page) {
    const most = cells.map((cell, nth) => ({ cell, sightings: spawns[nth]! }))
    const rows = most
      .sort((a, b) => b.sightings - a.sightings)
      .map(({ cell, sightings }) => {
        const ew = (cell % size) * cellSize - edge + cellSize / 2
        const ns = edge - Math.floor(cell / size) * cellSize - cellSize / 2
        return { place: formatPlace({ ew, ns }), ew, ns, near: nearestTown({ ew, ns }), sightings }
      })
    return pageOf(rows, page)
  },
})
