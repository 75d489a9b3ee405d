import { LegacyApiFiguresDocument } from './figures.query.gen.ts'
// The guild's figures for Prometheus, from the graph: what a dashboard of Grafana's draws.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { liveNodes, type LiveNode } from './live.ts'
import type { GameServer } from './server.ts'

interface Figure<T> {
  name: string
  says: string
  kind: 'gauge' | 'counter'
  of(thing: T): number | null | undefined
}

const gauge = <T>(name: string, says: string, of: Figure<T>['of']): Figure<T> => ({ name, says, kind: 'gauge', of })
const counter = <T>(name: string, says: string, of: Figure<T>['of']): Figure<T> => ({ name, says, kind: 'counter', of })

/** Of each character that is live, labelled with its name. */
const CHARACTER: Figure<LiveNode>[] = [
  counter('overlord_character_kills_total', 'Kills of its life.', ({ totals }) => totals?.kills),
  counter('overlord_character_deaths_total', 'Deaths of its life.', ({ totals }) => totals?.deaths),
  counter('overlord_character_rares_total', 'Rares of its life.', ({ totals }) => totals?.rares),
  counter('overlord_character_tapers_used_total', 'Prismatic tapers burnt.', ({ totals }) => totals?.tapersUsed),
  counter('overlord_character_online_seconds_total', 'Seconds played.', ({ totals }) => totals?.onlineSeconds),
  gauge('overlord_character_session_kills', 'Kills of this session.', ({ telemetry }) => telemetry?.kills),
  gauge('overlord_character_kills_per_hour', 'Kills by the hour.', ({ telemetry }) => telemetry?.killsPerHour),
  gauge('overlord_character_tapers', 'Prismatic tapers carried.', ({ telemetry }) => telemetry?.tapers),
  gauge('overlord_character_memory_megabytes', 'Memory of the client.', ({ telemetry }) => telemetry?.memoryMb),
  gauge('overlord_character_cpu_percent', 'Processor time of the client.', ({ telemetry }) => telemetry?.cpuPercent),
  gauge(
    'overlord_character_latency_milliseconds',
    'To the game server and back.',
    ({ telemetry }) => telemetry?.latencyMs,
  ),
]

interface Guild {
  totals: { kills: number; deaths: number; rares: number; tapersUsed: number; onlineSeconds: number }
  gameServer: GameServer['gameServer']
  ingest: { plugins: number; framesPerSecond: number; waitingBytes: number }
  live: number
}

/** Of the guild as a whole. */
const GUILD: Figure<Guild>[] = [
  counter('overlord_guild_kills_total', 'Kills of everybody.', ({ totals }) => totals.kills),
  counter('overlord_guild_deaths_total', 'Deaths of everybody.', ({ totals }) => totals.deaths),
  counter('overlord_guild_rares_total', 'Rares of everybody.', ({ totals }) => totals.rares),
  gauge('overlord_guild_characters_live', 'Characters live.', ({ live }) => live),
  gauge('overlord_guild_plugins', 'Plugins connected.', ({ ingest }) => ingest.plugins),
  gauge('overlord_guild_frames_per_second', 'Frames that arrive a second.', ({ ingest }) => ingest.framesPerSecond),
  gauge('overlord_guild_waiting_bytes', 'Accepted and not yet stored.', ({ ingest }) => ingest.waitingBytes),
  gauge(
    'overlord_game_server_up',
    '1 while the game server is there.',
    ({ gameServer }) => gameServer && Number(gameServer.state === 'UP'),
  ),
  gauge('overlord_game_server_players', 'Players on the game server.', ({ gameServer }) => gameServer?.players),
  gauge(
    'overlord_game_server_latency_milliseconds',
    'Its last answer took.',
    ({ gameServer }) => gameServer?.latencyMs,
  ),
]

/** Names of all figures. */
export const FIGURES: readonly string[] = [...CHARACTER, ...GUILD].map(({ name }) => name)

const escaped = (text: string) => text.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))

function lines<T>(figures: readonly Figure<T>[], things: readonly T[], labels: (thing: T) => string): string[] {
  return figures.flatMap(({ name, says, kind, of }) => {
    const samples = things.flatMap((thing) => {
      const value = of(thing)
      return value == null ? [] : [`${name}${labels(thing)} ${value}`]
    })
    return samples.length ? [`# HELP ${name} ${says}`, `# TYPE ${name} ${kind}`, ...samples] : []
  })
}

export const figures = endpoint({
  path: '/metrics/guild',
  family: 'Server',
  says: 'Figures of the guild and of everybody live, for Prometheus.',
  media: 'text/plain; version=0.0.4; charset=utf-8',
  answer: z.string(),
  async run(_, ask) {
    const [guild, nodes] = await Promise.all([ask(LegacyApiFiguresDocument), liveNodes(ask)])
    const all = [
      ...lines(GUILD, [{ ...guild, live: nodes.length }], () => ''),
      ...lines(CHARACTER, nodes, ({ name }) => `{character="${escaped(name)}"}`),
    ]
    return `${all.join('\n')}\n`
  },
})
