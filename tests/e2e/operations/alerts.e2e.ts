import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processes } from '../../../rooms.ts'
import { openDatabase, type Database } from '../../../shared/db/open.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { startBalancer, type Balancer } from '../../../shared/testing/balancer.ts'
import { connectPlugin, type TestPlugin } from '../../../shared/testing/plugin.ts'
import { dataFolder } from '../../../shared/testing/ready-cluster.ts'
import { freePort, hasNats, startApart, type Apart } from '../../../shared/testing/start-apart.ts'
import { until } from '../../../shared/testing/until.ts'
import { Alerts, readRules } from '../../promql/alerts.ts'
import { readSamples } from '../../promql/exposition.ts'
import { History } from '../../promql/history.ts'

const METRICS_TOKEN = 'a metrics token for tests only'
const SECRET = 'a secret for tests only'
const HUGE_DISK = '1000000000'
/** Seconds that pass between two scrapes, by the clock of the test. */
const STEP_S = 15
/** The same for alerts that need an hour: 240 scrapes of every room would take a minute. */
const LONG_STEP_S = 120
/** Real time that a condition may need to be seen: ingest reads every 10 seconds when the last backup was made. */
const WITHIN_MS = 60_000

/** Prometheus with a clock of its own: every scrape is real, and time passes only between scrapes. */
class Watch {
  readonly #history = new History()
  readonly #alerts = new Alerts(readRules())
  #now = Date.now() / 1000

  readonly #overlord: Apart

  constructor(overlord: Apart) {
    this.#overlord = overlord
  }

  /** Scrapes all rooms once, and returns the alerts that fire. */
  async look(stepS = STEP_S): Promise<Set<string>> {
    this.#now += stepS
    for (const { name } of processes) {
      const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
      const answer = await fetch(`${this.#overlord.urlOf(name)}/metrics`, { headers }).catch(() => null)
      this.#history.scraped(name, this.#now, answer?.ok ? readSamples(await answer.text()) : null)
    }
    return this.#alerts.firing(this.#history, this.#now)
  }

  /** Scrapes until an alert fires, or no longer does. */
  async until(alert: string, fires: boolean, stepS = STEP_S): Promise<void> {
    await until(
      `${alert} to ${fires ? 'fire' : 'clear'}`,
      async () => (await this.look(stepS)).has(alert) === fires,
      WITHIN_MS,
    )
  }
}

describe.skipIf(!hasNats)('[OPS9] every alert that ships fires on its condition, and clears after it', () => {
  const proven = new Set<string>()
  let folder: string
  let database: Database
  let pool: Pool
  let between: Balancer
  let through: () => Promise<Balancer>
  let overlord: Apart
  let plugin: TestPlugin
  let watch: Watch

  beforeAll(async () => {
    folder = await dataFolder('alerts')
    database = await openDatabase({ dataDir: folder })
    pool = openPool(database.url, { name: 'test' })
    const port = await freePort()
    through = () => startBalancer(port, [Number(new URL(database.url).port)])
    between = await through()
    const url = new URL(database.url)
    url.hostname = '127.0.0.1'
    url.port = String(port)
    const settings = { DATABASE_URL: url.href, SHARED_SECRET: SECRET, METRICS_TOKEN }
    overlord = await startApart({ ...settings, DISK_MIN_MB: '0', SPOOL_MOST_MB: '1' })
    plugin = await connect()
    watch = new Watch(overlord)
    await watch.look()
  })
  afterAll(async () => {
    await plugin?.[Symbol.asyncDispose]()
    await overlord?.[Symbol.asyncDispose]()
    await between?.[Symbol.asyncDispose]()
    await pool?.end()
    await database?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const connect = () =>
    connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, { secret: SECRET, character: 'Larsson' })
  const say = (text: string) => plugin.send({ type: 'chat', character_name: 'Larsson', text })

  /** @param cause makes the condition; gives what ends it */
  async function prove(alert: string, cause: () => Promise<() => Promise<unknown>>, stepS = STEP_S): Promise<void> {
    expect((await watch.look()).has(alert), `${alert} before its condition`).toBe(false)
    const end = await cause()
    try {
      await watch.until(alert, true, stepS)
    } finally {
      await end()
    }
    await watch.until(alert, false)
    proven.add(alert)
  }
  const nothing = () => Promise.resolve()

  it('a backup that is too old, or missing', async () => {
    await watch.until('OverlordBackupTooOld', true, LONG_STEP_S) // there was never one
    await pool.query("insert into backups (at, rows_stored, size_bytes) values (now() - interval '3 hours', 1, 1)")
    await watch.until('OverlordBackupTooOld', false)
    const tooOld = async () => {
      await pool.query("update backups set at = now() - interval '3 days'")
      return () => pool.query('insert into backups (rows_stored, size_bytes) values (1, 1)')
    }
    await prove('OverlordBackupTooOld', tooOld, LONG_STEP_S)
  }, 180_000)

  it('frames of an unknown type, as from a new build of the plugin', () =>
    prove('OverlordUnknownFrames', async () => {
      plugin.send({ type: 'from_a_new_build', character_name: 'Larsson' })
      return nothing
    }))

  it('malformed frames', () =>
    prove('OverlordMalformedFrames', async () => {
      plugin.send({ type: 'vitals' })
      return nothing
    }))

  it('events that the broker cannot carry', () =>
    prove('OverlordPubsubDrops', async () => {
      plugin.send({ type: 'from_a_new_build', character_name: 'Larsson', text: 'x'.repeat(1_100_000) })
      return nothing
    }))

  it('a database that is slow', () =>
    prove('OverlordDatabaseSlow', async () => {
      const holder = await pool.connect()
      await holder.query('begin; lock table chat')
      say('slowly')
      await until('the batch to take long', async () => {
        const { rows } = await pool.query<{ s: number | null }>(
          `select extract(epoch from max(now() - query_start))::float8 as s from pg_stat_activity
           where wait_event_type = 'Lock' and application_name = 'overlord writer'`,
        )
        return (rows[0]!.s ?? 0) > 2
      })
      await holder.query('rollback')
      holder.release()
      return nothing
    }))

  it('a writer that has stalled', () =>
    prove('OverlordWriterStalled', async () => {
      const holder = await pool.connect()
      await holder.query('begin; lock table chat')
      say('is anybody there?')
      return async () => {
        await holder.query('rollback')
        holder.release()
      }
    }))

  it('a spool that fills while the database is away', () =>
    prove('OverlordSpoolFilling', async () => {
      await between[Symbol.asyncDispose]()
      for (let n = 0; n < 100; n++) say(`${n} ${'x'.repeat(7_000)}`)
      return async () => void (between = await through())
    }))

  it('a subgraph and a room that are gone', async () => {
    await prove('OverlordSubgraphGone', async () => {
      await overlord.end('combat')
      return () => overlord.restart('combat')
    })
    await prove('OverlordRoomGone', async () => {
      await overlord.end('agent')
      return () => overlord.restart('agent')
    })
  }, 120_000)

  it('a disk that is nearly full', () =>
    prove('OverlordDiskLow', async () => {
      await overlord.restart('combat', { DISK_MIN_MB: HUGE_DISK })
      return () => overlord.restart('combat')
    }))

  it('these were all', () => {
    expect([...proven].sort()).toEqual(
      readRules()
        .map(({ alert }) => alert)
        .sort(),
    )
  })
})
