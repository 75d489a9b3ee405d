// A process that serves that world: as our gateway does, as Hive's does by itself, or as little as can be.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createGatewayRuntime, getGraphQLWSOptions } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { buildSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { pino } from 'pino'
import { WebSocketServer } from 'ws'
import { startGateway } from '../../../gateway/start.ts'
import { inProcessTransport } from '../../../gateway/graph/in-process.ts'
import { fixedSupergraph } from '../../../gateway/graph/supergraph.ts'
import type { People } from '../../../shared/auth/people.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { plainGraph } from '../plain-graph.ts'
import { plainRoot, plainSdl, tick, world } from './world.ts'

export interface Served {
  as: 'ours' | 'hive' | 'plain'
  gatherMs?: number
}

const { as, gatherMs = 0 } = JSON.parse(await text(process.stdin)) as Served
const log = pino({ level: 'silent' })
const viewer: Viewer = { kind: 'token', id: '1', name: 'bench', role: 'viewer', session: null, needsPassword: false, owner: false } // prettier-ignore
const graph = world()
let told = 0
let perSecond = 0
let told0 = 0
let begun = 0

const raw = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const rawText = (event: ReturnType<typeof tick>) =>
  JSON.stringify({ id: '1', type: 'next', payload: { data: { ticks: event } } })

/** Tells so many events a second from now on. */
setInterval(() => {
  const due = told0 + Math.floor(((performance.now() - begun) / 1000) * perSecond)
  while (told < due) {
    const event = tick(told++)
    if (as === 'plain') {
      const line = rawText(event)
      for (const socket of raw.clients) socket.send(line)
    } else graph.tell(event)
  }
}, 1)

/** What it costs, and what it is told to do. */
const control: RequestListener = (request, response) => {
  const { searchParams } = new URL(request.url!, 'http://here')
  if (searchParams.has('perSecond')) {
    ;[perSecond, told0, begun] = [Number(searchParams.get('perSecond')), told, performance.now()]
  }
  const { user, system } = process.cpuUsage()
  if (searchParams.has('gc')) globalThis.gc?.()
  response.end(JSON.stringify({ told, cpuSeconds: (user + system) / 1e6, heap: process.memoryUsage().heapUsed }))
}

const serve: Record<Served['as'], () => Promise<Server>> = {
  async ours() {
    const people = {
      viewerOfToken: (secret: string) => Promise.resolve(secret === 'bench' ? viewer : null),
      viewerOfSession: () => Promise.resolve(null),
      onChange: () => Promise.resolve(() => undefined),
      there: () => Promise.resolve(),
    } as unknown as People
    const door = await startGateway({
      supergraph: fixedSupergraph(graph.supergraph),
      subgraphs: { inProcess: graph.subgraphs },
      people,
      key: 'a key for benches',
      origins: { allowed: [], publicUrl: undefined, trustProxy: false, allowedHosts: [] } as never,
      limits: { socketsPerAddress: 10_000, socketsPerViewer: 10_000, subscriptionsPerSocket: 50, operationSeconds: 30 },
      introspection: 'viewer',
      manifest: {},
      freeDocuments: 'viewer',
      webFolder: '/nowhere',
      iconsFolder: undefined,
      gatherMs,
      log,
    })
    const server = createServer((request, response) => {
      if (request.url!.startsWith('/control')) control(request, response)
      else void door.handle(request, response, '/graphql')
    })
    return server.on('upgrade', (request, socket, head) => void door.upgrade(request, socket, head, '/graphql'))
  },
  async hive() {
    const transport = inProcessTransport(graph.subgraphs, log)
    const runtime = createGatewayRuntime({
      supergraph: graph.supergraph,
      unifiedGraphHandler,
      transports: { ours: transport } as never,
      transportEntries: { '*.http': { kind: 'ours' } },
      logging: false,
      landingPage: false,
      graphiql: false,
    })
    await runtime.getSchema()
    const server = createServer((request, response) => {
      if (request.url!.startsWith('/control')) control(request, response)
      else void runtime(request, response, { viewer } as never)
    })
    const sockets = new WebSocketServer({ server, perMessageDeflate: false })
    useServer(getGraphQLWSOptions(runtime as never, () => ({ viewer })) as never, sockets)
    return server
  },
  plain() {
    const answer = plainGraph(buildSchema(plainSdl), plainRoot)
    const server = createServer((request, response) =>
      request.url!.startsWith('/control') ? control(request, response) : answer(request, response),
    )
    server.on('upgrade', (request, socket, head) =>
      raw.handleUpgrade(request, socket, head, (ws) => raw.emit('connection', ws, request)),
    )
    return Promise.resolve(server)
  },
}

const server = await serve[as]()
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
