// The assistant's first word, and calls of MCP tools beside the same document sent straight to the graph.
import { spawn } from 'node:child_process'
import http from 'node:http'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { print } from 'graphql'
import { McpLivePlayersDocument } from '../../agent/mcp/tools/live-players.query.gen.ts'
import { startSimulator } from '../../ingest/simulator/simulator.ts'
import { aPerson, type TestPerson } from '../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { until } from '../../shared/testing/until.ts'
import { percentile, type Figure } from './figure.ts'
import { readMetrics } from './metrics.ts'

const CHARACTERS = 60
const PEOPLE = 4
const ASKS = 15
const ROUNDS = 300
const CLIENTS = 200
const CALLS = 5
const SERVER = path.join(import.meta.dirname, '..', '..', 'dist', 'agent', 'mcp-stdio', 'main.js')
const REVISION = '2026-07-28'
const P95 = 0.95

const call = (id: number) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: {
    name: 'get_live_players',
    arguments: {},
    _meta: {
      'io.modelcontextprotocol/protocolVersion': REVISION,
      'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
})
const MCP_HEADERS = {
  'mcp-protocol-version': REVISION,
  'mcp-method': 'tools/call',
  'mcp-name': 'get_live_players',
  accept: 'application/json, text/event-stream',
}
const DOCUMENT = JSON.stringify({
  query: print(McpLivePlayersDocument as never),
  variables: { first: 50, after: null },
})

type Send = (path: string, body: string, headers?: Record<string, string>) => Promise<string>

/** One client with a connection of its own. */
function openClient(overlord: TestOverlord): { send: Send; close: () => void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const send: Send = (path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const request = http.request(`${overlord.url}${path}`, {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${overlord.token}`, ...headers },
      })
      request.on('error', reject).on('response', (response) => {
        let text = ''
        response.on('data', (bytes: Buffer) => (text += bytes.toString()))
        response.on('end', () => resolve(text))
      })
      request.end(body)
    })
  return { send, close: () => agent.destroy() }
}

const timed = async (work: () => Promise<string>): Promise<number> => {
  const begun = performance.now()
  const answer = await work()
  const ms = performance.now() - begun
  if (!answer.includes('"name"') && !answer.includes('\\"name\\"')) throw new Error(`No rows: ${answer.slice(0, 300)}`)
  return ms
}

/** The same document by turns as a tool over HTTP, over stdio, and straight. */
async function compareCalls(overlord: TestOverlord): Promise<Figure[]> {
  const { send, close } = openClient(overlord)
  const env = { PATH: process.env['PATH'], GATEWAY_URL: `${overlord.url}/graphql`, MCP_TOKEN: overlord.token }
  const child = spawn(process.execPath, [SERVER], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const overStdio = async (id: number) => {
    child.stdin.write(`${JSON.stringify(call(id))}\n`)
    return String((await lines.next()).value)
  }
  const straight: number[] = []
  const overHttp: number[] = []
  const stdio: number[] = []
  for (let round = -50; round < ROUNDS; round++) {
    const took = [
      await timed(() => send('/graphql', DOCUMENT)),
      await timed(() => send('/mcp', JSON.stringify(call(1)), MCP_HEADERS)),
      await timed(() => overStdio(round)),
    ]
    if (round >= 0) for (const [place, sample] of [straight, overHttp, stdio].entries()) sample.push(took[place]!)
  }
  child.kill()
  close()
  const figure = (name: string, sample: number[]): Figure => ({
    bench: 'agent',
    name,
    unit: 'ms',
    better: 'less',
    ours: percentile(sample, P95),
    control: percentile(straight, P95),
    against: 'the same document sent to /graphql',
    asked: 1.5,
    beside: { p50: percentile(sample, 0.5), 'p50 straight': percentile(straight, 0.5) },
  })
  return [figure('a tool call over HTTP, p95', overHttp), figure('a tool call over stdio, p95', stdio)]
}

/** Many clients calling at once. */
async function manyClients(overlord: TestOverlord): Promise<Figure[]> {
  const before = await memoryMb(overlord)
  const clients = Array.from({ length: CLIENTS }, () => openClient(overlord))
  let most = before
  const looking = setInterval(() => void memoryMb(overlord).then((mb) => (most = Math.max(most, mb))), 200)
  const results = await Promise.allSettled(
    clients.flatMap(({ send }) =>
      Array.from({ length: CALLS }, (_, id) => timed(() => send('/mcp', JSON.stringify(call(id)), MCP_HEADERS))),
    ),
  )
  clearInterval(looking)
  for (const { close } of clients) close()
  const failed = results.filter(({ status }) => status === 'rejected').length
  const base = { bench: 'agent', better: 'less' as const, control: null, against: null }
  return [
    { ...base, name: `errors of ${CLIENTS} clients with ${CALLS} calls each`, unit: 'errors', ours: failed, asked: 0 },
    {
      ...base,
      name: 'memory of the whole process meanwhile',
      unit: 'MB',
      ours: most,
      asked: 300,
      beside: { before },
    },
  ]
}
const memoryMb = async (overlord: TestOverlord) =>
  (await readMetrics(overlord))('process_resident_memory_bytes') / 2 ** 20

interface Event {
  turnId: string
  kind: string
}

/** Time from asking to the first event and to the first words, as somebody who follows the session sees it. */
async function askEach(person: TestPerson): Promise<{ first: number[]; words: number[] }> {
  const { data } = await person.graph<{ createAssistantSession: { session: { id: string } } }>(
    'mutation { createAssistantSession { session { id } } }',
  )
  const sessionId = data.createAssistantSession.session.id
  await using feed = person.feed<Event>(
    'subscription ($sessionId: ID!) { assistantEvents(sessionId: $sessionId) { turnId kind } }',
    'assistantEvents',
    { sessionId },
  )
  const first: number[] = []
  const words: number[] = []
  for (let n = 0; n < ASKS; n++) {
    const known = new Set(feed.seen.map(({ turnId }) => turnId))
    const begun = performance.now()
    const since = () => performance.now() - begun
    const own = (event: Event) => !known.has(event.turnId)
    const asking = person.graph('mutation ($input: AskInput!) { ask(input: $input) { turn { id } } }', {
      input: { sessionId, message: 'who is online' },
    })
    await feed.find(own)
    first.push(since())
    await feed.find((event) => own(event) && event.kind === 'TEXT')
    words.push(since())
    await feed.find((event) => own(event) && event.kind === 'DONE')
    await asking
  }
  return { first, words }
}

async function askMany(overlord: TestOverlord): Promise<Figure[]> {
  const first: number[] = []
  const words: number[] = []
  for (let n = 0; n < PEOPLE; n++) {
    await using person = await aPerson(overlord, `Asker ${n}`)
    const took = await askEach(person)
    first.push(...took.first)
    words.push(...took.words)
  }
  const figure = (name: string, sample: number[], asked: number): Figure => ({
    bench: 'agent',
    name,
    unit: 'ms',
    better: 'less',
    ours: percentile(sample, P95),
    control: null,
    against: null,
    asked,
    beside: { p50: percentile(sample, 0.5) },
  })
  return [
    figure('first event of an answer, p95', first, 100),
    figure('first words of a built-in answer, p95', words, 300),
  ]
}

export async function benchAgent(): Promise<Figure[]> {
  await using overlord = await startOverlord()
  const play = await startSimulator({
    url: overlord.pluginUrl,
    secret: overlord.secret,
    characters: CHARACTERS,
    pace: 'live',
  })
  try {
    await until('all are online', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>(
        '{ characters(where: { live: true }) { totalCount } }',
      )
      return data.characters.totalCount >= CHARACTERS
    })
    return [...(await askMany(overlord)), ...(await compareCalls(overlord)), ...(await manyClients(overlord))]
  } finally {
    await play[Symbol.asyncDispose]()
  }
}
