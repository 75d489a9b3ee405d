import { connect } from 'node:net'
import { rm } from 'node:fs/promises'
import WebSocket from 'ws'
import { describe, expect, it } from 'vitest'
import { processes } from '../../../rooms.ts'
import { openDatabase } from '../../../shared/db/open.ts'
import { startBalancer } from '../../../shared/testing/balancer.ts'
import { freePort, hasNats, startApart, startNats } from '../../../shared/testing/start-apart.ts'
import { startOverlord } from '../../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'

describe('[OPS2] health and readiness', () => {
  it('report the state: without the database the process is alive, not ready, and ready once it is back', async () => {
    const folder = await tempFolder('ready')
    const database = await openDatabase({ dataDir: folder })
    const real = new URL(database.url)
    const port = await freePort()
    let between = await startBalancer(port, [Number(real.port)])
    const url = new URL(database.url)
    url.hostname = '127.0.0.1'
    url.port = String(port)
    const overlord = await startOverlord({ env: { DATABASE_URL: url.href } })
    const ready = async () => {
      const answer = await fetch(`${overlord.url}/readyz`)
      return {
        status: answer.status,
        ...((await answer.json()) as { ready: boolean; rooms: { room: string; ready: boolean }[] }),
      }
    }
    const metrics = (token: string) =>
      fetch(`${overlord.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
    expect((await metrics(overlord.token)).status).toBe(200)
    expect(await ready()).toMatchObject({ status: 200, ready: true })
    await between[Symbol.asyncDispose]()
    await until('it to be reported', async () => (await ready()).status === 503)
    expect((await ready()).rooms.filter((room) => !room.ready).map(({ room }) => room)).toContain('gateway')
    expect((await fetch(`${overlord.url}/healthz`)).status).toBe(200)
    // Who was here before is still known, and sees what is wrong; nobody else is let in.
    expect(await (await metrics(overlord.token)).text()).toContain('overlord_ingest_spool_bytes')
    expect((await metrics('another')).status).toBe(503)
    between = await startBalancer(port, [Number(real.port)])
    await until('the database to be back', async () => (await ready()).status === 200, 30_000)
    await overlord[Symbol.asyncDispose]()
    await between[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })
})

describe.skipIf(!hasNats)('[OPS2] every room of its own', () => {
  it('is ready while it has its database and its broker, and lives without', async () => {
    const folder = await tempFolder('ready')
    await using _folder = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
    await using database = await openDatabase({ dataDir: folder })
    await using nats = await startNats()
    const port = await freePort()
    const through = () => startBalancer(port, [Number(new URL(database.url).port)])
    let between = await through()
    await using _between = { [Symbol.asyncDispose]: () => between[Symbol.asyncDispose]() }
    const url = new URL(database.url)
    url.hostname = '127.0.0.1'
    url.port = String(port)
    await using overlord = await startApart({
      DATABASE_URL: url.href,
      NATS_URL: nats.url,
      SHARED_SECRET: 'a secret for tests only',
    })
    // A client of the graph has neither: it waits for the graph.
    const rooms = processes.filter(({ kind }) => kind !== 'client').map(({ name }) => name)
    const all = (path: string, status: number) =>
      until(
        `${path} of all to be ${status}`,
        async () =>
          (await Promise.all(rooms.map(async (room) => (await fetch(overlord.urlOf(room) + path)).status))).every(
            (one) => one === status,
          ),
        40_000,
      )
    await all('/readyz', 200)
    await between[Symbol.asyncDispose]()
    await all('/readyz', 503)
    await all('/healthz', 200)
    between = await through()
    await all('/readyz', 200)
    await nats[Symbol.asyncDispose]()
    await all('/readyz', 503)
    await all('/healthz', 200)
  }, 180_000)
})

it('an idle connection is kept longer than balancers keep theirs, so that no request meets a closing one', async () => {
  await using overlord = await startOverlord()
  const answer = await fetch(`${overlord.url}/healthz`)
  expect(answer.headers.get('keep-alive')).toBe('timeout=75')
})

describe('[OPS3] an end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s is in order: what began is answered, nothing new is taken, streams must reconnect, it exits with 0',
    async (signal) => {
      await using overlord = await startOverlord()
      const { hostname, port } = new URL(overlord.url)
      const body = JSON.stringify({ query: '{ me { name } }' })
      const begun = connect(Number(port), hostname)
      let answer = ''
      begun.on('data', (bytes: Buffer) => (answer += bytes.toString()))
      begun.write(
        [
          'POST /graphql HTTP/1.1',
          'Host: localhost',
          'Connection: close',
          `Cookie: ${overlord.cookie}`,
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
          'Expect: 100-continue\r\n\r\n',
        ].join('\r\n'),
      )
      await until('the request to be begun', () => answer.includes('100 Continue'))
      const stream = new WebSocket(`${overlord.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { cookie: overlord.cookie },
      })
      const closed = new Promise<number>((resolve) => stream.once('close', resolve))
      await new Promise((resolve) => stream.once('open', resolve))

      const stopped = overlord.stop(signal)
      await until('nothing new to be taken', () =>
        fetch(`${overlord.url}/healthz`).then(
          () => false,
          () => true,
        ),
      )
      begun.write(body)
      await until('what was begun to be answered', () => answer.includes('"name":"admin"'))
      expect(await closed).toBe(1001)
      expect(await stopped).toBe(0)
    },
  )
})
