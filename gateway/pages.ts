import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import sirv from 'sirv'

const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Addresses of the dashboard's one page, which shows what its address names. */
const SAME_PAGE: ReadonlySet<string> = new Set(['/', '/login', '/eye', '/game', '/shared'])

/** The built dashboard and playground. Nothing in them is secret: what they show comes from the graph. */
export function pages(folder: string) {
  const serve = existsSync(folder)
    ? sirv(folder, {
        dev: false,
        etag: true,
        gzip: true,
        brotli: true,
        single: false,
        setHeaders(response, path) {
          response.setHeader(
            'cache-control',
            path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
          )
        },
      })
    : null

  return function handle(request: IncomingMessage, response: ServerResponse, path: string): boolean {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    if (path === '/graphiql') {
      response.writeHead(308, { location: '/graphiql/' }).end()
      return true
    }
    if (!serve) {
      if (!SAME_PAGE.has(path)) return false
      response
        .writeHead(503, { 'content-type': 'text/plain; charset=utf-8' })
        .end('The dashboard is not built. Run: npm run build\n')
      return true
    }
    if (SAME_PAGE.has(path)) request.url = '/'
    response.setHeader('content-security-policy', POLICY)
    response.setHeader('referrer-policy', 'same-origin')
    response.setHeader('x-frame-options', 'DENY')
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    serve(request, response, () => {
      response
        .writeHead(404, { 'content-type': 'application/json; charset=utf-8' })
        .end(
          '{"error":{"code":"NOT_FOUND","message":"There is nothing of that name.","hint":"The dashboard is at /."}}',
        )
    })
    return true
  }
}
