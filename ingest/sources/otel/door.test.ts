import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken } from '../../../shared/auth/token.ts'
import { allowList } from '../../../shared/contract/redact-trace.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'
import { traceQueue, type TraceQueue } from '../traces/queue.ts'
import { knownTokens } from '../traces/known-tokens.ts'
import type { TraceReport } from '../traces/report.ts'
import { readHeaders } from './collector.ts'
import { spanDoor } from './door.ts'

const PATH = '/trace/otlp/v1/traces'
const stored: TraceReport[] = []
let database: TestDatabase
let pool: Pool
let server: Server
let secret: string
let queue: TraceQueue

beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.url, { name: 'spans', max: 2, pipeline: true })
  secret = (await createToken(pool, 'exporter', ['trace'])).secret
  queue = traceQueue({ pool, pubsub: memoryPubSub(), log: pino({ level: 'silent' }) }, (report) => stored.push(report))
  const door = spanDoor({ queue, tokens: await knownTokens(pool, memoryPubSub(), 'trace'), allowed: allowList() })
  server = createServer((request, response) => void door(request, response, PATH)).listen(0)
})
afterAll(async () => {
  server.close()
  await queue[Symbol.asyncDispose]()
  await pool.end()
  await database[Symbol.asyncDispose]()
})

async function post(body: string, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}${PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}`, ...headers },
    body,
  })
  return { status: answer.status, text: await answer.text() }
}
const toolSpan = (spanId: string, conversation: string) => ({
  traceId: 'ab',
  spanId,
  startTimeUnixNano: '1000000',
  endTimeUnixNano: '2000000',
  attributes: [
    { key: 'gen_ai.operation.name', value: { stringValue: 'execute_tool' } },
    { key: 'gen_ai.tool.name', value: { stringValue: 'look' } },
    { key: 'gen_ai.conversation.id', value: { stringValue: conversation } },
  ],
})

describe('the address for spans', () => {
  it('refuses protobuf and compressed bodies with 415 and what to set', async () => {
    const protobuf = await post('\n\u0002', { 'content-type': 'application/x-protobuf' })
    expect(protobuf).toMatchObject({
      status: 415,
      text: expect.stringContaining('OTEL_EXPORTER_OTLP_PROTOCOL=http/json') as string,
    })
    expect(await post('x', { 'content-encoding': 'gzip' })).toMatchObject({
      status: 415,
      text: expect.stringContaining('compressed') as string,
    })
  })

  it('takes the spans that are of use, and says how many were not', async () => {
    const spans = [toolSpan('a', 'talk'), toolSpan('b', 'x'.repeat(500)), toolSpan('c', 'talk')]
    const { status, text } = await post(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({ partialSuccess: { rejectedSpans: 1 } })
    await until('both', () => stored.length === 2)
    expect(stored.map(({ call }) => call)).toEqual(['a', 'c'])
    expect(await post('{}')).toEqual({ status: 200, text: '{}' })
  })
})

describe('headers for a collector', () => {
  it('are names and values separated by commas, and nothing else', () => {
    expect(readHeaders('Authorization=Bearer a=b, x-key = k')).toEqual({ authorization: 'Bearer a=b', 'x-key': 'k' })
    expect(readHeaders('')).toEqual({})
    for (const text of ['x', '=y', 'a b=c', 'x=a\r\nb']) expect(readHeaders(text), text).toBeNull()
  })
})
