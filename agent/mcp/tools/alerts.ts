import { z } from 'zod'
import { characterLink } from '../links.ts'
import { definePagedTool } from '../tool.ts'
import { characterName, hours, hoursBefore } from './fields.ts'
import { McpAlertsDocument } from './alerts.query.gen.ts'

export const alerts = definePagedTool({
  name: 'get_alerts',
  title: 'Alerts',
  description: 'Deaths, idle and silent characters and other alerts, newest first.',
  input: {
    hours: hours(24),
    character: characterName.optional(),
    kind: z.enum(['DEATH', 'IDLE', 'GONE']).optional().describe('Only this kind.'),
  },
  mostRows: 200,
  row: { at: z.string(), kind: z.string(), severity: z.string(), text: z.string(), character: z.string().nullable() },
  document: McpAlertsDocument,
  variables: ({ hours, character, kind }, page, now) => ({
    ...page,
    where: {
      since: hoursBefore(now, hours),
      ...(character !== undefined && { characters: [character] }),
      ...(kind && { kinds: [kind] }),
    },
  }),
  rows: ({ alerts: { nodes, totalCount, pageInfo } }) => ({
    total: totalCount,
    pageInfo,
    rows: nodes.map(({ at, kind, severity, text, character }) => ({
      at,
      kind,
      severity,
      text,
      character: character?.name ?? null,
    })),
  }),
  links: ({ character }) => (character === null ? [] : [characterLink(character)]),
})
