import { z } from 'zod'
import { characterLink } from '../links.ts'
import { defineDocumentTool } from '../tool.ts'
import { hoursBefore } from './fields.ts'
import { McpFleetSummaryDocument, type McpPlaceFragment } from './fleet-summary.query.gen.ts'

const places = z.array(z.object({ character: z.string(), value: z.number() }))
const placesOf = (found: readonly McpPlaceFragment[] | null): z.output<typeof places> =>
  (found ?? []).map(({ character, value }) => ({ character: character.name, value: Math.round(value * 10) / 10 }))

export const fleetSummary = defineDocumentTool({
  name: 'get_fleet_summary',
  title: 'The guild at a glance',
  description:
    'One row on the whole guild: online and known characters, totals, and rares, alerts and leaders of the last hours.',
  input: { hours: z.int().min(1).max(720).default(24).describe('The window of rares, alerts and leaders, in hours.') },
  row: {
    online: z.number(),
    characters: z.number(),
    items: z.number(),
    totals: z.object({ kills: z.number(), deaths: z.number(), rares: z.number(), online_seconds: z.number() }),
    window_hours: z.number(),
    rares: z.number(),
    alerts: z.number(),
    most_kills: places,
    most_kills_per_hour: places,
    most_deaths: places,
  },
  document: McpFleetSummaryDocument,
  variables: ({ hours }, now) => ({ since: hoursBefore(now, hours), hours }),
  rows: ({ live, known, items, totals, rares, alerts, kills, killsPerHour, deaths }, { hours }) => ({
    total: 1,
    rows: [
      {
        online: live.totalCount,
        characters: known.totalCount,
        items: items.totalCount,
        totals: {
          kills: totals.kills,
          deaths: totals.deaths,
          rares: totals.rares,
          online_seconds: totals.onlineSeconds,
        },
        window_hours: hours,
        rares: rares.totalCount,
        alerts: alerts.totalCount,
        most_kills: placesOf(kills),
        most_kills_per_hour: placesOf(killsPerHour),
        most_deaths: placesOf(deaths),
      },
    ],
  }),
  links: ({ most_kills }) => most_kills.map(({ character }) => characterLink(character)),
})
