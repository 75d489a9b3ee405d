import { z } from 'zod'
import { characterLink } from '../links.ts'
import { definePagedTool } from '../tool.ts'
import { characterName, figure, hours, hoursBefore } from './fields.ts'
import { McpRecentRaresDocument } from './recent-rares.query.gen.ts'

export const recentRares = definePagedTool({
  name: 'get_recent_rares',
  title: 'Recent rares',
  description:
    'Rare items found lately, newest first, with finder, tier and place. GREAT are tiers 4 to 6, COMMON 1 to 3.',
  input: {
    hours: hours(24),
    character: characterName.optional().describe('Only what this character found.'),
    tier: z.enum(['COMMON', 'GREAT']).optional(),
  },
  mostRows: 200,
  row: { name: z.string(), tier: z.string(), character: z.string(), at: z.string(), ew: figure, ns: figure },
  document: McpRecentRaresDocument,
  variables: ({ hours, character, tier }, page, now) => ({
    where: {
      since: hoursBefore(now, hours),
      ...(character !== undefined && { characters: [character] }),
      ...(tier && { tier }),
    },
    ...page,
  }),
  rows: ({ rares: { nodes, totalCount, pageInfo } }) => ({
    total: totalCount,
    pageInfo,
    rows: nodes.map(({ name, tier, receivedAt, ew, ns, character }) => ({
      name,
      tier,
      character: character.name,
      at: receivedAt,
      ew,
      ns,
    })),
  }),
  links: ({ character }) => [characterLink(character)],
})
