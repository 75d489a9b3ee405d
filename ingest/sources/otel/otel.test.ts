import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { allowList } from '../../../shared/contract/redact-trace.ts'
import { readReport, type TraceReport } from '../traces/report.ts'
import { until } from '../../../shared/testing/until.ts'
import { spanExporter } from './exporter.ts'
import { MAX_SPANS, readSpans } from './read-spans.ts'
import { bodyOf, spanOf } from './write-spans.ts'

const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
})
const span = (name: string, from: number, attributes: object[], status = {}) => ({
  traceId: 'ab'.repeat(16),
  spanId: name.padEnd(16, '0'),
  startTimeUnixNano: `${from}000000`,
  endTimeUnixNano: `${from + 25}000000`,
  attributes,
  status,
})
const bodyWith = (spans: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
const tool = (name: string, more: object[] = []) => [
  attribute('gen_ai.operation.name', 'execute_tool'),
  attribute('gen_ai.tool.name', name),
  attribute('gen_ai.conversation.id', 'talk'),
  ...more,
]
const report = (body: Record<string, unknown>) =>
  readReport(body, {
    source: 's',
    reporter: 'bot',
    allowed: allowList(),
    now: new Date(1_000_000),
    newCall: () => 'x',
  }) as TraceReport

describe('spans of OpenTelemetry', () => {
  it('of a tool below another one, however far, name its call; circles and unknown spans name none', () => {
    const below = (parent: string, one: object) => ({ ...one, parentSpanId: parent.padEnd(16, '0') })
    const bodies = readSpans(
      bodyWith([
        below('e', span('e', 900, [attribute('gen_ai.operation.name', 'invoke_agent')])),
        span('a', 950, tool('outer', [attribute('gen_ai.tool.call.id', 'call-1')])),
        below('a', span('b', 960, [attribute('gen_ai.operation.name', 'chat')])),
        below('b', span('c', 970, tool('inner'))),
        below('gone', span('d', 980, tool('other'))),
        below('e', span('f', 990, tool('circle'))),
      ]),
    ) as Record<string, unknown>[]
    const parents = bodies.map(report).map(({ tool, parent }) => [tool, parent])
    expect(parents.slice(0, 4)).toEqual([
      ['outer', null],
      ['inner', 'call-1'],
      ['other', null],
      ['circle', null],
    ])
  })

  it('become steps in the order they began, and an agent’s span the end of its session', () => {
    const bodies = readSpans(
      bodyWith([
        span('c', 900, [
          attribute('gen_ai.operation.name', 'invoke_agent'),
          attribute('gen_ai.conversation.id', 'talk'),
        ]),
        span('b', 1_000, tool('second'), { code: 2 }),
        span('a', 950, tool('first', [attribute('gen_ai.tool.call.arguments', '{"radius": 4, "secret": "x"}')])),
        span('d', 960, [attribute('gen_ai.operation.name', 'chat')]),
      ]),
    ) as Record<string, unknown>[]
    const reports = bodies.map(report)
    expect(reports.map(({ kind, tool, outcome }) => [kind, tool, outcome])).toEqual([
      ['CALL', 'first', 'OK'],
      ['CALL', 'second', 'FAILED'],
      ['SESSION_ENDED', null, 'OK'],
    ])
    expect(reports[0]).toMatchObject({ session: 'talk', durationMs: 25, input: { radius: 4, secret: '[redacted]' } })
  })

  it('are refused as a whole where they are none, or too many', () => {
    expect(readSpans({ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 1 }] }] }] })).toMatch(/traceId/)
    expect(readSpans('x')).toMatch(/^`body`/)
    const many = Array.from({ length: MAX_SPANS + 1 }, () => span('a', 1, []))
    expect(readSpans(bodyWith(many))).toContain('At most')
    expect(readSpans({})).toEqual([])
  })

  it('that cannot be read take no other along', () => {
    const faults: string[] = []
    const whole = span('a', 1, [])
    const { traceId: _, ...nameless } = span('b', 2, [])
    readSpans(bodyWith([nameless as typeof whole, whole, null as never]), (fault) => faults.push(fault))
    expect(faults).toEqual([expect.stringMatching(/^`traceId`: /), expect.stringMatching(/^`span`: /)])
  })

  it('go out as they come in, redacted', () => {
    const sent = report({
      session_id: 'talk',
      player: 'Larsson',
      mode: 'god',
      tool: 'look',
      call_id: 'c1',
      input: { radius: 3, note: 'private' },
      ok: false,
      duration_ms: 40,
      input_tokens: 7,
    })
    const [back] = readSpans(JSON.parse(bodyOf([spanOf(sent)!]))) as Record<string, unknown>[]
    const again = report(back!)
    for (const key of [
      'session',
      'player',
      'mode',
      'tool',
      'call',
      'input',
      'outcome',
      'durationMs',
      'inputTokens',
    ] as const)
      expect(again[key], key).toEqual(sent[key])
    expect(JSON.stringify(back)).not.toContain('private')
  })

  it.each([
    ['its base address', '/'],
    ['the address of traces itself', '/v1/traces'],
  ])('are sent to a collector by %s, but for those that only one person may see', async (_, path) => {
    const received: string[] = []
    const server = createServer((request, response) => {
      let text = `${request.url ?? ''} ${String(request.headers['x-key'])}`
      request.on('data', (data: Buffer) => (text += data.toString()))
      request.on('end', () => {
        received.push(text)
        response.end('{}')
      })
    }).listen(0)
    const { port } = server.address() as AddressInfo
    const exporter = spanExporter(
      { endpoint: `http://127.0.0.1:${port}${path}`, headers: { 'x-key': 'k' } },
      pino({ level: 'silent' }),
      1,
    )
    exporter.add({ ...report({ session_id: 'a', tool: 'private.tool' }), turnId: 'turn' })
    exporter.add(report({ session_id: 'a', tool: 'shown.tool' }))
    await until('a request', () => received.length > 0)
    await exporter[Symbol.asyncDispose]()
    server.close()
    expect(received[0]).toMatch(/^\/v1\/traces k/)
    expect(received.join()).toContain('shown.tool')
    expect(received.join()).not.toContain('private.tool')
  })
})
