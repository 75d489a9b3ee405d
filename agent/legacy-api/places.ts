import { LegacyApiHeatmapDocument } from './heatmap.query.gen.ts'
import { LegacyApiPortalsDocument, type LegacyApiPortalsQuery } from './portals.query.gen.ts'
import { z } from 'zod'
import { allPages } from './ask.ts'
import { endpoint, wholeNumber } from './endpoint.ts'
import { isoformat, moment } from './moment.ts'

export const heatmap = endpoint({
  path: '/spawns/heatmap',
  family: 'World',
  says: 'Where monsters were seen, counted by cell of half a map unit, the busiest first.',
  query: z.object({
    hours: wholeNumber('The window in hours.', 24, 1, 168),
    limit: wholeNumber('At most so many cells.', 10_000, 1, 50_000),
  }),
  answer: z.object({
    spawn_points: z.array(
      z.object({
        ew: z.number().describe('Middle of the cell, in map units.'),
        ns: z.number().describe('Middle of the cell, in map units.'),
        intensity: z.number().describe('Sightings in the cell.'),
      }),
    ),
    total_points: z.number().describe('How many cells there are in this answer.'),
    hours_window: z.number(),
  }),
  async run({ query: { hours, limit } }, ask) {
    const { spawnHeatmap: map } = await ask(LegacyApiHeatmapDocument, { hours })
    const middle = (step: number) => (step + 0.5) * map.cellSize
    const points = map.cells
      .map((cell, i) => ({
        ew: middle(cell % map.size) - map.edge,
        ns: map.edge - middle(Math.floor(cell / map.size)),
        intensity: map.spawns[i]!,
      }))
      .sort((a, b) => b.intensity - a.intensity)
      .slice(0, limit)
    return { spawn_points: points, total_points: points.length, hours_window: hours }
  },
})

const MAX_PORTALS = 5_000

export const portals = endpoint({
  path: '/portals',
  family: 'World',
  says: 'Portals seen lately, each place once.',
  answer: z.object({
    portal_count: z.number(),
    portals: z.array(
      z.object({
        portal_name: z.string().nullable(),
        coordinates: z.object({ ew: z.number(), ns: z.number(), z: z.number().nullable() }).describe('In map units.'),
        discovered_by: z.string().nullable().describe('Null where the finder hides its place.'),
        discovered_at: moment,
      }),
    ),
  }),
  async run(_, ask) {
    const portals = await allPages<LegacyApiPortalsQuery['portals']['nodes'][number]>(
      MAX_PORTALS,
      async (after) => (await ask(LegacyApiPortalsDocument, { after })).portals,
    )
    return {
      portal_count: portals.length,
      portals: portals.map(({ name, ew, ns, z, discoveredBy, discoveredAt }) => ({
        portal_name: name,
        coordinates: { ew, ns, z },
        discovered_by: discoveredBy?.name ?? null,
        discovered_at: isoformat(discoveredAt),
      })),
    }
  },
})
