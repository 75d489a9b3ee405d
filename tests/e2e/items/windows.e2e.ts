import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '../../../shared/db/pool.ts'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'
import { PICTURE } from './picture.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const CROWD = 100_000
/** What a window of this size shows, and the few more above and below. */
const MAX_ROWS = 70

const BODY = 0x50000001
const id = (n: number) => `Coldeve:${2 ** 32 - n}`
const helm = {
  Id: -1,
  ObjectClass: 2,
  Name: 'Olthoi Helm',
  ContainerId: BODY,
  HasIdData: true,
  IntValues: { 10: 1, 28: 257, 218103822: 1, 218103809: 0x127e },
}
const coat = {
  Id: -2,
  ObjectClass: 2,
  Name: 'Amuli Coat',
  ContainerId: BODY,
  HasIdData: true,
  IntValues: { 5: 1186, 10: 0x1a00, 28: 232, 107: 100, 108: 500, 131: 60, 265: 14, 218103822: 0x1a00 },
  DoubleValues: { 5: -0.05 },
  Spells: [6107],
}
const sack = { Id: -3, ObjectClass: 10, Name: 'Sack', ContainerId: BODY, IntValues: { 5: 65 } }
const gem = {
  Id: -4,
  ObjectClass: 11,
  Name: 'Diamond',
  ContainerId: -3,
  IntValues: { 218103814: 7, 218103809: 0x127f },
}
const trick = {
  Id: -5,
  ObjectClass: 8,
  Name: '=HYPERLINK("https://evil.example")',
  ContainerId: BODY,
  IntValues: { 19: 3 },
}
const ring = {
  Id: -6,
  ObjectClass: 4,
  Name: 'Ring',
  ContainerId: 0x50000002,
  IntValues: { 10: 0x40000, 218103822: 0xc0000 },
}

let overlord: TestOverlord
let plugin: TestPlugin
let icons: string
let browser: Browser
let page: Page
let watch: Watch
/** Names of the questions the page asked, in their order. */
const asked: string[] = []

const send = (character: string, frame: object) => plugin.send({ ...frame, character_name: character })
const delta = (action: string, item: object) => ({ type: 'inventory_delta', action, item })
const dialog = (name: string) => page.getByRole('dialog', { name, exact: true })
const inventory = () => dialog('Inventory: Wearer')
const search = () => dialog('Item search')
const cell = (slot: string) => inventory().locator(`[data-slot=${slot}]`)
const found = () =>
  search()
    .getByRole('status')
    .filter({ hasText: / items?$/ })
    .innerText()

beforeAll(async () => {
  if (!existsSync(path.join(ROOT, 'dist', 'web', 'index.html')))
    throw new Error('The dashboard is not built: node scripts/build-missing.js')
  icons = await tempFolder('icons')
  mkdirSync(icons, { recursive: true })
  writeFileSync(path.join(icons, '0600127e.png'), PICTURE)
  overlord = await startOverlord({ env: { ICONS_DIR: icons } })
  plugin = await overlord.plugin()
  for (const [character, items] of Object.entries({ Wearer: [helm, coat, sack, gem, trick], Other: [ring] })) {
    send(character, { type: 'telemetry', ew: 10, ns: 20 })
    send(character, {
      type: 'character_stats',
      level: 200,
      skills: {},
      attributes: {},
      burden_units: 900,
      encumbrance_capacity: 5000,
    })
    send(character, { type: 'full_inventory', items })
  }
  await until('both inventories', async () => {
    const { data } = await overlord.graph<{ items: { totalCount: number } }>('{ items { totalCount } }')
    return data.items.totalCount === 6
  })
  browser = await openBrowser()
  ;({ page, watch } = await openPage(browser, overlord.url))
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
  page.on('request', (request) => {
    const name = /"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1]
    if (name) asked.push(name)
  })
  await page.goto(overlord.url)
})
afterAll(async () => {
  await browser?.close()
  await plugin?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
  await rm(icons, { recursive: true, force: true })
})

describe('the inventory window', () => {
  it('shows each worn piece in every slot it covers, the packs as a tree, and what its mana does', async () => {
    await page
      .getByRole('listbox', { name: 'Characters' })
      .getByRole('option', { name: /Wearer/ })
      .click()
    await page.keyboard.press('b')
    await cell('CHEST').waitFor()
    for (const [slot, label] of [
      ['CHEST', 'Chest'],
      ['UPPER_ARMS', 'Upper arms'],
      ['LOWER_ARMS', 'Lower arms'],
    ])
      expect(await cell(slot!).getAttribute('aria-label')).toBe(`${label}: Gold Amuli Coat, armor level 232`)
    expect(await cell('ABDOMEN').getAttribute('aria-label')).toBe('Abdomen: empty')
    const packs = await inventory().getByRole('treeitem').allInnerTexts()
    expect(packs.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'Body 2',
      'Main pack 1 / 102',
      'Sack 1 / 24',
    ])
    const mana = await inventory().getByRole('region', { name: 'Mana' }).innerText()
    expect(mana.replace(/\s+/g, ' ')).toContain('Amuli Coat 33 min 100 / 500')
    await inventory().getByRole('treeitem', { name: /Sack/ }).click()
    const rows = inventory().getByRole('grid', { name: 'Items in Sack' }).getByRole('row')
    expect((await rows.allInnerTexts()).join()).toContain('Diamond × 7')
  })

  it('shows the operator’s picture where there is one, and a glyph of ours where there is none', async () => {
    await cell('HEAD').locator('img[src="/icons/0600127E.png"]').waitFor()
    await inventory()
      .locator(`[data-item="${id(4)}"] svg`)
      .waitFor()
    expect(await cell('CHEST').locator('svg').count()).toBe(1)
  })

  it('shows all decoded figures of the item under the pointer, until Escape', async () => {
    await cell('CHEST').focus()
    const tip = page.getByRole('tooltip')
    await tip.getByText('Legendary Strength').waitFor()
    const text = (await tip.innerText()).replace(/\s+/g, ' ')
    for (const fact of ['Armor level 232', "Set Adept's Set", 'Material Gold', 'Burden 1,186 units', 'Mana 100 / 500'])
      expect(text).toContain(fact)
    await page.keyboard.press('Escape')
    await tip.waitFor({ state: 'detached' })
  })

  it('walks the doll by arrows and opens a piece with Enter, with who held it when', async () => {
    await cell('CHEST').focus()
    await page.keyboard.press('ArrowUp')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-slot'))).toBe('HEAD')
    await page.keyboard.press('Enter')
    const pane = inventory().getByRole('complementary', { name: 'Olthoi Helm' })
    await pane.getByRole('tab', { name: 'History' }).click()
    await pane.getByText('worn: head').waitFor()
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'detached' })
  })

  it('has tabs that Home, End and arrows walk, each with a panel of its name', async () => {
    await cell('HEAD').focus()
    await page.keyboard.press('Enter')
    const pane = inventory().getByRole('complementary', { name: 'Olthoi Helm' })
    await pane.getByRole('tab', { name: 'Facts' }).focus()
    for (const [key, name] of [
      ['End', 'Raw'],
      ['ArrowRight', 'Facts'],
      ['ArrowRight', 'History'],
      ['ArrowLeft', 'Facts'],
      ['ArrowLeft', 'Raw'],
      ['Home', 'Facts'],
    ] as const) {
      await page.keyboard.press(key)
      await pane.getByRole('tabpanel', { name, exact: true }).waitFor()
      const tab = pane.getByRole('tab', { name, selected: true })
      expect(await tab.evaluate((own) => own === document.activeElement)).toBe(true)
      const panel = pane.locator(`[id="${await tab.getAttribute('aria-controls')}"]`)
      expect(await panel.getAttribute('role')).toBe('tabpanel')
    }
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'detached' })
    await page.getByRole('tablist', { name: 'About this character' }).getByRole('tab', { name: 'Now' }).press('End')
    await page.getByRole('tabpanel', { name: 'Rares' }).getByText('No rare yet.').waitFor()
  })

  it('looks again after its own character’s changes only, and marks what changed', async () => {
    await using changes = overlord.feed<{ character: { name: string } }>(
      'subscription { inventoryChanged { character { name } } }',
      'inventoryChanged',
    )
    await until('the stream', () => {
      send('Other', delta('update', { ...ring, Name: `Ring ${changes.seen.length} ${Date.now()}` }))
      return changes.find(() => true, 400)
    })
    asked.length = 0
    send('Other', delta('add', { Id: -7, ObjectClass: 11, Name: 'Ruby', ContainerId: 0x50000002 }))
    await changes.find(({ character }) => character.name === 'Other')
    send('Wearer', delta('add', { Id: -8, ObjectClass: 11, Name: 'Opal', ContainerId: -3 }))
    await inventory()
      .locator(`[data-item="${id(8)}"][data-fresh]`)
      .waitFor()
    expect(asked.filter((name) => name === 'InventoryWindow')).toHaveLength(1)
    expect(await inventory().locator('[data-fresh]').count()).toBe(1)
  })

  it('shows a pack as it was, says so, and comes back to now', async () => {
    const before = await overlord.graph<{ item: { changedAt: string } }>(`{ item(id: "${id(8)}") { changedAt } }`)
    const then = new Date(before.data.item.changedAt).getTime() + 1
    await until('a later moment', () => Date.now() > then + 50)
    send('Wearer', { type: 'inventory_delta', action: 'remove', item_id: -8 })
    await inventory()
      .locator(`[data-item="${id(8)}"]`)
      .waitFor({ state: 'detached' })
    await inventory().getByRole('button', { name: 'As it was' }).click()
    const choose = (ms: number) =>
      inventory()
        .getByLabel('As of')
        .evaluate((input: HTMLInputElement, at) => {
          input.value = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, -1)
          input.dispatchEvent(new Event('change'))
        }, ms)
    await choose(then)
    await inventory().getByText('As it was at').waitFor()
    await inventory().getByRole('treeitem', { name: /Sack/ }).click()
    await inventory()
      .locator(`[data-item="${id(8)}"]`)
      .waitFor()
    await choose(Date.parse('2020-01-01'))
    await inventory().getByText('Nothing is known of what Wearer held then.').waitFor()
    await inventory().getByRole('button', { name: 'Back to now' }).click()
    await cell('CHEST').waitFor()
    expect(await inventory().getByText('As it was at').count()).toBe(0)
  })
})

describe('the item search', () => {
  it('opens by its key and finds by facet', async () => {
    await page.keyboard.press('i')
    await until('everything', async () => (await found()) === '7 items')
    await search().getByRole('group', { name: 'Set' }).getByLabel("Adept's Set").check()
    await until('the one', async () => (await found()) === '1 item')
    expect(await search().getByRole('grid').getByRole('row').innerText()).toContain('Gold Amuli Coat')
    await search().getByRole('button', { name: 'Clear 1 filter' }).click()
    await until('everything again', async () => (await found()) === '7 items')
  })

  it('finds by spell, with suggestions while one types', async () => {
    await search().getByRole('combobox', { name: 'Add a spell' }).fill('leg stren')
    await search().getByRole('option', { name: 'Legendary Strength', exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await until('the one', async () => (await found()) === '1 item')
    await search().getByRole('button', { name: 'Remove all of Legendary Strength' }).click()
    await until('everything again', async () => (await found()) === '7 items')
  })

  it('keeps the suggestion that arrows reached in sight, and reports when there is none', async () => {
    const field = search().getByRole('combobox', { name: 'Add a spell' })
    await field.fill('legendary')
    const list = search().getByRole('listbox', { name: 'Add a spell' })
    await list.waitFor()
    await page.keyboard.press('ArrowUp')
    const last = list.getByRole('option').last()
    expect(await last.getAttribute('aria-selected')).toBe('true')
    expect(await field.getAttribute('aria-activedescendant')).toBe(await last.getAttribute('id'))
    const [inner, outer] = await Promise.all([last.boundingBox(), list.boundingBox()])
    expect(inner!.y + inner!.height).toBeLessThanOrEqual(outer!.y + outer!.height)
    await field.fill('no such spell')
    await search().getByRole('status').getByText('No spell is called that.').waitFor()
    expect(await field.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('Escape')
    await field.fill('')
    await field.blur()
  })

  it('keeps a search by name, for this person on any machine', async () => {
    await search().getByRole('searchbox').fill('coat')
    await until('the one', async () => (await found()) === '1 item')
    await search().getByRole('button', { name: 'Saved' }).click()
    await search().getByLabel('Name of this search').fill('Coats')
    await search().getByRole('button', { name: 'Save', exact: true }).click()
    await search().getByRole('button', { name: 'Coats', exact: true }).waitFor()
    await search().getByRole('searchbox').fill('')
    await until('everything again', async () => (await found()) === '7 items')
    await search().getByRole('button', { name: 'Coats', exact: true }).click()
    await until('the one', async () => (await found()) === '1 item')
    await search().getByRole('searchbox').fill('')
    await until('everything again', async () => (await found()) === '7 items')
  })

  it('exports exactly what it found, harmless to spreadsheets', async () => {
    const exported = async (format: string) => {
      await search().getByRole('button', { name: 'Export' }).click()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        search().getByRole('menuitem', { name: format }).click(),
      ])
      return readFileSync(await file.path(), 'utf8')
    }
    const json = JSON.parse(await exported('JSON')) as { id: string; name: string }[]
    const names = ['=HYPERLINK("https://evil.example")', 'Amuli Coat', 'Diamond', 'Olthoi Helm', 'Ruby', 'Sack']
    expect(json.map(({ name }) => name).filter((name) => !name.startsWith('Ring'))).toEqual(names)
    const lines = (await exported('CSV')).trimEnd().split('\r\n')
    expect(lines).toHaveLength(8)
    expect(lines[0]).toMatch(/^id,server,gameId,character,name,/)
    expect(lines[1]).toMatch(`${id(5)},Coldeve,4294967291,Wearer,"'=HYPERLINK(""https://evil.example"")",`)
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(json.map((item) => item.id))
  })

  it('leads to the owner: the inventory opens at the item', async () => {
    await inventory().getByRole('button', { name: 'Close Inventory: Wearer' }).click()
    await search()
      .locator(`[data-item="${id(4)}"]`)
      .getByRole('button', { name: 'Wearer' })
      .click()
    const rows = inventory().getByRole('grid', { name: 'Items in Sack' })
    await rows.locator('[aria-selected=true]').getByText('Diamond').waitFor()
    await inventory().getByRole('complementary', { name: 'Diamond' }).waitFor()
    await inventory().getByRole('button', { name: 'Close Inventory: Wearer' }).click()
  })

  it('holds a hundred thousand items with no more rows in the page than it shows', async () => {
    const pool = openPool(await databaseOf(overlord.dataDir), { name: 'crowd' })
    try {
      await pool.query(
        `insert into items (server, game_id, character_id, name, object_class, value, int_values, double_values,
          bool_values, string_values, spells, active_spells, changed_at)
         select 'Coldeve', n, (select id from characters where name = 'Other'), 'Pea ' || lpad(n::text, 6, '0'), 8, n,
         '{}', '{}', '{}', '{}', '{}', '{}', now()
         from generate_series(1, ${CROWD}) n`,
      )
    } finally {
      await pool.end()
    }
    await search().getByLabel('Worn or not').selectOption({ label: 'Not worn' })
    await until('all of them', async () => (await found()) === '100,004 items')
    const grid = search().getByRole('grid', { name: 'Items found' })
    const rows = grid.getByRole('row')
    await grid.getByText('Diamond').waitFor()
    expect(await rows.count()).toBeLessThan(MAX_ROWS)
    expect(await grid.getAttribute('aria-rowcount')).toBe('100004')
    const rowPx = (await rows.first().boundingBox())!.height
    await grid.evaluate((view, to) => view.scrollTo(0, to), 9_000 * rowPx)
    await grid.getByText('Pea 009000').waitFor()
    expect(await rows.count()).toBeLessThan(MAX_ROWS)
    await grid.focus()
    await page.keyboard.press('Home')
    await grid.locator('[aria-selected=true]').getByText('=HYPERLINK').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await search().getByRole('complementary', { name: 'Diamond' }).waitFor()
    await page.keyboard.press('Escape')
    await grid.focus()
    await page.keyboard.press('End')
    await search()
      .getByText(/on the way to row 10\d,\d{3}/)
      .waitFor()
    expect(await grid.locator('[aria-selected=true]').getAttribute('aria-rowindex')).toBe('100004')
    expect(await rows.count()).toBeLessThan(MAX_ROWS)
  })

  it('sent requests only to its own server, and logged no error except the missing picture', () => {
    expect(watch.strangers).toEqual([])
    expect(watch.complaints.filter((text) => !/404.*\/icons\/0600127F\.png/.test(text))).toEqual([])
  })
})
