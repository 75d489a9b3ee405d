import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page
const CHANNELS = [
  'Smith says, "a"',
  'Smith tells you, "b"',
  '[Fellowship] Smith says, "c"',
  '[Allegiance] Smith says, "d"',
  '[General] Smith says, "e"',
  '[Trade] Smith says, "f"',
  '[LFG] Smith says, "g"',
  '[Roleplay] Smith says, "h"',
  '[Society] Smith says, "i"',
]

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2, z: 0, vt_state: 'Combat' })
    plugin.send({ type: 'vitals', character_name: 'Larsson', health_percentage: 88 })
    for (const text of CHANNELS) plugin.send({ type: 'chat', character_name: 'Larsson', text })
    await until('all of it', async () => {
      const { data } = await overlord.graph<{ chat: { totalCount: number } }>('{ chat { totalCount } }')
      return data.chat.totalCount === CHANNELS.length
    })
  })
  ;({ page } = dashboard)
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

const bar = () => page.locator('header').first()
const row = () => page.getByRole('listbox', { name: 'Characters' }).getByRole('option', { name: /Larsson/ })
const chatLog = () => page.getByRole('log', { name: 'Chat' })

/** Elements that can be pressed and are seen, with their boxes. Those within a line of text are left out. */
const targets = () =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, input, a[href], [role=option], [role=menuitem]')]
      .filter((one) => !one.closest('p') && one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map((one) => {
        let { left, right } = one.getBoundingClientRect()
        const { top, bottom, width } = one.getBoundingClientRect()
        // What a list scrolls aside is seen as far as the list goes.
        for (let list = one.parentElement; list; list = list.parentElement) {
          if (getComputedStyle(list).overflowX === 'visible') continue
          const box = list.getBoundingClientRect()
          left = Math.max(left, box.left)
          right = Math.min(right, box.right)
        }
        const name = one.getAttribute('aria-label') ?? one.title ?? ''
        return { name: `${name} ${one.textContent ?? ''}`.trim(), left, top, right, bottom, width }
      })
      .filter(({ left, right, top, bottom }) => right > left && bottom > top && right > 0 && bottom > 0),
  )

describe('the bar', () => {
  it.each([1024, 1220, 1280, 1400, 1600, 1920])('neither wraps nor leaves a page of %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    const [box] = await bar().evaluateAll(([header]) => [
      {
        height: header!.getBoundingClientRect().height,
        inner: [...header!.querySelectorAll('button, select')]
          .filter((one) => one.checkVisibility())
          .map((one) => one.getBoundingClientRect())
          .map(({ left, right, height }) => ({ left, right, height })),
        right: header!.getBoundingClientRect().right,
      },
    ])
    expect(box!.height).toBeLessThanOrEqual(42)
    expect(box!.inner.filter(({ right, height }) => right > box!.right || height > 40)).toEqual([])
    // Nothing lies over its neighbour.
    const sorted = box!.inner.filter(({ right, left }) => right - left > 2).sort((a, b) => a.left - b.left)
    for (const [n, one] of sorted.slice(1).entries()) expect(one.left).toBeGreaterThanOrEqual(sorted[n]!.right - 1)
  })

  it('keeps a place for minimised windows', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('button', { name: 'Minimise Chat' }).click()
    await dashboard.dialog('Chat').waitFor({ state: 'hidden' })
    await page.getByRole('toolbar', { name: 'Minimised windows' }).getByRole('button', { name: 'Chat' }).click()
    await dashboard.dialog('Chat').waitFor()
  })

  it('has what the map shows in a menu where it is narrow', async () => {
    await page.getByRole('button', { name: 'What the map shows' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Trails', exact: true }).click()
    expect(await page.getByRole('menuitemcheckbox', { name: 'Trails', exact: true }).getAttribute('aria-checked')).toBe(
      'false',
    )
    await page.getByRole('menuitemradio', { name: 'Health' }).click()
    expect(await page.getByRole('menuitemradio', { name: 'Health' }).getAttribute('aria-checked')).toBe('true')
    await page.getByRole('menuitemcheckbox', { name: 'Trails', exact: true }).click()
    await page.getByRole('menuitemradio', { name: 'State' }).click()
    await page.keyboard.press('Escape')
  })
})

describe('every text', () => {
  it.each(['Dark', 'Light', 'High contrast'])(
    'has a contrast of 4.5:1 to what is behind it, windows being opaque: %s',
    async (theme) => {
      await page.getByRole('button', { name: /^Menu of/ }).click()
      await page.getByRole('menuitemradio', { name: theme }).click()
      await page.keyboard.press('Escape')
      await row().waitFor()
      for (const dialog of await page.getByRole('dialog').all()) {
        const ground = await dialog.evaluate((one) => getComputedStyle(one).backgroundColor)
        expect(ground).toMatch(/^rgb\(/) // without transparency
        expect(await dashboard.axe(dialog)).toEqual([])
      }
      expect(await dashboard.axe(bar())).toEqual([])
    },
  )
})

describe('colours of the system', () => {
  it('leave health and channels their colours', async () => {
    const colours = () =>
      page.evaluate(() => {
        const of = (selector: string) => [...document.querySelectorAll(selector)].map((one) => getComputedStyle(one))
        return {
          health: of('[role=option] [role=meter] > div').map((style) => style.backgroundColor),
          chips: of('[aria-label=Channels] i').map((style) => style.backgroundColor),
          marks: of('[role=option] svg circle').map((style) => style.fill),
        }
      })
    const before = await colours()
    expect(before.health.length).toBeGreaterThan(0)
    expect(new Set(before.chips).size).toBeGreaterThan(4)
    await page.emulateMedia({ forcedColors: 'active' })
    expect(await colours()).toEqual(before)
    // A line's channel is then shown by a mark, since its text has the system's colour.
    await chatLog().getByTitle('Trade').waitFor()
    await page.emulateMedia({ forcedColors: 'none' })
  })
})

describe('text of twice the size', () => {
  it('covers nothing: all that can be pressed lies on the page and on nothing else that can be', async () => {
    // What a browser makes of a page of 1280 x 800 pixels when it is enlarged to 200 %.
    await page.setViewportSize({ width: 640, height: 400 })
    await page.getByRole('button', { name: 'Characters', exact: true }).click()
    const found = await targets()
    expect(found.filter(({ left, right }) => left < -1 || right > 641)).toEqual([])
    const inBar = found.filter(({ top }) => top > 340).sort((a, b) => a.left - b.left)
    expect(inBar.length).toBeGreaterThanOrEqual(6)
    for (const [n, one] of inBar.slice(1).entries()) expect(one.left).toBeGreaterThanOrEqual(inBar[n]!.right - 1)
  })
})

describe('the size of text and controls', () => {
  const sizeOf = (element: Locator) => element.evaluate((one) => one.getBoundingClientRect().height)
  const choose = async (percent: number) => {
    await page.getByRole('button', { name: /^Menu of/ }).click()
    await page.getByRole('menuitemradio', { name: `${percent} %` }).click()
    await page.keyboard.press('Escape')
  }

  it('is chosen for this device: windows and menus grow, what can be pressed stays on the page', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    const close = page.getByRole('button', { name: 'Close Chat' })
    const before = await sizeOf(close)
    await choose(150)
    await until('larger buttons', async () => Math.abs((await sizeOf(close)) - before * 1.5) < 1)
    const found = await targets()
    expect(found.filter(({ left, right }) => left < -1 || right > 1281)).toEqual([])
    await page.reload()
    await until('the same after a reload', async () => Math.abs((await sizeOf(close)) - before * 1.5) < 1)
    await choose(100)
    await until('the usual size', async () => Math.abs((await sizeOf(close)) - before) < 1)
  })

  it('is that of pop-outs too, at once', async () => {
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Move Characters to a window of its own' }).click()
    const popup = await opened
    const back = popup.getByRole('button', { name: 'Bring back to the map' })
    const before = await sizeOf(back)
    await choose(125)
    await until('a larger button', async () => Math.abs((await sizeOf(back)) - before * 1.25) < 1)
    await choose(100)
    await back.click()
    await page.getByRole('button', { name: 'Close Characters' }).waitFor()
  })
})

describe('a phone', () => {
  beforeAll(() => page.setViewportSize({ width: 390, height: 844 }))

  it('has targets of at least 44 px, on the map, in lists and in chat', async () => {
    const small = async () => (await targets()).filter(({ width, top, bottom }) => width < 43.5 || bottom - top < 43.5)
    const rosterButton = page.getByRole('button', { name: 'Characters', exact: true })
    if (!(await row().isVisible())) await rosterButton.click()
    await row().waitFor()
    expect(await small()).toEqual([])
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await chatLog().waitFor()
    expect(await small()).toEqual([])
  })

  it('reaches toggles, colouring, legend and the connection', async () => {
    await page.getByRole('status').getByText('Live', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'What the map shows' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Names' }).waitFor()
    await page.getByRole('menuitemradio', { name: 'Kills per hour' }).waitFor()
    await page.getByRole('complementary', { name: 'Legend' }).getByText('hunting').waitFor()
    await page.keyboard.press('Escape')
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
