import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, parse, type DocumentNode } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { until } from '../../shared/testing/until.ts'
import { openGraphClient } from './client.ts'
import { GraphFault } from './fault.ts'

interface Request {
  authorization: string | undefined
  body: { query: string; operationName: string; variables: unknown }
}
type Reply = (request: Request, nth: number) => { status?: number; body?: unknown } | 'break'

/** A gateway that answers as the test says, and notes what it was asked. */
async function startGateway(reply: Reply) {
  const requests: Request[] = []
  const server = http.createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const asked = { authorization: request.headers.authorization, body: JSON.parse(text) as Request['body'] }
      requests.push(asked)
      const answer = reply(asked, requests.length)
      if (answer === 'break') return void request.socket.destroy()
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer.body ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` }
}

const document = (source: string) => parse(source) as DocumentNode & { __apiType?: () => { n: number } }
const QUESTION = document('query Question($of: Int) { n(of: $of) }') as never
const FOLLOWED = document('subscription Followed { n }') as never
const good = { body: { data: { n: 1 } } }

function open(...urls: string[]) {
  const client = openGraphClient({ urls, token: 'its own', log: pino({ level: 'silent' }) })
  onTestFinished(() => client[Symbol.asyncDispose]())
  return client
}

describe('a question to the graph', () => {
  it('is asked by its document and variables, with the agent’s credential or the one given', async () => {
    const { requests, url } = await startGateway(() => good)
    const client = open(url)
    expect(await client.ask(QUESTION, { of: 2 })).toEqual({ n: 1 })
    await client.ask(QUESTION, { of: 3 }, { token: 'another' })
    expect(requests.map(({ authorization }) => authorization)).toEqual(['Bearer its own', 'Bearer another'])
    expect(requests.map(({ body }) => [body.operationName, body.variables])).toEqual([
      ['Question', { of: 2 }],
      ['Question', { of: 3 }],
    ])
  })

  it.each([
    ['a gateway that breaks the connection', 'break' as const],
    ['a proxy without a gateway', { status: 502 }],
    ['an answer without data', { body: {} }],
  ])('is asked again after %s', async (_, bad) => {
    const { requests, url } = await startGateway((_, nth) => (nth < 3 ? bad : good))
    expect(await open(url).ask(QUESTION, {})).toEqual({ n: 1 })
    expect(requests).toHaveLength(3)
  })

  it('goes to the next gateway when one does not answer', async () => {
    const broken = await startGateway(() => 'break')
    const other = await startGateway(() => good)
    expect(await open(broken.url, other.url).ask(QUESTION, {})).toEqual({ n: 1 })
    expect([broken.requests.length, other.requests.length]).toEqual([1, 1])
  })

  it('is given up after four tries', async () => {
    const { requests, url } = await startGateway(() => ({ status: 503 }))
    await expect(open(url).ask(QUESTION, {})).rejects.toThrow('The gateway answered 503.')
    expect(requests).toHaveLength(4)
  })

  it('that the graph refuses is not asked again, and has its code, text and trace', async () => {
    const errors = [{ message: 'Not for you.', extensions: { code: 'FORBIDDEN', trace: 'abc' } }]
    const { requests, url } = await startGateway(() => ({ body: { data: null, errors } }))
    const fault: unknown = await open(url)
      .ask(QUESTION, {})
      .catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(GraphFault)
    expect(fault).toMatchObject({ message: 'Not for you.', code: 'FORBIDDEN', trace: 'abc' })
    expect(requests).toHaveLength(1)
  })

  it('that is aborted is not asked again', async () => {
    const aborting = new AbortController()
    const { requests, url } = await startGateway(() => {
      aborting.abort()
      return 'break'
    })
    await expect(open(url).ask(QUESTION, {}, { signal: aborting.signal })).rejects.toThrow()
    expect(requests).toHaveLength(1)
  })
})

describe('a stream of the graph', () => {
  const schema = buildSchema('type Query { n: Int } type Subscription { n: Int }')

  async function startStreams(rounds: (number | Error)[][]) {
    const { server, url } = await startGateway(() => good)
    const opened: unknown[] = []
    const sockets = new WebSocketServer({ server, path: '/graphql' })
    const leave = useServer(
      {
        schema,
        onConnect: ({ connectionParams }) => void opened.push(connectionParams),
        subscribe: async function* () {
          for (const n of rounds.shift() ?? [await new Promise<never>(() => undefined)]) {
            if (n instanceof Error) throw n
            yield await Promise.resolve({ data: { n } })
          }
        } as never,
      },
      sockets,
    )
    onTestFinished(async () => {
      await leave.dispose()
    })
    return { url, opened, sockets }
  }

  it('is opened with the credential, delivers, and is opened again when it ends', async () => {
    const { url, opened } = await startStreams([[1, 2], [3]])
    const client = open(url)
    const seen: number[] = []
    const stop = client.follow(FOLLOWED, {}, ({ n }: { n: number }) => seen.push(n))
    await until('both rounds', () => seen.length === 3)
    expect(seen).toEqual([1, 2, 3])
    expect(opened[0]).toEqual({ token: 'its own' })
    await until('the third round to be open', () => client.connected())
    stop()
    await until('it to be closed', () => !client.connected())
  })

  it('is opened again when the connection breaks', async () => {
    const { url, sockets } = await startStreams([[1, 2]])
    const client = open(url)
    const seen: number[] = []
    client.follow(FOLLOWED, {}, ({ n }: { n: number }) => seen.push(n))
    await until('the first round', () => seen.length === 2)
    await until('the second to be open', () => client.connected())
    for (const socket of sockets.clients) socket.terminate()
    await until('a new connection', () => [...sockets.clients].some((socket) => socket.readyState === socket.OPEN))
    await until('the stream to be open', () => client.connected())
  })
})
