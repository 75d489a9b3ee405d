import { createClient, type Client } from 'graphql-ws'
import WebSocket from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../ingest/simulator/simulator.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { graphClient, openFeed } from '../../../shared/testing/feed.ts'
import { hasNats } from '../../../shared/testing/start-apart.ts'
import { ROOMS, startCluster, type Cluster } from '../../../shared/testing/start-cluster.ts'
import { until } from '../../../shared/testing/until.ts'
import { play, type Player } from '../../torture/player.ts'
import { evaluateRun } from '../../torture/result.ts'

const SECRET = 'a secret for tests only'
const PASSWORD = 'a password for tests only'
const json = { 'content-type': 'application/json' }
const PLAYERS = 4

interface Update {
  telemetryChanged: { kills: number | null; character: { name: string; combat: unknown } }
}

describe.skipIf(!hasNats)('[CLU1] every room twice, behind balancers', () => {
  let cluster: Cluster
  let pool: Pool
  let cookie: string
  let plays: Simulator
  let players: Player[]
  let client: Client
  /** The newest kills reported for each player, and how often the stream of it broke. */
  const reported = new Map<string, number>()
  const faults: unknown[] = []

  const graph = async <T>(query: string) => {
    const answer = await fetch(`${cluster.urlOf('gateway')}/graphql`, {
      method: 'POST',
      headers: { ...json, cookie },
      body: JSON.stringify({ query }),
    })
    return (await answer.json()) as { data: T; errors?: { message: string; extensions: { code: string } }[] }
  }

  beforeAll(async () => {
    cluster = await startCluster({
      SHARED_SECRET: SECRET,
      SECRET_KEY: 'a key for tests only',
      METRICS_TOKEN: 'a metrics token for tests only',
      ADMIN_PASSWORD: PASSWORD,
    })
    pool = openPool(cluster.databaseUrl, { name: 'test', max: 2 })
    const signedIn = await fetch(`${cluster.urlOf('gateway')}/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    })
    cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
    const url = `${cluster.urlOf('ingest').replace('http', 'ws')}/ws/position`
    plays = await startSimulator({ url, secret: SECRET, seed: 3, characters: 3, pace: 'live' })
    players = Array.from({ length: PLAYERS }, (_, n) =>
      play({ url, secret: SECRET, name: `Player ${n + 1}`, perSecond: 20 }),
    )
    class Socket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers: { cookie } })
      }
    }
    client = createClient({
      url: `${cluster.urlOf('gateway').replace('http', 'ws')}/graphql`,
      webSocketImpl: Socket,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
    })
    client.subscribe<Update>(
      { query: 'subscription { telemetryChanged { kills character { name combat { lifetime { kills } } } } }' },
      {
        next({ data, errors }) {
          if (errors) faults.push(errors)
          const { kills, character } = data?.telemetryChanged ?? {}
          if (kills && character) reported.set(character.name, kills)
        },
        error: (error) => faults.push(error),
        complete: () => faults.push('complete'),
      },
    )
  })
  afterAll(async () => {
    await client?.dispose()
    await plays?.stop()
    await pool?.end()
    await cluster?.[Symbol.asyncDispose]()
  })

  /** Every player's newest frames reach the reader, from now on. */
  const goesOn = async () => {
    const since = players.map((player) => player.sent())
    await until(
      'the reader to receive what everybody does now',
      () => players.every(({ name }, n) => (reported.get(name) ?? 0) > since[n]!),
      60_000,
    )
  }

  it('plays, and reaches its readers', goesOn)

  it('says why a stream is refused, once', async () => {
    const { data } = await graph<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { name: "c" }) { secret } }',
    )
    const reader = graphClient(`${cluster.urlOf('gateway').replace('http', 'ws')}/graphql`, data.createToken.secret)
    await using feed = openFeed(reader, 'subscription { commandAudited { id } }', 'commandAudited')
    await until('the refusal', () => feed.ended())
    expect(feed.ended()).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    await reader.dispose()
  })

  it.each([...ROOMS.map((room) => [room, 0] as const), ['ingest', 1] as const, ['gateway', 1] as const])(
    '%s %i may be killed: queries are answered, readers go on, and it joins again',
    async (room, nth) => {
      let over = false
      const asking = (async () => {
        const refused: unknown[] = []
        while (!over) {
          const answer = await graph(
            `{ me { name } character(name: "Player 1") { name telemetry { kills } combat { lifetime { kills } }
              inventory { itemCount } } }`,
          ).catch((error: unknown) => ({ errors: room === 'gateway' ? undefined : error }))
          if (answer.errors) refused.push(answer.errors)
        }
        return refused
      })()
      await cluster.kill(room, nth)
      await goesOn()
      await cluster.start(room, nth)
      await goesOn()
      over = true
      expect(await asking).toEqual([])
      expect(faults.splice(0)).toEqual([])
    },
    180_000,
  )

  it('[DUR1] [DUR2] [DUR3] nothing acknowledged is lost once every spool is up again, and nothing is doubled', async () => {
    await plays.stop()
    await Promise.all(players.map((player) => player.stop()))
    await until(
      'the spools to be stored',
      async () => {
        const waiting = await Promise.all(
          [0, 1].map(async (nth) => {
            const text = await (await cluster.ask('ingest', nth, '/metrics')).text()
            return Number(/^overlord_ingest_spool_bytes (\d+)/m.exec(text)?.[1] ?? NaN)
          }),
        )
        return waiting.every((bytes) => bytes === 0)
      },
      60_000,
    )
    const result = await evaluateRun(pool, players)
    expect(result).toMatchObject({ lost: 0, doubled: 0, setAside: 0 })
    expect(result.acknowledged).toBeGreaterThan(1_000)
    expect(players.every((player) => player.reconnects() > 0)).toBe(true)
  })

  it('[TLY7] what sessions add up to is what was stored, whichever process counted', async () => {
    for (const { name } of players) {
      const { rows } = await pool.query<{ newest: number; session: number; hours: number }>(
        `select (select max(kills)::int from telemetry t where t.character_id = c.id) as newest,
           (select sum(kills)::int from session_tallies s where s.character_id = c.id) as session,
           (select sum(kills)::int from tally_hours h where h.character_id = c.id) as hours
         from characters c where name = $1`,
        [name],
      )
      expect({ name, ...rows[0] }).toEqual({
        name,
        newest: rows[0]!.newest,
        session: rows[0]!.newest,
        hours: rows[0]!.newest,
      })
    }
  })
})
