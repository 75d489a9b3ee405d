import { LegacyApiServerDocument } from './server.query.gen.ts'
import { LegacyApiDebugDocument } from './debug.query.gen.ts'
// What is asked of us and of the game server.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { isoformat, isoformatOrNull, moment, timeSpan } from './moment.ts'

export interface GameServer {
  gameServer: {
    name: string
    address: string
    state: string
    latencyMs: number | null
    players: number | null
    playersAt: string | null
    since: string
    checkedAt: string | null
  } | null
}

export const serverHealth = endpoint({
  path: '/server-health',
  family: 'Server',
  says: 'Whether the game server is there, and how many play.',
  answer: z.object({
    server_name: z.string().nullable().describe('Null when no server is watched.'),
    server_address: z.string().nullable(),
    status: z.enum(['up', 'down', 'unknown']),
    latency_ms: z.number().nullable(),
    player_count: z.number().nullable(),
    player_count_at: moment.nullable(),
    last_restart: moment.nullable().describe('Since when it is up.'),
    uptime_seconds: z.number().nullable(),
    uptime: z.string().nullable().describe('The same as `hh:mm:ss`, from a day on `d.hh:mm:ss`.'),
    last_check: moment.nullable(),
  }),
  async run(_, ask) {
    const { gameServer: server } = await ask(LegacyApiServerDocument)
    const isUp = server?.state === 'UP'
    const seconds = isUp ? Math.max(0, Math.round((Date.now() - Date.parse(server.since)) / 1000)) : null
    return {
      server_name: server?.name ?? null,
      server_address: server?.address ?? null,
      status: isUp ? ('up' as const) : server?.state === 'DOWN' ? ('down' as const) : ('unknown' as const),
      latency_ms: server?.latencyMs ?? null,
      player_count: server?.players ?? null,
      player_count_at: isoformatOrNull(server?.playersAt),
      last_restart: isUp ? isoformat(server.since) : null,
      uptime_seconds: seconds,
      uptime: seconds === null ? null : timeSpan(seconds),
      last_check: isoformatOrNull(server?.checkedAt),
    }
  },
})

export const debug = endpoint({
  path: '/debug',
  family: 'Server',
  says: 'How we are.',
  answer: z.object({
    status: z.enum(['ok', 'not storing']),
    timestamp: moment,
    players_online: z.number(),
    plugins_connected: z.number(),
    ingest_processes: z.number(),
    frames_per_second: z.number(),
    waiting_bytes: z.number().describe('Accepted and not yet stored.'),
  }),
  async run(_, ask) {
    const { ingest, characters } = await ask(LegacyApiDebugDocument)
    return {
      status: ingest.storing ? ('ok' as const) : ('not storing' as const),
      timestamp: isoformat(ingest.at),
      players_online: characters.totalCount,
      plugins_connected: ingest.plugins,
      ingest_processes: ingest.processes,
      frames_per_second: ingest.framesPerSecond,
      waiting_bytes: ingest.waitingBytes,
    }
  },
})

export const health = endpoint({
  path: '/health',
  family: 'Server',
  says: 'That we answer at all.',
  who: 'anybody',
  answer: z.object({ status: z.literal('ok') }),
  run: () => Promise.resolve({ status: 'ok' as const }),
})

/** @param version of this build */
export const apiVersion = (version: string) =>
  endpoint({
    path: '/api-version',
    family: 'Server',
    says: 'Which build answers: when it was made and from what.',
    answer: z.object({ version: z.string().regex(/^\d{4}\.\d{1,2}\.\d{1,2}\.\d{4}-[0-9a-f]{7}$/) }),
    run: () => Promise.resolve({ version }),
  })
