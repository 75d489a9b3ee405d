import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page

/** The middle of what the first layout's column of windows leaves free of a page of 1280 x 800 pixels. */
const MIDDLE = { x: 834, y: 403 }
const PIXELS_PER_UNIT = 24
const places = { Larsson: [33.6, 42.1], Torva: [37.6, 42.1], Anker: [33.6, 38.1] } as const

/** Where a dot stands while Larsson is in the middle. */
const dot = (name: keyof typeof places) => ({
  x: MIDDLE.x + (places[name][0] - places.Larsson[0]) * PIXELS_PER_UNIT,
  y: MIDDLE.y - (places[name][1] - places.Larsson[1]) * PIXELS_PER_UNIT,
})
const send = (name: keyof typeof places) => {
  const [ew, ns] = places[name]
  dashboard.plugin.send({
    type: 'telemetry',
    character_name: name,
    ew,
    ns,
    z: 0,
    vt_state: 'Combat',
    kills_per_hour: 420,
  })
  dashboard.plugin.send({ type: 'vitals', character_name: name, health_percentage: 88, stamina_percentage: 70 })
}
const address = () => page.evaluate(() => location.hash)
const camera = (hash: string) => new URLSearchParams(hash.slice(1)).get('c')
const row = (name: string) => page.getByRole('listbox', { name: 'Characters' }).getByRole('option', { name })
const isSelected = async (name: string) => (await row(name).getAttribute('aria-selected')) === 'true'
const map = (): Locator => page.getByRole('application', { name: 'Map of Dereth' })
const focusIsIn = (selector: string) =>
  page.evaluate((wanted) => document.activeElement?.closest(wanted) != null, selector)

/** Opens the page with Larsson in the middle, once everybody is drawn. */
async function openAtLarsson() {
  await page.goto(`${dashboard.overlord.url}/#c=33.6,42.1,${PIXELS_PER_UNIT}`)
  await page.reload()
  await row('Anker').waitFor()
  for (const name of Object.keys(places)) send(name as keyof typeof places)
  await until('them on the map', async () => {
    for (const name of Object.keys(places) as (keyof typeof places)[]) {
      await page.mouse.move(dot(name).x, dot(name).y)
      if ((await map().evaluate((host) => host.style.cursor)) !== 'pointer') return false
      if (!(await row(name).innerText()).includes('420')) return false
    }
    return true
  })
  await page.mouse.move(MIDDLE.x + 200, MIDDLE.y + 200)
}

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'register', player_name: 'Larsson' })
    for (const [character_name, [ew, ns]] of Object.entries(places))
      plugin.send({ type: 'telemetry', character_name, ew, ns })
    plugin.send({
      type: 'combat_stats',
      character_name: 'Torva',
      session_id: 'a login',
      session: {
        total_damage_given: 10,
        total_damage_received: 1,
        total_kills: 7,
        total_aetheria_surges: 0,
        total_cloak_surges: 0,
        monsters: { Tusker: { kill_count: 7, damage_given: 10, damage_received: 1, offense: {}, defense: {} } },
      },
    })
    await until('everybody and a fight', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number }; fighters: { totalCount: number } }>(
        '{ characters { totalCount } fighters { totalCount } }',
      )
      return data.characters.totalCount === 3 && data.fighters.totalCount === 1
    })
  })
  ;({ page } = dashboard)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openAtLarsson()
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('the middle of what windows leave free', () => {
  it('has the place of the address', async () => {
    await page.mouse.move(MIDDLE.x, MIDDLE.y + PIXELS_PER_UNIT)
    await page.getByText(/^41\.1N,? 33\.6E$/).waitFor()
  })

  it('has a place that was searched for, which the address then names', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Search' }).getByRole('combobox').fill('20.0N 10.0E')
    await page.keyboard.press('Enter')
    await until('the address', async () => camera(await address())?.startsWith('10.00,20.00,'))
    await openAtLarsson()
  })
})

describe('the keyboard', () => {
  it('skips the map by a link, and leaves it by one Tab', async () => {
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Skip the map' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await focusIsIn('[role=application]')).toBe(true)
    await page.keyboard.press('Tab')
    expect(await focusIsIn('header')).toBe(true)
    await page.getByRole('button', { name: 'Skip the map' }).focus()
    await page.keyboard.press('Enter')
    expect(await focusIsIn('header')).toBe(true)
  })

  it('walks the dots with arrows, and neither flies nor follows before Enter', async () => {
    await map().focus()
    const before = camera(await address())
    await page.keyboard.press('ArrowRight')
    await page.getByText(/^Larsson, hunting, health 88 %, 42\.1N/).waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowRight')
    await page.getByText(/^Torva, hunting/).waitFor({ state: 'attached' })
    expect(await isSelected('Torva')).toBe(true)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    await page.getByText(/^Anker, hunting/).waitFor({ state: 'attached' })
    expect(camera(await address())).toBe(before)
    await page.keyboard.press('Enter')
    await until('the map at Anker', async () => camera(await address())?.startsWith('33.60,38.10,'))
    await page.keyboard.press('Escape')
    expect(await isSelected('Anker')).toBe(false)
  })

  it('shows all its keys for a question mark', async () => {
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    await sheet.getByText('Show or hide trails').waitFor()
    expect(await dashboard.axe(sheet)).toEqual([])
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
  })
})

describe('a dot', () => {
  beforeAll(async () => {
    await openAtLarsson()
  })

  it('shows a card to a pointer above it: vitals, state, age, and what it fights', async () => {
    const card = page.locator('[data-card]')
    await until('the card', async () => {
      await page.mouse.move(dot('Torva').x + 30, dot('Torva').y)
      await page.mouse.move(dot('Torva').x, dot('Torva').y)
      return card.isVisible()
    })
    await card.getByText('Fights Tusker').waitFor()
    const said = (await card.innerText()).replace(/\s+/g, ' ')
    expect(said).toMatch(/^Torva .*\d+ s ago hunting · 42\.1N,? 37\.6E Health 88 % Stamina 70 %/)
    await page.mouse.move(MIDDLE.x + 200, MIDDLE.y + 200)
    await card.waitFor({ state: 'detached' })
  })

  it('is selected by a click, and its window opened by two', async () => {
    await page.mouse.click(dot('Anker').x, dot('Anker').y)
    await until('the selection', () => isSelected('Anker'))
    expect(await page.getByRole('dialog', { name: 'Anker' }).count()).toBe(0)
    await page.mouse.dblclick(dot('Torva').x, dot('Torva').y)
    await dashboard.dialog('Torva').getByRole('button', { name: 'Close Torva' }).click()
  })

  it('has a menu: favourites, coordinates, a command', async () => {
    const menu = page.getByRole('menu')
    const choose = async (name: string) => {
      await page.mouse.click(dot('Larsson').x, dot('Larsson').y, { button: 'right' })
      await menu.getByRole('menuitem', { name }).waitFor()
      // It is placed a moment after it is there.
      await until('the menu beside its dot', async () => {
        const box = (await menu.boundingBox())!
        return Math.hypot(box.x - dot('Larsson').x, box.y - dot('Larsson').y) < 20
      })
      expect(await dashboard.axe(menu)).toEqual([])
      await menu.getByRole('menuitem', { name }).click()
      await menu.waitFor({ state: 'detached' })
    }
    await choose('Add to favourites')
    await until('the favourite first', async () =>
      (await page.getByRole('listbox', { name: 'Characters' }).getByRole('option').first().innerText()).includes(
        'Larsson',
      ),
    )
    await choose('Copy coordinates')
    await page.getByText('Copied', { exact: true }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^42\.1N,? 33\.6E$/)
    await choose('Send a command…')
    const dialog = page.getByRole('dialog', { name: 'Send a command to Larsson' })
    await dialog.getByLabel('Command').fill('/radar start')
    expect(await dashboard.axe(dialog)).toEqual([])
    await dialog.getByRole('button', { name: 'Send' }).click()
    await dialog.waitFor({ state: 'detached' })
    await until('the command', () => JSON.stringify(dashboard.plugin.received).includes('/radar start'))
    await choose('Inventory')
    await page.getByRole('button', { name: /^Close Inventory/ }).click()
  })

  it('has the same menu for the keyboard', async () => {
    await map().focus()
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Follow', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
  })
})

describe('the marks of the last day', () => {
  it('show rares and deaths where they happened, how many there were, and how old that is', async () => {
    await openAtLarsson()
    const { plugin } = dashboard
    plugin.send({ type: 'rare', character_name: 'Larsson', name: 'Infinite Leather', ew: 37.6, ns: 38.1 })
    // A death shows as a penalty that rises.
    for (const vitae of [0, 5]) plugin.send({ type: 'vitals', character_name: 'Anker', health_percentage: 50, vitae })
    await until('both', async () => {
      const { data } = await dashboard.overlord.graph<{
        rares: { totalCount: number }
        alerts: { totalCount: number }
      }>('{ rares { totalCount } alerts(where: { kinds: [DEATH] }) { totalCount } }')
      return data.rares.totalCount === 1 && data.alerts.totalCount === 1
    })
    await page.getByRole('button', { name: 'What the map shows' }).click()
    for (const name of ['Rares', 'Deaths']) {
      await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${name}`) }).click()
      await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${name} ?1 · \\d+ s old`) }).waitFor()
    }
    await page.keyboard.press('Escape')
    await until('the mark under the pointer', async () => {
      await page.mouse.move(dot('Torva').x + 20, dot('Anker').y)
      await page.mouse.move(dot('Torva').x, dot('Anker').y)
      return page.getByText('Larsson found Infinite Leather, just now').isVisible()
    })
  })
})

describe('the palette', () => {
  const palette = (of: Page) => of.getByRole('dialog', { name: 'Search' })

  it('finds items, quests, portals and windows', async () => {
    const { plugin } = dashboard
    plugin.send({
      type: 'full_inventory',
      character_name: 'Larsson',
      items: [{ id: 11, name: 'Sceptre of Storms', object_class: 31, value: 5 }],
    })
    plugin.send({ type: 'quest', character_name: 'Larsson', quest_name: 'StormPickup', countdown: '00:10:00' })
    plugin.send({ type: 'portal', character_name: 'Larsson', portal_name: 'Portal to Stormville', ew: 5, ns: 6 })
    const names = async () => (await palette(page).getByRole('option').allInnerTexts()).join(' | ').replace(/\s+/g, ' ')
    await page.keyboard.press('Control+k')
    // Each question is asked once for a text: what is stored meanwhile shows with the next.
    await until('all of them', async () => {
      for (const text of ['storm', 'stor']) {
        await palette(page).getByRole('combobox').fill(text)
        const found = await until('an answer', async () => (await names()).includes('torm') && names(), 2_000).catch(
          () => '',
        )
        if (
          /Sceptre of Storms item of Larsson/.test(found) &&
          /StormPickup quest/.test(found) &&
          /Stormville portal/.test(found)
        )
          return true
      }
      return false
    })
    expect(await dashboard.axe(palette(page))).toEqual([])
    await palette(page)
      .getByRole('option', { name: /Sceptre of Storms/ })
      .click()
    await page.getByRole('button', { name: /^Close Inventory/ }).click()
    await page.keyboard.press('Control+k')
    await palette(page).getByRole('combobox').fill('open rares')
    await palette(page)
      .getByRole('option', { name: /^Open Rares/ })
      .waitFor()
    await page.keyboard.press('Escape')
  })

  it('opens in a pop-out, where its keys were pressed', async () => {
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Move Chat to a window of its own' }).click()
    const popup = await opened
    await popup.bringToFront()
    await popup.keyboard.press('Control+k')
    await palette(popup).getByRole('combobox').fill('Torva')
    expect(await palette(page).count()).toBe(0)
    await popup.keyboard.press('Enter')
    await palette(popup).waitFor({ state: 'detached' })
    await until('the selection', () => isSelected('Torva'))
    await popup.close()
  })

  it('logged no error, like everything before it', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
