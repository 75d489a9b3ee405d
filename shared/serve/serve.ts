import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, register } from 'prom-client'
import { faultBody } from '../errors.ts'
import type { Log } from '../log.ts'
import { inRequest } from '../trace/spans.ts'
import { VERSION } from '../version.ts'
import { refuseUpgrade, sendJson, type Door } from './door.ts'
import { measureRequest, noteRoute, noteRouteOnce } from './http-metrics.ts'
import './process-metrics.ts'

collectDefaultMetrics()
// To count these, each look at the metrics lists every open socket by name, for milliseconds at a time; our own
// counters know how many there are.
for (const kind of ['handles', 'requests', 'resources'])
  for (const name of [`nodejs_active_${kind}`, `nodejs_active_${kind}_total`]) register.removeSingleMetric(name)

export interface Served extends AsyncDisposable {
  port: number
}

export interface ServeOptions {
  /** Names the process in the metrics of requests that no door takes. */
  name: string
  host: string
  port: number
  doors: readonly Door[]
  log: Log
  /** Who may read /metrics. */
  mayMeasure: (request: IncomingMessage) => boolean | Promise<boolean>
}

/** An answer that is no page may load nothing and be shown in no frame. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'"
/** How long open requests may take to finish when we stop. */
const DRAIN_MS = 5_000
/** How long a readiness question may take: a database that hangs is not ready. */
const READY_MS = 2_000

/**
 * Serves doors on one port, with /healthz, /readyz and /metrics. Disposing it drains: no new requests, open ones
 * finish.
 */
export async function serve({ name, host, port, doors, log, mayMeasure }: ServeOptions): Promise<Served> {
  let stopping = false

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request)
    if (path === '/healthz' || path === '/readyz') noteRoute(response, name, 'health')
    if (path === '/healthz') return sendJson(response, 200, { ok: true, version: VERSION })
    if (path === '/readyz') return readiness(response, { doors, stopping, log })
    if (path === '/metrics') {
      noteRoute(response, name, 'metrics')
      if (!(await mayMeasure(request))) return refuse(response, 'METRICS_TOKEN_NEEDED')
      response.writeHead(200, { 'content-type': register.contentType }).end(await register.metrics())
      return
    }
    for (const door of doors)
      if (await door.handle(request, response, path)) return noteRouteOnce(response, door.name, 'other')
    refuse(response, 'NOT_FOUND')
  }

  const server = createServer({ maxHeaderSize: 16_384 }, (request, response) => {
    measureRequest(response, name)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('content-security-policy', NOTHING) // pages bring their own
    inRequest(request, response, pathOf(request), () => answer(request, response)).catch((error: unknown) => {
      // A client that leaves before its request is whole, or before its answer, is no fault of ours.
      if (request.destroyed && (!request.complete || request.errored === error))
        return log.debug({ error, path: pathOf(request) }, 'request was broken off')
      log.error({ error, path: pathOf(request) }, 'request failed')
      if (response.headersSent) response.destroy()
      else refuse(response, 'NOT_READY')
    })
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', (error) => log.debug({ error }, 'socket error'))
    if (stopping) return refuseUpgrade(socket, 'NOT_READY')
    const path = pathOf(request)
    if (!doors.some((door) => door.upgrade(request, socket, head, path))) refuseUpgrade(socket, 'NOT_FOUND')
  })
  server.requestTimeout = 60_000
  server.headersTimeout = 15_000
  // Longer than balancers and browsers keep an idle one: a request sent just as we close its connection would be lost.
  server.keepAliveTimeout = 75_000

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      stopping = true
      await drain(server, doors)
    },
  }
}

/** Answers whether every room is ready, and which is not. */
async function readiness(
  response: ServerResponse,
  { doors, stopping, log }: Pick<ServeOptions, 'doors' | 'log'> & { stopping: boolean },
): Promise<void> {
  const open = await statesOf(doors)
  const ready = !stopping && open.every((room) => room.waitsFor === null)
  sendJson(response, ready ? 200 : 503, {
    ready,
    rooms: open.map(({ room, waitsFor, slow, missing }) => ({
      room,
      ready: waitsFor === null,
      ...(slow === null ? {} : { slowSeconds: slow }),
      ...(missing.length ? { missing } : {}),
    })),
  })
  if (!ready) log.warn({ rooms: open }, 'not ready')
}

/** Takes no new connections, lets open requests finish for a while, and closes the doors. */
async function drain(server: Server, doors: readonly Door[]): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const fuse = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  for (const door of doors) await door[Symbol.asyncDispose]()
  server.closeIdleConnections()
  await closed
  clearTimeout(fuse)
}

/** What each room waits for, for how long it has been slow (null for nothing), and which parts behind it are gone. */
async function statesOf(doors: readonly Door[]) {
  const waits = await Promise.all(
    doors.map((door) => Promise.race([door.waitsFor().catch((error: Error) => error.message), late()])),
  )
  return doors.map((door, i) => ({
    room: door.name,
    waitsFor: waits[i] ?? null,
    slow: door.slowSeconds?.() ?? null,
    missing: door.missing?.() ?? [],
  }))
}

const late = () => new Promise<string>((resolve) => setTimeout(() => resolve('no answer'), READY_MS).unref())

function refuse(response: ServerResponse, code: Parameters<typeof faultBody>[0]): void {
  const { status, body } = faultBody(code)
  sendJson(response, status, body)
}

/** The path without its query; `/` for anything that is no path. */
function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/'
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}
