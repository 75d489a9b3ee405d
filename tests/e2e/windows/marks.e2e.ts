import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page

/** The middle of what the first layout's windows leave free, and a place beside it on the same map. */
const MIDDLE = { x: 834, y: 403 }
const PIXELS_PER_UNIT = 24
const map = (): Locator => page.getByRole('application', { name: 'Map of Dereth' })
const card = (name: string | RegExp): Locator => page.getByRole('dialog', { name })
const marks = async () =>
  (
    await dashboard.overlord.graph<{ mapMarks: { nodes: Mark[] } }>(
      '{ mapMarks { nodes { note shape colour audience radius points { ew ns } expiresAt } } }',
    )
  ).data.mapMarks.nodes
interface Mark {
  note: string
  shape: string
  colour: string
  audience: string
  radius: number | null
  points: { ew: number; ns: number }[]
  expiresAt: string | null
}
async function choose(name: string, x: number, y: number) {
  await page.mouse.click(x, y, { button: 'right' })
  await page.getByRole('menuitem', { name }).click()
}
const textAt = (x: number, y: number, text: string | RegExp) =>
  until('what is under the pointer', async () => {
    await page.mouse.move(x + 30, y + 30)
    await page.mouse.move(x, y)
    return page.getByText(text).isVisible()
  })

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 10, ns: 10 })
    await until('Larsson', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
      return data.characters.totalCount === 1
    })
  })
  ;({ page } = dashboard)
  await page.goto(`${dashboard.overlord.url}/#c=33.6,42.1,${PIXELS_PER_UNIT}`)
  await page.reload()
  await page.getByRole('listbox', { name: 'Characters' }).waitFor()
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('marks of the map', () => {
  it('[MRK1] are made in the menu of a place, and said under the pointer', async () => {
    await choose('Pin here…', MIDDLE.x, MIDDLE.y)
    const made = card('New pin')
    await made.getByLabel('Note').fill('Meet here\nat eight')
    await made.getByRole('radio', { name: 'Red' }).check({ force: true })
    await made.getByLabel('Disappears').selectOption('In 1 day')
    expect(await dashboard.axe(made)).toEqual([])
    await made.getByRole('button', { name: 'Save' }).click()
    await made.waitFor({ state: 'detached' })
    const [mark] = await marks()
    expect(mark).toMatchObject({ note: 'Meet here\nat eight', shape: 'PIN', colour: 'RED', audience: 'EVERYONE' })
    expect(mark!.points[0]!.ew).toBeCloseTo(33.6, 1)
    expect(mark!.points[0]!.ns).toBeCloseTo(42.1, 1)
    expect(Date.parse(mark!.expiresAt!) - Date.now()).toBeGreaterThan(23 * 3_600_000)
    await textAt(MIDDLE.x, MIDDLE.y - 11, /^Meet here · /)
  })

  it('[MRK1] are opened by a click, changed and removed', async () => {
    await page.mouse.click(MIDDLE.x, MIDDLE.y - 11)
    const shown = card('Meet here')
    await shown.getByText('Everyone who is signed in').waitFor()
    expect(await dashboard.axe(shown)).toEqual([])
    await shown.getByRole('button', { name: 'Change' }).click()
    const changed = card('Change the pin')
    await changed.getByLabel('Note').fill('Met')
    await changed.getByLabel('Who sees it').selectOption('Only me')
    await changed.getByRole('button', { name: 'Save' }).click()
    await until('the change', async () => (await marks())[0]?.note === 'Met')
    await textAt(MIDDLE.x, MIDDLE.y - 11, /^Met · /)
    await page.mouse.click(MIDDLE.x, MIDDLE.y - 11)
    await card('Met').getByRole('button', { name: 'Remove Met' }).click()
    await card('Met').getByRole('button', { name: 'Yes, remove Met' }).click()
    await until('the removal', async () => (await marks()).length === 0)
    await card('Met').waitFor({ state: 'detached' })
  })

  it('[MRK1] that are areas are drawn by clicks, and closed by Enter', async () => {
    await choose('Draw an area from here…', MIDDLE.x, MIDDLE.y)
    await page.mouse.click(MIDDLE.x + 120, MIDDLE.y)
    await page.mouse.click(MIDDLE.x + 120, MIDDLE.y + 96)
    const bar = page.getByRole('toolbar', { name: 'Draw an area' })
    await bar.getByText('3 corners').waitFor()
    expect(await dashboard.axe(bar)).toEqual([])
    await map().focus()
    await page.keyboard.press('Enter')
    await card('New area').getByLabel('Note').fill('The camp')
    await card('New area').getByRole('button', { name: 'Save' }).click()
    await until('the area', async () => (await marks()).length === 1)
    const [area] = await marks()
    expect(area!.points.map(({ ew, ns }) => [Math.round(ew * 10) / 10, Math.round(ns * 10) / 10])).toEqual([
      [33.6, 42.1],
      [38.6, 42.1],
      [38.6, 38.1],
    ])
  })

  it('[MRK1] are made by keys alone: the menu of the middle, Space for a corner, Escape to end', async () => {
    await map().focus()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Draw an area from here…' }).focus()
    await page.keyboard.press('Enter')
    const bar = page.getByRole('toolbar', { name: 'Draw an area' })
    await bar.getByText('1 corner').waitFor()
    await until('the map to have the focus', () =>
      page.evaluate(() => document.activeElement?.getAttribute('role') === 'application'),
    )
    for (const key of ['ArrowRight', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key)
    await bar.getByText('3 corners').waitFor()
    await page.keyboard.press('Backspace')
    await bar.getByText('2 corners').waitFor()
    await page.keyboard.press('Escape')
    await bar.waitFor({ state: 'detached' })
    expect(await marks()).toHaveLength(1)
  })

  it('[MRK4] of others appear by themselves, and are listed with their number', async () => {
    const { errors } = await dashboard.overlord.graph(
      `mutation { createMapMark(input: { shape: CIRCLE, points: [{ ew: 30, ns: 40 }], radius: 2, note: "A ring" }) {
        mapMark { id } } }`,
    )
    expect(errors).toBeUndefined()
    await page.getByRole('button', { name: 'What the map shows' }).click()
    const menu = page.getByRole('menu', { name: /What the map shows/ })
    await menu.getByRole('menuitemcheckbox', { name: /^Marks ?2 · \d+ s old/ }).waitFor()
    expect(await dashboard.axe(menu)).toEqual([])
    await menu.getByRole('menuitem', { name: 'A ring' }).click()
    await card('A ring').getByText('480 m around it').waitFor()
    await page.keyboard.press('Escape')
    await card('A ring').waitFor({ state: 'detached' })
  })

  it('[MRK8] lie beside layers that are loaded when they are switched on, each with its count', async () => {
    const { plugin, overlord } = dashboard
    plugin.send({ type: 'portal', character_name: 'Larsson', portal_name: 'Portal to Stormville', ew: 36, ns: 44 })
    await until('the portal', async () => {
      const { data } = await overlord.graph<{ portals: { totalCount: number } }>('{ portals { totalCount } }')
      return data.portals.totalCount === 1
    })
    await page.goto(`${overlord.url}/#c=33.6,42.1,${PIXELS_PER_UNIT}`)
    await page.reload()
    await page.getByRole('button', { name: 'What the map shows' }).click()
    for (const [name, facts] of [
      ['Portals of the last hour', /1 · \d+ s old/],
      ['Spawns of the last 24 hours', /0 · \d+ s old/],
      ['Fog where nobody has been', /\d · \d+ s old/],
      ['Lifestones', /209/],
      ['Dungeon entrances', /331/],
    ] as const) {
      const item = page.getByRole('menuitemcheckbox', { name: new RegExp(`^${name}`) })
      await item.click()
      await item.getByText(facts).waitFor()
    }
    await page.keyboard.press('Escape')
    await textAt(MIDDLE.x + 2.4 * PIXELS_PER_UNIT, MIDDLE.y - 1.9 * PIXELS_PER_UNIT, /^Portal to Stormville, seen /)
  })

  it('[MRK5] raise an alert when a character enters an area that a rule is about', async () => {
    await dashboard.openFromMenu('Watch Rules')
    const form = dashboard.dialog('Watch Rules').getByRole('form', { name: 'New rule' })
    await form.getByLabel('Name of the new rule').fill('Visits')
    await form.getByLabel('What to watch').selectOption('Area of the map')
    await form.getByLabel('Which area').selectOption('A ring')
    await form.getByRole('button', { name: 'Add rule' }).click()
    await dashboard.dialog('Watch Rules').getByText('“A ring” is entered').waitFor()
    const { plugin, overlord } = dashboard
    const walk = (ew: number) => plugin.send({ type: 'telemetry', character_name: 'Larsson', ew, ns: 40 })
    await until('the alert', async () => {
      walk(20)
      walk(30)
      const { data } = await overlord.graph<{ alerts: { nodes: { text: string }[] } }>(
        '{ alerts(where: { kinds: [WATCH] }) { nodes { text } } }',
      )
      return data.alerts.nodes.some(({ text }) => text === 'Visits: Larsson entered “A ring”')
    })
  })

  it('logged no error, like everything before it', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
