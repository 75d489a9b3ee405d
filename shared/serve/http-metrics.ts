// Every request passes here: it is counted in plain numbers, and turned into metrics when they are read.
import type { ServerResponse } from 'node:http'
import { Counter, register, type Metric } from 'prom-client'

/** Classes of routes. A path is never a label: senders choose it. */
export type RouteClass =
  'health' | 'metrics' | 'graph' | 'frames' | 'sign_in' | 'icons' | 'mcp' | 'legacy_api' | 'pages' | 'other' | 'none'

/** Upper bounds of the duration's buckets, in seconds. */
const BOUNDS = [0.005, 0.025, 0.1, 0.5, 2.5, 10, 30]
const DURATION = 'overlord_http_request_duration_seconds'

/** The requests of one room and class of route. */
class RouteRequests {
  readonly byStatus = new Map<number | 'closed', number>()
  /** Requests by bucket; the last one has those above all bounds. */
  readonly #buckets = new Array<number>(BOUNDS.length + 1).fill(0)
  #seconds = 0
  readonly labels: { room: string; route: RouteClass }

  constructor(room: string, route: RouteClass) {
    this.labels = { room, route }
  }

  count(status: number | 'closed'): void {
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1)
  }

  observe(seconds: number): void {
    const bucket = BOUNDS.findIndex((bound) => seconds <= bound)
    this.#buckets[bucket < 0 ? BOUNDS.length : bucket]! += 1
    this.#seconds += seconds
  }

  /** Its samples of the histogram; none before the first duration. */
  samples() {
    let sum = 0
    const buckets = this.#buckets.map((count, i) => ({
      metricName: `${DURATION}_bucket`,
      labels: { le: BOUNDS[i] ?? '+Inf', ...this.labels },
      value: (sum += count),
    }))
    if (!sum) return []
    return [
      ...buckets,
      { metricName: `${DURATION}_sum`, labels: this.labels, value: this.#seconds },
      { metricName: `${DURATION}_count`, labels: this.labels, value: sum },
    ]
  }
}

const known = new Map<string, Map<RouteClass, RouteRequests>>()

new Counter({
  name: 'overlord_http_requests_total',
  help: 'HTTP requests by room, class of route and status; `closed` when the client left before the answer',
  labelNames: ['room', 'route', 'status'],
  collect() {
    this.reset()
    for (const { labels, byStatus } of allRoutes())
      for (const [status, count] of byStatus) this.inc({ ...labels, status: String(status) }, count)
  },
})

const durations = {
  name: DURATION,
  help: 'Time from an HTTP request to the end of its answer; event streams are left out',
  type: 'histogram',
  aggregator: 'sum',
  labelNames: ['room', 'route'],
  reset: () => known.clear(),
  get() {
    const { name, help, type, aggregator } = this
    return Promise.resolve({ name, help, type, aggregator, values: [...allRoutes()].flatMap((one) => one.samples()) })
  },
}
register.registerMetric(durations as unknown as Metric)

function* allRoutes(): Iterable<RouteRequests> {
  for (const routes of known.values()) yield* routes.values()
}

function requestsOf(room: string, route: RouteClass): RouteRequests {
  let routes = known.get(room)
  if (!routes) known.set(room, (routes = new Map<RouteClass, RouteRequests>()))
  let requests = routes.get(route)
  if (!requests) routes.set(route, (requests = new RouteRequests(room, route)))
  return requests
}

const NOTED = Symbol('class of route')
type Noted = ServerResponse & { [NOTED]?: RouteRequests }

/** Notes to which class of route of a room an answer belongs. A door may note it more precisely than `serve` does. */
export function noteRoute(response: ServerResponse, room: string, route: RouteClass): void {
  const noted: Noted = response
  noted[NOTED] = requestsOf(room, route)
}

/** The same, unless the door has noted it. */
export function noteRouteOnce(response: ServerResponse, room: string, route: RouteClass): void {
  if (!(response as Noted)[NOTED]) noteRoute(response, room, route)
}

/** Counts a request when its answer has ended. `process` names the process for requests that no door took. */
export function measureRequest(response: ServerResponse, process: string): void {
  const begun = performance.now()
  response.once('close', () => {
    const requests = (response as Noted)[NOTED] ?? requestsOf(process, 'none')
    requests.count(response.headersSent ? response.statusCode : 'closed')
    if (!isStream(response)) requests.observe((performance.now() - begun) / 1000)
  })
}

const isStream = (response: ServerResponse): boolean => {
  const type = response.headersSent ? response.getHeader('content-type') : undefined
  return typeof type === 'string' && /^(text\/event-stream|multipart\/mixed)/.test(type)
}
