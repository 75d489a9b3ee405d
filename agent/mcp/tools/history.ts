import { z } from 'zod'
import { describePlace } from '../../../shared/world/dereth/coordinates.ts'
import { nearestTown } from '../../../shared/world/dereth/nearest-town.ts'
import { characterLink } from '../links.ts'
import { defineDocumentTool } from '../tool.ts'
import { characterName, figure, hours, hoursBefore } from './fields.ts'
import { McpHistoryDocument } from './history.query.gen.ts'

/** How much a counter grew from one value to the next; null where either is not known or it began again. */
const growth = (before: number | null | undefined, now: number | null | undefined): number | null =>
  before == null || now == null || now < before ? null : now - before

export const history = defineDocumentTool({
  name: 'get_history',
  title: 'History and trail of a character',
  description:
    'Where one character was and how its kills and deaths grew, in equal steps of time, oldest first. Steps in which ' +
    'nothing was heard of it are left out.',
  input: {
    name: characterName,
    hours: hours(6, 720),
    steps: z.int().min(2).max(100).default(24).describe('How many steps the time is divided into, at most.'),
  },
  row: {
    character: z.string(),
    at: z.string(),
    place: z.string().nullable(),
    near: z.string().nullable(),
    kills: figure,
    deaths: figure,
    kills_per_hour: figure,
  },
  document: McpHistoryDocument,
  variables: ({ name, hours, steps }, now) => ({ name, since: hoursBefore(now, hours), points: steps }),
  rows({ character }) {
    const known = character?.history?.telemetry
    if (!character || !known) return { rows: [], total: 0 }
    const rows = known.at.flatMap((at, nth) => {
      if (!known.frames[nth]) return []
      const [ew, ns] = [known.ew?.last[nth], known.ns?.last[nth]]
      const place = ew == null || ns == null ? null : { ew, ns }
      return {
        character: character.name,
        at,
        place: place && describePlace(place),
        near: place && nearestTown(place),
        kills: growth(known.kills.last[nth - 1], known.kills.last[nth]),
        deaths: growth(known.deaths.last[nth - 1], known.deaths.last[nth]),
        kills_per_hour: known.killsPerHour.last[nth] ?? null,
      }
    })
    return { rows, total: rows.length }
  },
  links: ({ character }) => [characterLink(character)],
})
