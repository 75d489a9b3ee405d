import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '../../../shared/db/pool.ts'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { connectPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

interface Attribute {
  key: string
  value: { stringValue?: string; intValue?: number }
}
interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: Attribute[]
}

/** What OTLP over HTTP sends, as JSON: only what is read here. */
interface Sent {
  resourceSpans?: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[]
  resourceMetrics?: { scopeMetrics: { metrics: { name: string }[] }[] }[]
}

/** A collector: it takes what is sent by OTLP over HTTP, and keeps it. */
async function startCollector() {
  const sent: Sent[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      sent.push(JSON.parse(body) as Sent)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () =>
      sent.flatMap(({ resourceSpans = [] }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    services: () =>
      sent.flatMap(({ resourceSpans = [] }) =>
        resourceSpans.map(
          ({ resource }) => resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue,
        ),
      ),
    figures: () =>
      sent.flatMap(({ resourceMetrics = [] }) =>
        resourceMetrics.flatMap(({ scopeMetrics }) =>
          scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
        ),
      ),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CALLER = 'b7ad6b7169203331'

describe('[OPS1] traces and figures', () => {
  let collector: Awaited<ReturnType<typeof startCollector>>
  let overlord: TestOverlord
  beforeAll(async () => {
    collector = await startCollector()
    overlord = await startOverlord({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOG_LEVEL: 'debug' } })
  })
  afterAll(async () => {
    await overlord[Symbol.asyncDispose]()
    await collector[Symbol.asyncDispose]()
  })
  const ask = (query: string) =>
    overlord.graph(
      query,
      {},
      { headers: { cookie: overlord.cookie, traceparent: `00-${TRACE}-${CALLER}-01` }, mayFail: true },
    )

  it('[TAB39] of a request of the game’s protocol are what its X-Trace-ID names, and else what its answer names', async () => {
    const id = '6f1c2d3e-4b5a-4978-8a6b-0c1d2e3f4a5b'
    const request = async (headers: Record<string, string>) => {
      const answer = await fetch(`${overlord.url}/api/characters`, { headers: { cookie: overlord.cookie, ...headers } })
      return answer.headers.get('x-trace-id')!
    }
    expect(await request({ 'x-trace-id': id })).toBe(id)
    for (const trace of [id, await request({})]) {
      const ofTrace = () => collector.spans().filter(({ traceId }) => traceId === trace.replaceAll('-', ''))
      await until('its operation', () => ofTrace().some(({ name }) => name === 'query GameFacadeCharacters'))
    }
  })

  it('follow a traced request through HTTP, operation and statement; log and database name the same trace', async () => {
    await ask('query Traced { characters(first: 1) { totalCount } }')
    const mine = await until('its steps', () => {
      const spans = collector.spans().filter(({ traceId }) => traceId === TRACE)
      return spans.some(({ name }) => name === 'query Traced') && spans.some(({ name }) => name === 'POST') && spans
    })
    const byId = new Map(mine.map((span) => [span.spanId, span]))
    const wayOf = (span: Span | undefined): string[] =>
      span ? [span.name, ...wayOf(byId.get(span.parentSpanId ?? ''))] : []
    expect(mine.find(({ name }) => name === 'POST')).toMatchObject({ parentSpanId: CALLER })
    const statements = mine.filter(({ attributes }) => attributes.some(({ key }) => key === 'db.query.text'))
    expect(statements.map(wayOf)).toContainEqual(['SELECT', 'query Traced', 'POST'])
    expect(new Set(collector.services())).toEqual(new Set(['overlord']))

    const lines = overlord
      .output()
      .split('\n')
      .filter((line) => line.includes('"operation":"Traced"'))
    expect(lines.map((line) => (JSON.parse(line) as { trace: string }).trace)).toEqual([TRACE])
    const pool = openPool(await databaseOf(overlord.dataDir), { name: 'test', max: 1 })
    const { rows } = await pool.query(
      "select from pg_stat_activity where query like '%traceparent=''00-' || $1 || '%'",
      [TRACE],
    )
    expect(rows.length).toBeGreaterThan(0)
    await pool.end()
  })

  it('name an error by the trace of its request', async () => {
    const { errors = [] } = await ask('{ rares(after: "WyJub25zZW5zZSJd") { totalCount } }')
    expect(errors).toMatchObject([{ extensions: { trace: TRACE } }])
  })

  it('hold frames of plugins with the statements that stored them beneath, and the figures of /metrics', async () => {
    // The first frame of a connection is traced: here one that is stored.
    await using plugin = await connectPlugin(overlord.pluginUrl, { secret: overlord.secret })
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2 })
    await until('a frame, stored', () => {
      const spans = collector.spans()
      const byId = new Map(spans.map((span) => [span.spanId, span]))
      const above = (span: Span | undefined) => (span ? byId.get(span.parentSpanId ?? '') : undefined)
      const stores = (span: Span) =>
        span.attributes.some(({ key, value }) => key === 'db.query.text' && /telemetry/.test(value.stringValue ?? ''))
      return spans.some((span) => stores(span) && above(span)?.name === 'store' && above(above(span))?.name === 'frame')
    })
    await until('figures', () => collector.figures().includes('overlord_ingest_frames_total'))
    expect(collector.figures()).toContain('overlord_graph_stream_readers')
  })

  it('cause no delay when the collector is unavailable: the process ends as fast, with all data stored', async () => {
    const away = await startOverlord({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } })
    expect((await away.graph<{ me: { name: string } }>('{ me { name } }')).data.me.name).toBe('admin')
    expect(await away.stop()).toBe(0)
    await away[Symbol.asyncDispose]()
  })
})
