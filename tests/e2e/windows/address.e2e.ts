import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page
const said = async () => new URLSearchParams((await page.evaluate(() => location.hash)).slice(1))
const isOpen = (title: string) => dashboard.dialog(title).isVisible()

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

describe('the address', () => {
  it('[CLK9] names camera, selection, layers and windows, in one step of history', async () => {
    const steps = await page.evaluate(() => history.length)
    await page.getByRole('listbox', { name: 'Characters' }).getByRole('option', { name: 'Larsson' }).click()
    await page.getByRole('button', { name: 'What the map shows' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Lifestones' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Trails', exact: true }).click()
    await page.getByRole('menuitemradio', { name: 'Health' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Close Chat' }).click()
    await until('the address', async () => {
      const address = await said()
      const layers = address.get('l')?.split(',') ?? []
      const windows = address.get('w')?.split(',') ?? []
      return (
        address.get('c') !== null &&
        address.get('s') === 'Larsson' &&
        address.get('by') === 'health' &&
        layers.includes('lifestones') &&
        !layers.includes('trails') &&
        windows.includes('roster') &&
        !windows.includes('chat')
      )
    })
    expect(await page.evaluate(() => history.length)).toBe(steps)
  })

  it('[CLK9] shows the same to somebody who opens it', async () => {
    await page.goto('about:blank')
    await page.goto(
      `${dashboard.overlord.url}/#c=20.00,30.00,9.00&s=Larsson&l=names,fog&by=kills&w=chat,character:Larsson`,
    )
    await until('the windows', async () => (await isOpen('Chat')) && (await isOpen('Larsson')))
    await until('the others to be closed', async () => !(await isOpen('Characters')))
    await until('the whole address', async () => {
      const address = await said()
      return address.get('l') === 'names,fog' && address.get('by') === 'kills' && address.get('s') === 'Larsson'
    })
    const [ew, ns, k] = (await said()).get('c')!.split(',').map(Number)
    expect([Math.round(ew!), Math.round(ns!), k]).toEqual([20, 30, 9])
    expect((await said()).get('w')!.split(',').sort()).toEqual(['character:Larsson', 'chat'])
  })

  it('[CLK9] is followed when it changes while the page is open', async () => {
    await page.evaluate(() => (location.hash = '#c=-10.00,5.00,12.00&l=grid&w=roster'))
    await until('the window', async () => (await isOpen('Characters')) && !(await isOpen('Chat')))
    // What it was opened with does not name the colouring: the page has written its own.
    const written = await until('the address', async () => {
      const address = await said()
      return address.get('by') === 'kills' && address
    })
    expect([written.get('l'), written.get('c')]).toEqual(['grid', '-10.00,5.00,12.00'])
  })

  it('[CLK9] is followed though the page wrote its own address at the same time', async () => {
    await page.evaluate(() => {
      const own = location.hash
      location.hash = '#c=4.00,8.00,9.00&l=names&w=chat&t=2026-03-01T12:00:00Z'
      history.replaceState(null, '', own)
    })
    await until('the window', async () => (await isOpen('Chat')) && !(await isOpen('Characters')))
    await until('the address', async () => (await said()).get('t') === '2026-03-01T12:00:00Z')
    await page.evaluate(() => (location.hash = '#c=4.00,8.00,9.00&l=names&w=chat'))
    await until('LIVE', async () => (await said()).get('t') === null && (await page.getByText('LIVE').count()) > 0)
  })

  it('logged no error, like everything before it', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
