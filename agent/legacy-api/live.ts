import { LegacyApiLiveDocument } from './live.query.gen.ts'
import { z } from 'zod'
import { allPages, type Ask } from './ask.ts'
import { endpoint } from './endpoint.ts'
import { isoformat, moment, timeSpan } from './moment.ts'

export interface Telemetry {
  clientAt: string
  receivedAt: string
  ew: number | null
  ns: number | null
  z: number | null
  sessionId: string | null
  kills: number | null
  killsPerHour: number | null
  onlineSeconds: number | null
  deaths: number | null
  totalDeaths: number | null
  raresFound: number | null
  tapers: number | null
  state: string | null
  memoryMb: number | null
  cpuPercent: number | null
  handles: number | null
  latencyMs: number | null
}

const number = z.number().nullable()
const text = z.string().nullable()

export const snapshot = z.object({
  character_name: z.string(),
  char_tag: text.describe('The group its user put the character in.'),
  session_id: text.describe('The plugin’s login session.'),
  timestamp: moment.describe('By the client’s clock.'),
  ew: number.describe('East (+) or west (-), in map units; null where the character hides its place.'),
  ns: number.describe('North (+) or south (-), in map units; null where the character hides its place.'),
  z: number.describe('Height, in map units.'),
  kills: number.describe('Kills of this session.'),
  kills_per_hour: number,
  onlinetime: text.describe('`hh:mm:ss`, from a day on `d.hh:mm:ss`.'),
  deaths: number.describe('Deaths of this session.'),
  total_deaths: number.describe('Deaths of its life, by the client’s count.'),
  rares_found: number.describe('Rares of this session, by the client’s count.'),
  prismatic_taper_count: number,
  vt_state: text.describe('What VTank is doing.'),
  mem_mb: number.describe('Memory of the client, in MB.'),
  cpu_pct: number.describe('Processor time of the client, in percent.'),
  mem_handles: number.describe('Handles the client holds.'),
  latency_ms: number.describe('Milliseconds to the game server and back.'),
  received_at: moment.describe('By our clock.'),
})

const player = snapshot.extend({
  total_kills: z.number().describe('Kills of its life, as far as we know.'),
  total_rares: z.number().describe('Rares of its life, as far as we know.'),
  session_rares: z.number().describe('Rares of this session.'),
})

/** A row of telemetry as the original kept it. */
export const snapshotOf = (name: string, tag: string | null, telemetry: Telemetry): z.input<typeof snapshot> => ({
  character_name: name,
  char_tag: tag,
  session_id: telemetry.sessionId,
  timestamp: isoformat(telemetry.clientAt),
  ew: telemetry.ew,
  ns: telemetry.ns,
  z: telemetry.z,
  kills: telemetry.kills,
  kills_per_hour: telemetry.killsPerHour,
  onlinetime: telemetry.onlineSeconds === null ? null : timeSpan(telemetry.onlineSeconds),
  deaths: telemetry.deaths,
  total_deaths: telemetry.totalDeaths,
  rares_found: telemetry.raresFound,
  prismatic_taper_count: telemetry.tapers,
  vt_state: telemetry.state,
  mem_mb: telemetry.memoryMb,
  cpu_pct: telemetry.cpuPercent,
  mem_handles: telemetry.handles,
  latency_ms: telemetry.latencyMs,
  received_at: isoformat(telemetry.receivedAt),
})

export interface LiveNode {
  name: string
  tag: string | null
  telemetry: Telemetry | null
  totals: { kills: number; deaths: number; rares: number; tapersUsed: number; onlineSeconds: number } | null
  playSession: { sessionId: string | null; rares: number } | null
}

const MAX_CHARACTERS = 5_000

/** Everybody whose telemetry arrived within the last 30 s. */
export const liveNodes = (ask: Ask): Promise<LiveNode[]> =>
  allPages(MAX_CHARACTERS, async (after) => (await ask(LegacyApiLiveDocument, { after })).characters)

export const live = endpoint({
  path: '/live',
  family: 'Live',
  says: `Everybody whose telemetry arrived within the last 30 s, with totals: at most ${MAX_CHARACTERS}.`,
  answer: z.object({ players: z.array(player) }),
  async run(_, ask) {
    const players = (await liveNodes(ask)).flatMap(({ name, tag, telemetry, totals, playSession }) => {
      if (!telemetry) return []
      return {
        ...snapshotOf(name, tag, telemetry),
        total_kills: totals?.kills ?? 0,
        total_rares: totals?.rares ?? 0,
        session_rares: playSession && playSession.sessionId === telemetry.sessionId ? playSession.rares : 0,
      }
    })
    return { players }
  },
})
