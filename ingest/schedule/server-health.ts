import { GAME_SERVER_TOPIC, type GameServerEvent } from '../../shared/contract/watch.ts'
import { transaction, type Client, type Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Publish } from '../rows/row.ts'
import type { Due } from '../alerts/watched.ts'
import { playerCount, type PlayerCount } from './player-counts.ts'
import { insertAlerts } from '../alerts/raise.ts'
import { regularly } from '../clocks/regularly.ts'
import { loadRules } from '../alerts/rules.ts'
import type { Probe, ProbeAnswer } from './server-probe.ts'

export interface ServerHealthOptions {
  pool: Pool
  pubsub: PubSub
  log: Log
  /** The server's name, as in frames. */
  name: string
  /** `host:port` */
  address: string
  /** Where player counts are listed; null is nowhere. */
  countsUrl: string | null
  probe: Probe
  everyMs?: number
  countEveryMs?: number
}

/** One failure may be a lost packet. */
const DOWN_AFTER = 2
const HISTORY_HOURS = 48
const HISTORY_EVERY_MS = 300_000

interface ServerRow {
  state: GameServerEvent['state']
  latency_ms: number | null
  players: number | null
  players_at: string | null
  since: string
  failed_checks: number
  count_due: boolean
}

/**
 * Watches the game server: whether it answers, how fast, how many play. Of several ingest processes one asks: the one
 * that takes the turn in the database.
 */
export function watchServer(options: ServerHealthOptions): AsyncDisposable & { check(): Promise<void> } {
  const { pool, pubsub, log, name, address, countsUrl, probe, everyMs = 30_000, countEveryMs = 300_000 } = options
  const { host, port } = readAddress(address)
  let countFailing = false

  async function check(): Promise<void> {
    const row = await takeTurn(pool, name, address, everyMs, countsUrl ? countEveryMs : null)
    if (!row) return
    const answer = await probe(host, port)
    const count = row.count_due ? await askCount() : null
    const publish = await transaction(pool, (client) => keep(client, name, address, row, answer, count))
    for (const { topic, event } of publish) pubsub.publish(topic, event)
  }

  async function askCount(): Promise<PlayerCount | null> {
    try {
      const count = await playerCount(countsUrl!, name)
      if (countFailing) log.info('player counts come again')
      countFailing = false
      return count
    } catch (error) {
      if (!countFailing) log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'no player counts')
      countFailing = true
      return null
    }
  }

  const trouble = 'could not look after the game server'
  const checking = regularly({ work: check, everyMs, log, trouble, atOnce: true })
  return { check, [Symbol.asyncDispose]: () => checking[Symbol.asyncDispose]() }
}

/** The server as it was last seen, when it is our turn to look; null when somebody else has just looked. */
async function takeTurn(
  pool: Pool,
  name: string,
  address: string,
  everyMs: number,
  countEveryMs: number | null,
): Promise<ServerRow | null> {
  await pool.query(
    `insert into game_servers (name, address, state, since, next_check_at, next_count_at)
     values ($1, $2, 'UNKNOWN', now(), '-infinity', '-infinity')
     on conflict (name) do update set address = excluded.address where game_servers.address <> excluded.address`,
    [name, address],
  )
  const { rows } = await pool.query<ServerRow>(
    // A little early is in time: timers waver.
    `update game_servers g set next_check_at = now() + make_interval(secs => $2 * 0.9),
       next_count_at = case when old.count_due then now() + make_interval(secs => $3) else g.next_count_at end
     from (select name, $3::float8 is not null and next_count_at <= now() as count_due from game_servers
       where name = $1 for update) old
     where g.name = old.name and g.next_check_at <= now()
     returning g.state, g.latency_ms, g.players, g.players_at, g.since, g.failed_checks, old.count_due`,
    [name, everyMs / 1000, countEveryMs === null ? null : countEveryMs / 1000],
  )
  return rows[0] ?? null
}

/** What follows of an answer: one failure changes nothing yet. */
export function nextState(before: Pick<ServerRow, 'state' | 'failed_checks'>, answer: ProbeAnswer) {
  if (answer.state === 'UP') return { state: 'UP' as const, failed: 0 }
  if (answer.state === 'UNKNOWN') return { state: before.state, failed: before.failed_checks }
  const failed = before.failed_checks + 1
  return { state: failed >= DOWN_AFTER ? ('DOWN' as const) : before.state, failed }
}

async function keep(
  client: Client,
  name: string,
  address: string,
  before: ServerRow,
  answer: ProbeAnswer,
  count: PlayerCount | null,
): Promise<Publish[]> {
  const { state, failed } = nextState(before, answer)
  const now = new Date().toISOString()
  const event: GameServerEvent = {
    name,
    address,
    state,
    latencyMs: answer.state === 'UP' ? answer.latencyMs : state === 'UP' ? before.latency_ms : null,
    players: count?.players ?? before.players,
    playersAt: count ? (count.at ?? now) : before.players_at,
    since: state === before.state ? before.since : now,
    checkedAt: now,
  }
  await client.query(
    `update game_servers set state = $2, latency_ms = $3, players = $4, players_at = $5, since = $6, checked_at = $7,
      failed_checks = $8
     where name = $1`,
    [name, state, event.latencyMs, event.players, event.playersAt, event.since, now, failed],
  )
  await client.query(
    `with old as (delete from game_server_history where name = $1
      and at < now() - make_interval(hours => ${HISTORY_HOURS}))
     insert into game_server_history (name, at, state, latency_ms, players) select $1, $2, $3, $4, $5
     where $6 or not exists (select from game_server_history where name = $1
     and at > $2::timestamptz - make_interval(secs => ${HISTORY_EVERY_MS / 1000}))`,
    [name, now, state, event.latencyMs, event.players, state !== before.state || count !== null],
  )
  const status: Publish = { topic: GAME_SERVER_TOPIC, event }
  const kind = state === 'DOWN' ? 'SERVER_DOWN' : 'SERVER_UP'
  // Up at the first look is no news.
  if (state === before.state || (state === 'UP' && before.state === 'UNKNOWN')) return [status]
  const setting = (await loadRules(client)).settings.get(kind)
  if (!setting?.enabled) return [status]
  const due: Due = {
    kind,
    character: null,
    atMs: Date.parse(now),
    severity: state === 'DOWN' ? 'CRITICAL' : 'INFO',
    text: state === 'DOWN' ? `${name} does not answer` : `${name} answers again`,
    details: { server: name, before: before.state, since: before.since, latencyMs: event.latencyMs },
    key: `${kind}:${name}`,
    quietMs: setting.quietMs,
    once: `${kind}:${name}:${event.since}`,
  }
  return [status, ...(await insertAlerts(client, [due]))]
}

/** `host:port`; 9000 is where these servers listen. */
export function readAddress(address: string): { host: string; port: number } {
  const [, host, port] = /^(.+?)(?::(\d{1,5}))?$/.exec(address) ?? []
  return { host: host ?? address, port: Number(port ?? 9000) }
}
