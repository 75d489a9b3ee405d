import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectPlugin } from '../../../shared/testing/plugin.ts'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'register', player_name: 'Larsson' })
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2 })
    await until('Larsson', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
      return data.characters.totalCount === 1
    })
  })
  ;({ page } = dashboard)
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('a window whose code does not load', () => {
  const CODE = '**/assets/StatsWindow-*.js'
  const stats = () => dashboard.dialog('Leaderboards')

  it('is asked for again by itself', async () => {
    let asked = 0
    await page.route('**/assets/BoardWindow-*.js', (route) => (++asked === 1 ? route.abort() : route.continue()))
    await dashboard.openFromMenu('Issues')
    await dashboard.dialog('Issues').getByLabel('Title').waitFor()
    expect(asked).toBe(2)
    await dashboard.dialog('Issues').getByRole('button', { name: 'Close Issues' }).click()
  })

  it('stays open, and offers another try and to reload the page', async () => {
    // What an upgrade of the server leaves behind: files of the old build are not there any more.
    await page.route(CODE, (route) => route.fulfill({ status: 404, body: '{}' }))
    await dashboard.openFromMenu('Leaderboards')
    await stats().getByText('could not be loaded').waitFor()
    expect(await dashboard.axe(stats())).toEqual([])
    await page.unroute(CODE)
    await stats().getByRole('button', { name: 'Reload the page' }).click()
    await stats().getByLabel('Rank by').waitFor()
    await stats().getByRole('button', { name: 'Close Leaderboards' }).click()
    // The browser itself reports what it could not load; this was meant.
    expect(dashboard.watch.complaints.splice(0).filter((text) => !/Failed to load resource/.test(text))).toEqual([])
  })
})

describe('an error', () => {
  it('says that the server could not be reached only when it could not', async () => {
    await page.route('**/graphql', (route) => route.fulfill({ status: 502, body: '<h1>Bad Gateway</h1>' }))
    await dashboard.openFromMenu('Leaderboards')
    const alert = dashboard.dialog('Leaderboards').getByRole('alert')
    await alert.getByText('The server answered with status 502.').waitFor()
    await page.unroute('**/graphql')
    await page.route('**/graphql', (route) => route.abort())
    await alert.getByRole('button', { name: 'Try again' }).click()
    await alert.getByText('The server could not be reached.').waitFor()
    await page.unroute('**/graphql')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await alert.waitFor({ state: 'detached' })
    expect(dashboard.watch.complaints.splice(0).filter((text) => !/Failed to load resource/.test(text))).toEqual([])
  })
})

describe('Connect the plugin', () => {
  const setup = () => dashboard.dialog('Connect the plugin')
  it('says when a plugin knocked with a wrong secret, and when one left', async () => {
    const { overlord } = dashboard
    await page.getByRole('button', { name: /^Menu of/ }).click()
    await page.getByRole('menuitem', { name: 'Connect the plugin' }).click()
    await setup().getByText('Plugins connected now: Larsson.').waitFor()
    const stranger = await connectPlugin(overlord.pluginUrl, { secret: 'not the secret' })
    await stranger.closed
    await setup()
      .getByText(/^A plugin was refused just now: its secret is missing or wrong\./)
      .waitFor()
    const torva = await connectPlugin(overlord.pluginUrl, { secret: overlord.secret, character: 'Torva' })
    await setup()
      .getByText(/Torva\.$/)
      .waitFor()
    await torva[Symbol.asyncDispose]()
    await setup().getByText('The plugin of Torva left just now.').waitFor()
    expect(await dashboard.axe(setup())).toEqual([])
  })
})

describe('signing out', () => {
  it('on purpose is no ended session, though the server closes the socket before it answers', async () => {
    // The page opened its socket before: only one opened now can be watched.
    await page.reload()
    const socket = await page.waitForEvent('websocket')
    const closed = socket.waitForEvent('close')
    await page.route('**/logout', async (route) => {
      const response = await route.fetch()
      await closed
      await route.fulfill({ response })
    })
    await page.getByRole('button', { name: /^Menu of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await until('the answer', async () => (await page.context().cookies()).length === 0)
    expect(await page.getByText('Your session has ended').count()).toBe(0)
    expect(dashboard.watch.complaints.filter((text) => !/Failed to load resource/.test(text))).toEqual([])
  })
})
