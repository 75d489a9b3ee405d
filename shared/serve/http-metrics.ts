import type { ServerResponse } from 'node:http'
import { Counter, Histogram } from 'prom-client'

const requests = new Counter({
  name: 'overlord_http_requests_total',
  help: 'HTTP requests by room, class of route and status; `closed` when the client left before the answer',
  labelNames: ['room', 'route', 'status'],
})
const durations = new Histogram({
  name: 'overlord_http_request_duration_seconds',
  help: 'Time from an HTTP request to the end of its answer; event streams are left out',
  labelNames: ['room', 'route'],
  buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10, 30],
})

/** Classes of routes. A path is never a label: senders choose it. */
export type RouteClass =
  'health' | 'metrics' | 'graph' | 'frames' | 'sign_in' | 'icons' | 'mcp' | 'legacy_api' | 'pages' | 'other' | 'none'

const routes = new WeakMap<ServerResponse, { room: string; route: RouteClass }>()

/** Notes to which class of route of a room an answer belongs. A door may note it more precisely than `serve` does. */
export function noteRoute(response: ServerResponse, room: string, route: RouteClass): void {
  routes.set(response, { room, route })
}

/** The same, unless the door has noted it. */
export function noteRouteOnce(response: ServerResponse, room: string, route: RouteClass): void {
  if (!routes.has(response)) routes.set(response, { room, route })
}

/** Counts a request when its answer has ended. `process` names the process for requests that no door took. */
export function measureRequest(response: ServerResponse, process: string): void {
  const begun = performance.now()
  response.once('close', () => {
    const { room, route } = routes.get(response) ?? { room: process, route: 'none' }
    const status = response.headersSent ? String(response.statusCode) : 'closed'
    requests.inc({ room, route, status })
    if (!isStream(response)) durations.observe({ room, route }, (performance.now() - begun) / 1000)
  })
}

const isStream = (response: ServerResponse): boolean => {
  const type = response.headersSent ? response.getHeader('content-type') : undefined
  return typeof type === 'string' && /^(text\/event-stream|multipart\/mixed)/.test(type)
}
