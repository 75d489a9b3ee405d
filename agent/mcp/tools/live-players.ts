import { z } from 'zod'
import { characterLink } from '../links.ts'
import { definePagedTool } from '../tool.ts'
import { figure } from './fields.ts'
import { McpLivePlayersDocument } from './live-players.query.gen.ts'

export const livePlayers = definePagedTool({
  name: 'get_live_players',
  title: 'Who is online',
  description: 'The characters that are online now, by name, with place, activity, kills and health.',
  input: {},
  mostRows: 200,
  row: {
    name: z.string(),
    tag: z.string().nullable(),
    ew: figure,
    ns: figure,
    state: z.string().nullable(),
    kills: figure,
    kills_per_hour: figure,
    online_seconds: figure,
    health_percent: figure,
    vitae: figure,
  },
  document: McpLivePlayersDocument,
  variables: (_, page) => page,
  rows: ({ characters: { nodes, totalCount, pageInfo } }) => ({
    total: totalCount,
    pageInfo,
    rows: nodes.map(({ name, tag, telemetry, vitals }) => ({
      name,
      tag,
      ew: telemetry?.ew ?? null,
      ns: telemetry?.ns ?? null,
      state: telemetry?.state ?? null,
      kills: telemetry?.kills ?? null,
      kills_per_hour: telemetry?.killsPerHour ?? null,
      online_seconds: telemetry?.onlineSeconds ?? null,
      health_percent: vitals?.healthPercent ?? null,
      vitae: vitals?.vitae ?? null,
    })),
  }),
  links: ({ name }) => [characterLink(name)],
})
