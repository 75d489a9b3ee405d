import { clientMomentText, spanSeconds } from '../../../shared/contract/fields.ts'
import type { TelemetryFrame } from './shape.ts'
import { topic, type TelemetryEvent } from '../../../shared/contract/topics.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { TelemetryRows } from './rows.ts'

/** TAG1: sent as no tag; null means that no tag was sent at all. */
const NO_TAG = ''

export function onTelemetry(frame: TelemetryFrame, { now, receivedAt, raw }: HandlerContext): Outcome<TelemetryRows> {
  const event: TelemetryEvent = {
    character: frame.character_name,
    clientAt: clientMomentText(frame.timestamp, now, receivedAt),
    receivedAt,
    ew: frame.ew,
    ns: frame.ns,
    z: frame.z ?? null,
    sessionId: frame.session_id || null,
    kills: frame.kills ?? null,
    killsPerHour: frame.kills_per_hour ?? null,
    onlineSeconds: spanSeconds(frame.onlinetime) ?? null,
    deaths: frame.deaths ?? null,
    totalDeaths: frame.total_deaths ?? null,
    raresFound: frame.rares_found ?? null,
    tapers: frame.prismatic_taper_count ?? null,
    state: frame.vt_state ?? null,
    memoryMb: frame.mem_mb ?? null,
    cpuPercent: frame.cpu_pct ?? null,
    handles: frame.mem_handles ?? null,
    latencyMs: frame.latency_ms ?? null,
    tag: frame.char_tag ?? (raw['char_tag'] === null ? NO_TAG : null),
  }
  const isUnread = event.onlineSeconds === null && frame.onlinetime // empty is none
  return keep(
    [
      { table: 'telemetry', row: event },
      { table: 'tallies', row: event },
    ],
    [{ topic: topic('telemetry', event.character), event }],
    isUnread ? { dropped: ['onlinetime'] } : undefined,
  )
}
