import { topic, type TelemetryEvent } from '../../shared/contract/topics.ts'
import { transaction, type Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Publish } from '../rows/row.ts'
import type { Due } from './watched.ts'
import { insertAlerts } from './raise.ts'
import { regularly } from '../clocks/regularly.ts'

const CHECK_MS = 2_000
/** How far back to look when no earlier decision is stored. */
const MAX_BACK_MS = 86_400_000
const KEEP_EVERY_MS = 10_000

export interface Absence extends AsyncDisposable {
  /** Raises an alert for each character that has been silent for too long. Runs on a timer; tests may call it. */
  check(): Promise<void>
}

/**
 * Raises one alert when a live character falls silent, however many processes check. It listens to published events,
 * not to stored rows, so a slow database makes no character absent. A character that fell silent while all processes
 * were down is reported after the next start, however late that is.
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
    for (const row of await heardBefore(pool, new Date(clock() - MAX_BACK_MS)))
      if (!heard.has(row.name)) heard.set(row.name, row.received_at)
    isBegun = true
  }

  async function check(): Promise<void> {
    if (!isBegun) await begin()
    const now = clock()
    // While the process was suspended or the broker was away, no frames could be received.
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
    if (!pubsub.ready() || Math.abs(now - keptAt) < KEEP_EVERY_MS) return
    await storeDecidedTo(pool, heard, now)
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

/** Characters whose last telemetry was not yet decided on, with its time; since the given time where none was. */
async function heardBefore(pool: Pool, since: Date): Promise<{ name: string; received_at: string }[]> {
  const { rows } = await pool.query<{ name: string; received_at: string }>(
    `select c.name, t.received_at from latest_telemetry t join characters c on c.id = t.character_id
     where t.received_at >= coalesce((select decided_to from absence_watch), $1)`,
    [since],
  )
  return rows
}

/** Stores the time up to which absences are decided, so that the next process continues from there. */
async function storeDecidedTo(pool: Pool, heard: ReadonlyMap<string, string>, now: number): Promise<void> {
  let decidedTo = new Date(now).toISOString()
  for (const at of heard.values()) if (at < decidedTo) decidedTo = at
  await pool.query(
    `insert into absence_watch (decided_to) values ($1) on conflict (single) do update
      set decided_to = excluded.decided_to`,
    [decidedTo],
  )
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
