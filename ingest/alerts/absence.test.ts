import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AlertEvent } from '../../shared/contract/watch.ts'
import { topic } from '../../shared/contract/topics.ts'
import { memoryPubSub } from '../../shared/pubsub/memory.ts'
import { testDatabase, type TestDatabase } from '../../shared/testing/test-database.ts'
import { until } from '../../shared/testing/until.ts'
import { watchAbsence, type Absence } from './absence.ts'

const NOON = Date.UTC(2026, 5, 20, 12)
const stamp = (second: number) => new Date(NOON + second * 1000).toISOString()
const log = pino({ level: 'silent' })

let database: TestDatabase
beforeAll(async () => void (database = await testDatabase()))
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  await database.pool.query('truncate alerts, latest_telemetry, absence_watch; truncate characters cascade')
  await database.pool.query("update alert_settings set enabled = true, after_s = 30 where kind = 'GONE'")
  await database.pool.query(
    "insert into characters (name, first_seen_at, last_seen_at) select n, now(), now() from unnest('{A,B}'::text[]) n",
  )
})

const open: Absence[] = []
afterEach(async () => {
  for (const absence of open.splice(0)) await absence[Symbol.asyncDispose]()
})

/** A process that watches from a second on. What it tells is gathered as `second name`. */
async function watcher(second: number) {
  let now = NOON + second * 1000
  let isReady = true
  const pubsub = { ...memoryPubSub(), ready: () => isReady }
  const reported: string[] = []
  const events: AlertEvent[] = []
  await pubsub.subscribe('ev.alert.*', (event) => {
    events.push(event as AlertEvent)
    reported.push(`${(now - NOON) / 1000} ${(event as AlertEvent).character}`)
  })
  const absence = await watchAbsence({ pool: database.pool, pubsub, log, clock: () => now })
  open.push(absence)
  return {
    reported,
    events,
    broker: (ready: boolean) => void (isReady = ready),
    hear: (character: string, at: number) =>
      pubsub.publish(topic('telemetry', character), { character, receivedAt: stamp(at) }),
    /** Looks every two seconds, up to this one. */
    async until(second: number) {
      while (now < NOON + second * 1000) {
        now = Math.min(now + 2000, NOON + second * 1000)
        await absence.check()
      }
    },
    async sleepTo(second: number) {
      now = NOON + second * 1000
      await absence.check()
    },
  }
}
const lastHeard = (name: string, second: number) =>
  database.pool.query(
    `insert into latest_telemetry (character_id, received_at, at, ew, ns)
     select id, $2, $2, 1, 1 from characters where name = $1`,
    [name, stamp(second)],
  )
const decidedTo = async () =>
  (await database.pool.query<{ at: string }>('select decided_to as at from absence_watch')).rows.map(({ at }) => at)

/** Another process in the midst of storing alerts: the lock of raise.ts is taken until it is released. */
async function holdingAlerts() {
  const client = await database.pool.connect()
  await client.query('select pg_advisory_lock(7219005)')
  const release = async () => void (await client.query('select pg_advisory_unlock_all()'))
  const isWaiting = async () =>
    (await client.query("select from pg_locks where locktype = 'advisory' and objid = 7219005 and not granted"))
      .rowCount
  return {
    release,
    isAwaited: () => until('the lock is awaited', async () => Boolean(await isWaiting())),
    async [Symbol.asyncDispose]() {
      await release()
      client.release()
    },
  }
}

describe('a character that falls silent', () => {
  it('is reported once, when it was silent for longer than the setting says', async () => {
    const { reported, events, hear, until } = await watcher(0)
    hear('A', 0)
    hear('B', 10)
    await until(30)
    expect(reported).toEqual([])
    await until(32)
    expect(reported).toEqual(['32 A'])
    expect(events[0]).toMatchObject({
      kind: 'GONE',
      severity: 'INFO',
      text: 'A is gone',
      at: stamp(32),
      details: { lastHeardAt: stamp(0) },
    })
    await until(60)
    expect(reported).toEqual(['32 A', '42 B'])
    hear('A', 60)
    await until(92)
    expect(reported).toEqual(['32 A', '42 B', '92 A'])
  })

  it('is reported by one process of several', async () => {
    const [one, two] = [await watcher(0), await watcher(0)]
    for (const each of [one, two]) each.hear('A', 0)
    await one.until(32)
    await two.until(32)
    expect([one.reported, two.reported]).toEqual([['32 A'], []])
  })

  it('is reported again when it was heard while its alert was stored and fell silent once more', async () => {
    const { reported, hear, until: checkUntil } = await watcher(0)
    hear('A', 0)
    await checkUntil(30)
    await using other = await holdingAlerts()
    const checked = checkUntil(32)
    await other.isAwaited()
    hear('A', 32)
    await other.release()
    await checked
    await checkUntil(64)
    expect(reported).toEqual(['32 A', '64 A'])
  })

  it('is not reported where that is switched off, nor later', async () => {
    await database.pool.query("update alert_settings set enabled = false where kind = 'GONE'")
    const { reported, hear, until } = await watcher(0)
    hear('A', 0)
    await until(40)
    await database.pool.query("update alert_settings set enabled = true where kind = 'GONE'")
    await until(80)
    expect(reported).toEqual([])
  })

  it('that the database does not know is nobody', async () => {
    const { reported, hear, until } = await watcher(0)
    hear('Nobody', 0)
    await until(40)
    expect(reported).toEqual([])
  })
})

describe('a while in which nobody could be heard', () => {
  it('makes nobody absent: not while we slept', async () => {
    const { reported, hear, sleepTo, until } = await watcher(0)
    hear('A', 0)
    await until(6)
    await sleepTo(12.001)
    await until(42)
    expect(reported).toEqual([])
    await until(44)
    expect(reported).toEqual(['44 A'])
  })

  it('is none if we only were a little late', async () => {
    const { reported, hear, sleepTo, until } = await watcher(0)
    hear('A', 0)
    await until(6)
    await sleepTo(12)
    await until(32)
    expect(reported).toEqual(['32 A'])
  })

  it('makes nobody absent: not while the broker was away', async () => {
    const { reported, hear, broker, until } = await watcher(0)
    hear('A', 0)
    broker(false)
    await until(20)
    broker(true)
    await until(50)
    expect(reported).toEqual([])
    await until(52)
    expect(reported).toEqual(['52 A'])
  })
})

describe('a start', () => {
  it('tells of those who fell silent since it was last decided', async () => {
    await lastHeard('A', -100)
    await lastHeard('B', -300)
    await database.pool.query('insert into absence_watch (decided_to) values ($1)', [stamp(-200)])
    const { reported, until } = await watcher(0)
    await until(30)
    expect(reported).toEqual([])
    await until(32)
    expect(reported).toEqual(['32 A'])
  })

  it('looks a day back where nobody ever decided, and does not forget who is heard meanwhile', async () => {
    await lastHeard('A', -86_399)
    await lastHeard('B', -86_410)
    const { reported, hear, until } = await watcher(0)
    await until(4)
    hear('A', 4)
    await until(34)
    expect(reported).toEqual([])
    await until(40)
    expect(reported).toEqual(['36 A'])
  })

  it('is reported up to when was decided: the oldest of those still heard, every ten seconds', async () => {
    const { hear, until } = await watcher(0)
    hear('A', 1)
    await until(2)
    expect(await decidedTo()).toEqual([stamp(1)])
    hear('A', 9)
    await until(11.9)
    expect(await decidedTo()).toEqual([stamp(1)])
    await until(12.1)
    expect(await decidedTo()).toEqual([stamp(9)])
    await until(60)
    expect(await decidedTo()).toEqual([stamp(52.1)])
  })
})
