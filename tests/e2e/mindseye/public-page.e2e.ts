// The page /eye for visitors without a sign-in: from the public socket alone, where it is switched on.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage } from '../lights/browser.ts'

const DELAY_S = 1
let browser: Browser
let open: TestOverlord
let closed: TestOverlord

beforeAll(async () => {
  browser = await openBrowser()
  const env = { WORLD: 'demo', AGENT: 'off' }
  open = await startOverlord({ env: { ...env, PUBLIC_EYE: 'on', PUBLIC_EYE_DELAY: String(DELAY_S) } })
  closed = await startOverlord({ env })
})
afterAll(async () => {
  await browser?.close()
  await open?.[Symbol.asyncDispose]()
  await closed?.[Symbol.asyncDispose]()
})

const LOOK_MS = 4_000

describe('the page /eye without a sign-in', () => {
  it('shows world, steps and the delay, and asks nothing of the graph', async () => {
    const made = await open.graph<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { name: "gateway", scopes: [TRACE] }) { secret } }',
    )
    const { page, watch } = await openPage(browser, open.url)
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    page.on('websocket', (socket) => asked.push(new URL(socket.url()).pathname))
    await page.goto(`${open.url}/eye`)
    await page.getByRole('img', { name: /The world from above/ }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/eye')
    await page.getByText(`shown ${DELAY_S} s late · places are moved`).waitFor()
    const post = (body: object) =>
      fetch(`${open.url}/trace`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${made.data.createToken.secret}` },
        body: JSON.stringify({ session_id: 'p', player: 'Marigold', mode: 'sudo', ...body }),
      })
    await post({ tool: 'world.scan_area', input: { x: 1, z: 2, radius: 4, note: 'private' } })
    await post({ tool: 'world.fails', ok: false })
    const session = page.getByRole('article', { name: 'Session of Marigold' }).filter({ hasText: 'world.scan_area' })
    await session.getByText('world.fails').waitFor()
    await session.getByText('1 failure').waitFor()
    // The demo's own assistant may take the mode meanwhile: the newest trace decides.
    await until(
      'the look of sudo',
      async () => {
        await post({ tool: 'world.scan_area', input: { x: 1, z: 2, radius: 4 } })
        const look = page.locator('.eye-sudo')
        return look.waitFor({ timeout: LOOK_MS }).then(
          () => true,
          () => false,
        )
      },
      30_000,
    )
    expect(await session.getByRole('button', { name: /Replay|Export/ }).count()).toBe(0)
    expect(await page.content()).not.toContain('private')
    // A visitor has a look of their own, as members have.
    await page.getByRole('button', { name: 'Look' }).press('Enter')
    const distinct = page.getByLabel('Colours for the colour-blind')
    await distinct.check()
    await page.reload()
    await page.getByRole('button', { name: 'Look' }).click()
    expect(await distinct.isChecked()).toBe(true)
    expect(asked.filter((path) => path.startsWith('/graphql'))).toEqual([])
    expect(asked).toContain('/eye/ws')
    // The browser itself says that there is no session.
    expect(watch.strangers).toEqual([])
    expect(watch.complaints.filter((text) => !/401.*\/session/.test(text))).toEqual([])
  })

  it('is the sign-in page where it is not switched on', async () => {
    const { page } = await openPage(browser, closed.url)
    await page.goto(`${closed.url}/eye`)
    await page.getByLabel('Password', { exact: true }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/login')
    expect(await (await fetch(`${closed.url}/eye/about`)).json()).toEqual({ v: 1, on: false })
  })
})
