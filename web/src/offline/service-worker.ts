/// <reference lib="webworker" />
// What the browser runs beside the page: it keeps the files of the shell, so that the page opens without a server. It
// imports nothing: browsers run it as a plain script.
const worker = self as unknown as ServiceWorkerGlobalScope
/** Filled in by the build (web/offline-shell.ts): addresses of the shell's files, and a name that changes with them. */
declare const __SHELL_FILES__: readonly string[]
declare const __SHELL_NAME__: string

/** Addresses that all show the one page (gateway/pages.ts). */
const PAGES: ReadonlySet<string> = new Set(['/', '/login', '/eye', '/game', '/shared'])
const PREFIX = 'overlord-'
const CACHE = PREFIX + __SHELL_NAME__
/** Windows of the dashboard are smaller; the playground, which nobody needs offline, is larger. */
const MAX_KEPT_BYTES = 100_000

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...__SHELL_FILES__])))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys()
      await Promise.all(
        names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
      )
      await worker.clients.claim()
    })(),
  )
})

// A new version waits until the page says so: a page must not lose the files of its build while it is in use.
worker.addEventListener('message', ({ data }) => {
  if (data === 'activate') void worker.skipWaiting()
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    if (PAGES.has(pathname)) event.respondWith(pageOf(request))
  } else if (pathname.startsWith('/assets/')) event.respondWith(fileOf(request))
})

/** The page as the server has it; the kept one only where there is no server: nobody stays on an old build. */
async function pageOf(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch {
    return (await caches.match('/')) ?? Response.error()
  }
}

/** Names of files change with what is in them: what is kept is right. */
async function fileOf(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok && Number(answer.headers.get('content-length') ?? 0) <= MAX_KEPT_BYTES)
    await (await caches.open(CACHE)).put(request, answer.clone())
  return answer
}
