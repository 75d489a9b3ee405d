// What the alerts cover, shared by the rooms: alerts, the fields a rule may name, the game server's state.
import type { TelemetryEvent, VitalsEvent } from './topics.ts'

export const ALERT_KINDS = ['DEATH', 'IDLE', 'VORTEX', 'GONE', 'SERVER_DOWN', 'SERVER_UP', 'WATCH'] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

export const SEVERITIES = ['INFO', 'WARNING', 'CRITICAL'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Published after commit; ids grow in the order of commits. */
export interface AlertEvent {
  id: string
  kind: AlertKind
  character: string | null
  at: string
  severity: Severity
  text: string
  details: unknown
  /** Where its character was, in map units; left out if that is not known. */
  ew?: number | null
  ns?: number | null
  z?: number | null
}

/** The fields a rule may use, and the event each is in. */
export const WATCH_FIELDS: ReadonlyMap<
  string,
  readonly ['telemetry', keyof TelemetryEvent] | readonly ['vitals', keyof VitalsEvent]
> = new Map([
  ['STATE', ['telemetry', 'state']],
  ['EW', ['telemetry', 'ew']],
  ['NS', ['telemetry', 'ns']],
  ['Z', ['telemetry', 'z']],
  // Compared with an area of the map: see ingest/alerts/rules.ts.
  ['AREA', ['telemetry', 'ew']],
  ['KILLS', ['telemetry', 'kills']],
  ['KILLS_PER_HOUR', ['telemetry', 'killsPerHour']],
  ['ONLINE_SECONDS', ['telemetry', 'onlineSeconds']],
  ['DEATHS', ['telemetry', 'deaths']],
  ['TOTAL_DEATHS', ['telemetry', 'totalDeaths']],
  ['RARES_FOUND', ['telemetry', 'raresFound']],
  ['TAPERS', ['telemetry', 'tapers']],
  ['MEMORY_MB', ['telemetry', 'memoryMb']],
  ['CPU_PERCENT', ['telemetry', 'cpuPercent']],
  ['HANDLES', ['telemetry', 'handles']],
  ['LATENCY_MS', ['telemetry', 'latencyMs']],
  ['HEALTH', ['vitals', 'health']],
  ['MAX_HEALTH', ['vitals', 'maxHealth']],
  ['HEALTH_PERCENT', ['vitals', 'healthPercent']],
  ['STAMINA', ['vitals', 'stamina']],
  ['MAX_STAMINA', ['vitals', 'maxStamina']],
  ['STAMINA_PERCENT', ['vitals', 'staminaPercent']],
  ['MANA', ['vitals', 'mana']],
  ['MAX_MANA', ['vitals', 'maxMana']],
  ['MANA_PERCENT', ['vitals', 'manaPercent']],
  ['VITAE', ['vitals', 'vitae']],
])

export type Comparison = 'LT' | 'LTE' | 'GT' | 'GTE' | 'EQ' | 'NEQ' | 'ENTERS' | 'LEAVES'

/** The topic of changes of the game server's state or player count. */
export const GAME_SERVER_TOPIC = 'server.state'

export interface GameServerEvent {
  name: string
  address: string
  state: 'UP' | 'DOWN' | 'UNKNOWN'
  latencyMs: number | null
  players: number | null
  playersAt: string | null
  since: string
  checkedAt: string | null
}
