import { topic, type TelemetryEvent } from '../../shared/contract/topics.ts'
import { transaction, type Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Publish } from '../rows/row.ts'
import type { Due } from './watched.ts'
import { insertAlerts } from './raise.ts'
import { regularly } from '../schedule/regularly.ts'

const CHECK_MS = 2_000
/** How far back we begin where nobody kept to when it was decided. */
const MAX_BACK_MS = 86_400_000
const KEEP_EVERY_MS = 10_000

export interface Absence extends AsyncDisposable {
  /** Tells of everybody who has been silent for too long. Runs on its own; a test may hurry it. */
  check(): Promise<void>
}

/**
 * Tells when a live character falls silent, once an absence however many processes look. It listens to what is told, not
 * to what is stored: a database that lags makes nobody absent. Who fell silent as we all
 * went down is told of after the next start, however late that is.
 */
export async function watchAbsence({
  pool,
  pubsub,
  log,
  clock = Date.now,
}: {
  pool: Pool
  pubsub: PubSub
  log: Log
  clock?: () => number
}): Promise<Absence> {
  const heard = new Map<string, string>()
  let listeningSince = clock()
  let checkedAt = clock()
  const stop = await pubsub.subscribe(topic('telemetry'), (event) => {
    const { character, receivedAt } = event as TelemetryEvent
    heard.set(character, receivedAt)
  })
  let keptAt = 0
  let isBegun = false
  /** Who was there before us. The database may be away while we begin. */
  async function begin(): Promise<void> {
    const { rows } = await pool.query<{ name: string; received_at: string }>(
      `select c.name, t.received_at from latest_telemetry t join characters c on c.id = t.character_id
       where t.received_at >= coalesce((select decided_to from absence_watch), $1)`,
      [new Date(clock() - MAX_BACK_MS)],
    )
    for (const row of rows) if (!heard.has(row.name)) heard.set(row.name, row.received_at)
    isBegun = true
  }

  async function check(): Promise<void> {
    if (!isBegun) await begin()
    const now = clock()
    // While we slept or the broker was away, nobody could be heard.
    if (now - checkedAt > 3 * CHECK_MS || !pubsub.ready()) listeningSince = now
    checkedAt = now
    const setting = await pool.query<{ enabled: boolean; after_s: number }>(
      "select enabled, after_s from alert_settings where kind = 'GONE'",
    )
    const { enabled, after_s } = setting.rows[0]!
    const gone = [...heard].filter(([, at]) => now - Math.max(Date.parse(at), listeningSince) > after_s * 1000)
    const publish = enabled && gone.length ? await transaction(pool, (client) => raiseGone(client, gone, now)) : []
    for (const [name, at] of gone) if (heard.get(name) === at) heard.delete(name)
    for (const { topic, event } of publish) pubsub.publish(topic, event)
    if (pubsub.ready() && Math.abs(now - keptAt) >= KEEP_EVERY_MS) await keep(now)
  }

  /** So that the next one to begin knows whom nobody decided on. */
  async function keep(now: number): Promise<void> {
    let decidedTo = new Date(now).toISOString()
    for (const at of heard.values()) if (at < decidedTo) decidedTo = at
    await pool.query(
      'insert into absence_watch (decided_to) values ($1) on conflict (single) do update set decided_to = excluded.decided_to',
      [decidedTo],
    )
    keptAt = now
  }

  const checking = regularly({
    work: check,
    everyMs: CHECK_MS,
    log,
    trouble: 'could not look for who is gone; trying again',
  })
  return {
    check,
    async [Symbol.asyncDispose]() {
      stop()
      await checking[Symbol.asyncDispose]()
    },
  }
}

async function raiseGone(
  client: Parameters<typeof insertAlerts>[0],
  gone: readonly (readonly [name: string, at: string])[],
  now: number,
): Promise<Publish[]> {
  const { rows } = await client.query<{ id: number; name: string }>(
    'select id, name from characters where name = any($1)',
    [gone.map(([name]) => name)],
  )
  const ids = new Map(rows.map(({ id, name }) => [name, id]))
  const due = gone.flatMap(([name, at]): Due[] => {
    const id = ids.get(name)
    if (id === undefined) return []
    return [
      {
        kind: 'GONE',
        character: { id, name },
        atMs: now,
        severity: 'INFO',
        text: `${name} is gone`,
        details: { lastHeardAt: at },
        key: `GONE:${id}`,
        quietMs: 0,
        once: `GONE:${id}:${at}`,
      },
    ]
  })
  return insertAlerts(client, due)
}
