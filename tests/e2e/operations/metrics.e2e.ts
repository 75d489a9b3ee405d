import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processes } from '../../../rooms.ts'
import { hasNats, startApart, type Apart } from '../../../shared/testing/start-apart.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { readSamples } from '../../promql/exposition.ts'

const METRICS_TOKEN = 'a metrics token for tests only'
const SECRET_KEY = 'a key for tests only, of rooms'
const METRICS = '/metrics'
const withToken = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const readMetrics = async (url: string) => {
  const answer = await fetch(url + METRICS, withToken(METRICS_TOKEN))
  expect(answer.status).toBe(200)
  return readSamples(await answer.text())
}

describe.skipIf(!hasNats)('[OPS7] metrics of rooms that are processes of their own', () => {
  let overlord: Apart
  beforeAll(async () => {
    overlord = await startApart({ SHARED_SECRET: 'a secret for tests only', METRICS_TOKEN, SECRET_KEY })
  })
  afterAll(() => overlord?.[Symbol.asyncDispose]())

  it.each(processes.map(({ name }) => name))('%s shows them to the metrics token alone', async (room) => {
    const samples = await readMetrics(overlord.urlOf(room))
    const build = samples.find(({ name }) => name === 'overlord_build_info')
    expect(build).toMatchObject({ value: 1, labels: { node: process.versions.node } })
    for (const token of [SECRET_KEY, 'another', `${METRICS_TOKEN}x`, '']) {
      const answer = await fetch(overlord.urlOf(room) + METRICS, withToken(token))
      expect(answer.status).toBe(401)
      expect(((await answer.json()) as { error: { hint: string } }).error.hint).toContain('METRICS_TOKEN')
    }
    expect((await fetch(overlord.urlOf(room) + METRICS)).status).toBe(401)
  })

  it.each(processes.filter(({ kind }) => kind === 'subgraph' || kind === 'gateway').map(({ name }) => name))(
    'the token asks %s nothing else',
    async (room) => {
      const { headers } = withToken(METRICS_TOKEN)
      const answer = await fetch(`${overlord.urlOf(room)}/graphql`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'x-overlord-viewer': METRICS_TOKEN },
        body: '{"query":"{ __typename }"}',
      })
      expect(answer.status).toBe(401)
    },
  )

  it('the gateway says of each subgraph that it is up', async () => {
    const up = await until('all to be seen', async () => {
      const found = (await readMetrics(overlord.gatewayUrl)).filter((s) => s.name === 'overlord_gateway_subgraph_up')
      return found.length > 0 && found
    })
    const subgraphs = processes.filter(({ kind }) => kind === 'subgraph').map(({ name }) => name)
    expect(up.map(({ labels }) => labels['subgraph']).sort()).toEqual(subgraphs.sort())
    expect(up.every(({ value }) => value === 1)).toBe(true)
  })

  it('[OPS10] a subgraph without a process is logged once and named by /readyz, and the gateway stays ready', async () => {
    const ready = async () => {
      const answer = await fetch(`${overlord.gatewayUrl}/readyz`)
      const { rooms } = (await answer.json()) as { rooms: { missing?: string[] }[] }
      return { status: answer.status, missing: rooms.flatMap(({ missing = [] }) => missing) }
    }
    await overlord.end('combat')
    await until('it to be noticed', async () => (await ready()).missing.length > 0)
    expect(await ready()).toEqual({ status: 200, missing: ['combat'] })
    await overlord.restart('combat')
    await until('it to be back', async () => (await ready()).missing.length === 0)
    const lines = overlord.output().match(/"subgraph":"combat"[^\n]*no process of a subgraph answers/g)
    expect(lines).toHaveLength(1)
  })
})

describe('[OPS8] metrics of the one-process form', () => {
  let overlord: TestOverlord
  beforeAll(async () => {
    overlord = await startOverlord({ env: { METRICS_TOKEN } })
  })
  afterAll(() => overlord?.[Symbol.asyncDispose]())

  it('are shown to the metrics token, and to viewers and service tokens', async () => {
    await readMetrics(overlord.url)
    expect((await fetch(overlord.url + METRICS, withToken(overlord.token))).status).toBe(200)
    expect((await fetch(overlord.url + METRICS, { headers: { cookie: overlord.cookie } })).status).toBe(200)
    expect((await fetch(overlord.url + METRICS)).status).toBe(401)
    for (const path of ['/graphql', '/metrics/guild', '/live', '/mcp', '/icons/'])
      expect((await fetch(overlord.url + path, withToken(METRICS_TOKEN))).status, path).not.toBe(200)
  })

  it('[OPS10] an unknown type and a malformed frame are logged once, however many come', async () => {
    const plugin = await overlord.plugin('Logger')
    for (let n = 0; n < 20; n++) {
      plugin.send({ type: 'not_yet_known', character_name: 'Logger' })
      plugin.send({ type: 'vitals' })
    }
    await plugin[Symbol.asyncDispose]()
    const valueOf = async (wanted: string) =>
      (await readMetrics(overlord.url)).find(({ name }) => name === wanted)?.value ?? 0
    for (const kind of ['unknown', 'malformed'])
      await until('all to be counted', async () => (await valueOf(`overlord_ingest_${kind}_frames_total`)) === 20)
    const lines = (text: string) =>
      overlord
        .output()
        .split('\n')
        .filter((line) => line.includes(text))
    await until('both lines', () => lines('"malformedType":"vitals"').length > 0, 10_000)
    expect(lines('"malformedType":"vitals"')).toHaveLength(1)
    expect(lines('"unknownType":"not_yet_known"')).toHaveLength(1)
  })

  it('stay as few, whatever names of operations, codes, paths and frames are sent', async () => {
    const send = async (round: string) => {
      const plugin = await overlord.plugin('Larsson')
      for (let n = 0; n < 300; n++) {
        const name = `Hostile_${round}_${n}`
        plugin.send({ type: name, character_name: name })
        plugin.send({ type: 'vitals', character_name: 'Larsson', [name]: 1 })
      }
      for (let n = 0; n < 60; n++) {
        const name = `Hostile_${round}_${n}`
        await overlord.graph(`query ${name} { me { name } }`)
        await overlord.graph(`query ${name} { ${name} }`, {}, { mayFail: true })
        for (const path of [`/${name}`, `/graphql/${name}`, `/mcp/${name}`, `/icons/${name}`, `/assets/${name}.js`])
          await (await fetch(overlord.url + path, { method: n % 2 ? 'GET' : 'DELETE' })).text()
      }
      await plugin[Symbol.asyncDispose]()
    }
    await send('first')
    const unknown = 'overlord_ingest_unknown_frames_total'
    const wait = (count: number) =>
      until('all frames to be counted', async () =>
        (await readMetrics(overlord.url)).some(({ name, value }) => name === unknown && value >= count),
      )
    await wait(320)
    const before = await readMetrics(overlord.url)
    await send('second')
    await wait(620)
    const after = await readMetrics(overlord.url)
    expect(after.length - before.length).toBeLessThan(10)
    expect(after.length).toBeLessThan(2_000)
    expect(JSON.stringify(after.filter(({ name }) => !name.includes('unknown')))).not.toContain('Hostile')
  })
})
