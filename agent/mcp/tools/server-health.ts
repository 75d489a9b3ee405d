import { z } from 'zod'
import { defineDocumentTool } from '../tool.ts'
import { McpServerHealthDocument } from './server-health.query.gen.ts'

export const serverHealth = defineDocumentTool({
  name: 'get_server_health',
  title: 'Server health',
  description: 'Whether the game server answers and how many play on it, and how much the plugins send.',
  input: {},
  row: {
    game_server: z
      .object({
        name: z.string(),
        state: z.string(),
        latency_ms: z.number().nullable(),
        players: z.number().nullable(),
        since: z.string(),
        checked_at: z.string().nullable(),
      })
      .nullable(),
    plugins: z.number(),
    frames_per_second: z.number(),
    storing: z.boolean(),
  },
  document: McpServerHealthDocument,
  variables: () => ({}),
  rows({ gameServer, ingest }) {
    const game_server = gameServer && {
      name: gameServer.name,
      state: gameServer.state,
      latency_ms: gameServer.latencyMs,
      players: gameServer.players,
      since: gameServer.since,
      checked_at: gameServer.checkedAt,
    }
    const { plugins, framesPerSecond, storing } = ingest
    return { rows: [{ game_server, plugins, frames_per_second: framesPerSecond, storing }], total: 1 }
  },
})
