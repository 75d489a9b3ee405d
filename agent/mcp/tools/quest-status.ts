import { z } from 'zod'
import { characterLink } from '../links.ts'
import { definePagedTool } from '../tool.ts'
import { characterName } from './fields.ts'
import { McpQuestStatusDocument } from './quest-status.query.gen.ts'

export const questStatus = definePagedTool({
  name: 'get_quest_status',
  title: 'Quest timers',
  description: 'Quest timers of characters: ready or when, by character and quest.',
  input: {
    character: characterName.optional(),
    text: z.string().min(1).max(100).optional().describe('Part of the name of the quest.'),
    ready: z.boolean().optional().describe('Only those that can be done now, or that cannot.'),
  },
  mostRows: 200,
  row: {
    character: z.string(),
    quest: z.string(),
    ready: z.boolean().nullable(),
    ready_at: z.string().nullable(),
    countdown: z.string().nullable(),
    reported_at: z.string(),
  },
  document: McpQuestStatusDocument,
  variables: ({ character, text, ready }, page) => ({
    ...page,
    where: {
      ...(character !== undefined && { characters: [character] }),
      ...(text !== undefined && { text }),
      ...(ready !== undefined && { ready }),
    },
  }),
  rows: ({ quests: { nodes, totalCount, pageInfo } }) => ({
    total: totalCount,
    pageInfo,
    rows: nodes.map(({ name, ready, readyAt, countdown, receivedAt, character }) => ({
      character: character.name,
      quest: name,
      ready,
      ready_at: readyAt,
      countdown,
      reported_at: receivedAt,
    })),
  }),
  links: ({ character }) => [characterLink(character)],
})
