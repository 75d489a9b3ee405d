import { createServer, request as send, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser } from '../lights/browser.ts'

let overlord: TestOverlord
let browser: Browser
let context: BrowserContext
let page: Page
/** What stands before the server, so that a test can take it away or upgrade it. */
let front: Server
let version = ''
let isDown = false

const address = () => `http://127.0.0.1:${(front.address() as AddressInfo).port}`
const workers = () =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    return { active: Boolean(registration?.active), waiting: Boolean(registration?.waiting) }
  })

beforeAll(async () => {
  overlord = await startOverlord()
  const { port } = new URL(overlord.url)
  front = createServer((asked, answer) => {
    if (isDown) return void asked.socket.destroy()
    const headers = { ...asked.headers, host: `127.0.0.1:${port}`, 'accept-encoding': 'identity' }
    if (headers.origin) headers.origin = overlord.url
    const passed = send({ port, path: asked.url, method: asked.method, headers }, (got) => {
      if (asked.url !== '/sw.js') {
        answer.writeHead(got.statusCode!, got.headers)
        return void got.pipe(answer)
      }
      const { 'content-length': _, etag: __, 'last-modified': ___, ...kept } = got.headers
      answer.writeHead(got.statusCode!, kept)
      got.pipe(answer, { end: false })
      got.on('end', () => answer.end(version))
    })
    passed.on('error', () => answer.destroy())
    asked.pipe(passed)
  })
  await new Promise<void>((listening) => front.listen(0, '127.0.0.1', listening))
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: address() }])
  page = await context.newPage()
  await page.goto(address())
  await page.getByRole('application', { name: 'Map of Dereth' }).waitFor()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  front?.closeAllConnections()
  front?.close()
  await overlord?.[Symbol.asyncDispose]()
})

describe('the dashboard', () => {
  it('can be installed', async () => {
    await until('the service worker', async () => (await workers()).active)
    const devtools = await context.newCDPSession(page)
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    // A private window of the browser, which contexts of tests are, installs nothing.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  })

  it('opens without a server, says so, and is whole once there is one', async () => {
    isDown = true
    front.closeAllConnections()
    await page.reload()
    await page.getByText('The server could not be reached').waitFor()
    isDown = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('application', { name: 'Map of Dereth' }).waitFor()
  })

  it('offers a new version, and loads it when that is wanted', async () => {
    version = '\n// A newer build.'
    // Its files are those of the page, so the page takes it without asking: it waits for a moment only.
    await page.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration())!
      const isActive = new Promise<void>((resolve) =>
        registration.addEventListener('updatefound', () => {
          const newer = registration.installing!
          newer.addEventListener('statechange', () => newer.state === 'activated' && resolve())
        }),
      )
      await registration.update() // what an open page does once an hour and when the server comes back
      await isActive
    })
    expect(await page.getByText('A new version is ready').isVisible()).toBe(false)

    version = '\n// A newer build, with other files.'
    await page.route(/127\.0\.0\.1:\d+\/$/, (route) =>
      route.request().isNavigationRequest() ? route.fallback() : route.fulfill({ body: '<!doctype html>' }),
    )
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one?.update()))
    const offer = page.getByRole('button', { name: /^A new version is ready/ })
    await offer.waitFor()
    await page.evaluate(() => (document.title = 'The old page'))
    await offer.click()
    await until('the new page', async () => (await page.title()) === 'Overlord')
    await page.getByRole('application', { name: 'Map of Dereth' }).waitFor()
    expect((await workers()).waiting).toBe(false)
  })

  it('keeps no answer of the graph', async () => {
    const kept = await page.evaluate(async () => {
      const all: string[] = []
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname)
      return all
    })
    expect(kept).toContain('/')
    expect(kept.filter((path) => !/^\/($|icon\.svg$|manifest\.webmanifest$|assets\/)/.test(path))).toEqual([])
  })
})
