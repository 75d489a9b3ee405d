import { z } from 'zod'
import { defineTool, limit } from '../tool.ts'
import { McpRecentRaresDocument } from './recent-rares.query.gen.ts'

const HOUR_MS = 3_600_000

export const recentRares = defineTool({
  name: 'get_recent_rares',
  title: 'Recent rares',
  description:
    'Rare items found lately, newest first, with finder, tier and place. GREAT are tiers 4 to 6, COMMON 1 to 3.',
  input: {
    hours: z.number().min(0.1).max(8_760).default(24).describe('How far back, in hours: 0.1 to 8,760.'),
    character: z.string().min(1).max(100).optional().describe('Only what this character found, by exact name.'),
    limit: limit(200),
  },
  row: {
    name: z.string(),
    tier: z.string(),
    character: z.string(),
    at: z.string(),
    ew: z.number().nullable(),
    ns: z.number().nullable(),
  },
  document: McpRecentRaresDocument,
  variables: ({ hours, character, limit: first }, now) => ({
    since: new Date(now.getTime() - hours * HOUR_MS).toISOString(),
    characters: character === undefined ? null : [character],
    first,
  }),
  rows: ({ rares: { nodes, totalCount } }) => ({
    total: totalCount,
    rows: nodes.map(({ name, tier, receivedAt, ew, ns, character }) => ({
      name,
      tier,
      character: character.name,
      at: receivedAt,
      ew,
      ns,
    })),
  }),
})
