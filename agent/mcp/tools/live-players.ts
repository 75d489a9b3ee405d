import { z } from 'zod'
import { defineTool, limit } from '../tool.ts'
import { McpLivePlayersDocument } from './live-players.query.gen.ts'

export const livePlayers = defineTool({
  name: 'get_live_players',
  title: 'Who is online',
  description: 'The characters that are online now, by name, with place, activity, kills and health.',
  input: { limit: limit(200) },
  row: {
    name: z.string(),
    tag: z.string().nullable(),
    ew: z.number().nullable(),
    ns: z.number().nullable(),
    state: z.string().nullable(),
    kills: z.number().nullable(),
    kills_per_hour: z.number().nullable(),
    online_seconds: z.number().nullable(),
    health_percent: z.number().nullable(),
    vitae: z.number().nullable(),
  },
  document: McpLivePlayersDocument,
  variables: ({ limit: first }) => ({ first }),
  rows: ({ characters: { nodes, totalCount } }) => ({
    total: totalCount,
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
})
