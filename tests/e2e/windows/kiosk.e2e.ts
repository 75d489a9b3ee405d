import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { type Dashboard, openDashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page
const said = async (key: string) => new URLSearchParams((await page.evaluate(() => location.hash)).slice(1)).get(key)
const bar = () => page.getByRole('button', { name: 'What the map shows' })

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 10, ns: 10 })
    await until('Larsson', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
      return data.characters.totalCount === 1
    })
  })
  ;({ page } = dashboard)
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('kiosk mode', () => {
  it('leaves the map and its windows, says so in the address, and ends with its key', async () => {
    await page.locator('[role=application]').focus()
    await page.keyboard.press('o')
    await bar().waitFor({ state: 'hidden' })
    expect(await dashboard.dialog('Characters').isVisible()).toBe(true)
    await until('the address', async () => (await said('k')) === '1')
    await page.keyboard.press('o')
    await bar().waitFor()
    await until('the address without it', async () => (await said('k')) === null)
  })

  it('gives its windows the band of the bar, and takes it back', async () => {
    const top = async () => (await dashboard.dialog('Characters').boundingBox())!.y
    const below = await top()
    expect(below).toBeGreaterThan(40)
    const bottom = async () => (await dashboard.dialog('Characters').boundingBox())!.height + (await top())
    const end = await bottom()
    await page.locator('[role=application]').focus()
    await page.keyboard.press('o')
    await until('the band', async () => (await top()) < 12)
    expect(await bottom()).toBeCloseTo(end, 0)
    await until('the address', async () => (await said('k')) === '1')
    await page.reload()
    await dashboard.dialog('Characters').waitFor()
    expect(await top()).toBeLessThan(12)
    await page.keyboard.press('o')
    await until('the bar', async () => (await top()) === below)
    expect(await bottom()).toBeCloseTo(end, 0)
    await until('the address without it', async () => (await said('k')) === null)
  })

  it('is what an address says that is opened with it', async () => {
    await page.goto('about:blank')
    await page.goto(`${dashboard.overlord.url}/#k=1&w=roster`)
    await dashboard.dialog('Characters').waitFor()
    expect(await bar().isVisible()).toBe(false)
    await page.keyboard.press('o')
    await bar().waitFor()
  })

  it('logged no error', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
