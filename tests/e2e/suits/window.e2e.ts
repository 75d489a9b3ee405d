// Frames in, suits on the page: found, locked, ruled out, compared, copied; and why where none is possible.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { equipmentSets } from '../../../shared/world/dereth/equipment-sets.ts'
import { familyName } from '../../../shared/world/dereth/spells.ts'
import type { Candidate } from '../../../subgraphs/inventory/suit/candidate.ts'
import { waysToWear } from '../../../subgraphs/inventory/suit/places.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'
import { drawn, FAMILIES, send } from './drawn.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const wanted = FAMILIES.slice(0, 4).map(familyName)
const setName = (id: number) => equipmentSets.find((set) => set.id === id)!.name

let overlord: TestOverlord
let few: Candidate[]
/** The two sets with most pieces there are. */
let sets: string[]
let browser: Browser
let page: Page
let watch: Watch

const builder = () => page.getByRole('dialog', { name: 'Suit builder', exact: true })
const said = () => builder().getByRole('region', { name: 'Search', exact: true }).getByRole('status').innerText()
const tab = (name: string) => builder().getByRole('tab', { name, exact: true })
const cell = (slot: string) => builder().getByRole('grid', { name: 'The suit' }).locator(`[data-slot=${slot}]`)
const figure = async (name: string) =>
  Number(
    (
      await builder()
        .getByRole('region', { name: 'Search', exact: true })
        .getByRole('definition')
        .nth(name === 'value' ? 0 : 1)
        .innerText()
    ).replaceAll(',', ''),
  )
async function choose(field: string, text: string) {
  const box = builder().getByRole('combobox', { name: field, exact: true })
  await box.fill(text)
  await builder().getByRole('option', { name: text }).first().waitFor()
  await box.press('Enter')
}
const proved = () => until('the proof', async () => (await said()).startsWith('Proved the best'))
/** Until the search that a change began is over. */
const again = async (change: () => Promise<unknown>) => {
  const before = await builder().getByRole('region', { name: 'Search', exact: true }).elementHandle()
  await before!.evaluate((node) => {
    const seen = ((node.ownerDocument.defaultView as unknown as { seen: string[] }).seen = [] as string[])
    new MutationObserver(() => seen.push(node.getAttribute('aria-busy') ?? '')).observe(node, {
      attributeFilter: ['aria-busy'],
    })
  })
  await change()
  await until('the new search', () =>
    before!.evaluate((node) => {
      const { seen } = node.ownerDocument.defaultView as unknown as { seen: string[] }
      return seen.includes('true') && seen.at(-1) === 'false'
    }),
  )
}

beforeAll(async () => {
  if (!existsSync(path.join(ROOT, 'dist', 'web', 'index.html')))
    throw new Error('The dashboard is not built: node scripts/build-missing.js')
  overlord = await startOverlord()
  few = drawn(1, 260, 'Coldeve', 6)
  await send(overlord, 'Coldeve', few)
  const counts = new Map<number, number>()
  for (const { setId } of few) if (setId) counts.set(setId, (counts.get(setId) ?? 0) + 1)
  sets = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([id]) => setName(id))
    .slice(0, 2)
  browser = await openBrowser()
  ;({ page, watch } = await openPage(browser, overlord.url))
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  page.setDefaultTimeout(8_000)
  await page.goto(overlord.url)
})
afterAll(async () => {
  await browser?.close()
  await overlord?.[Symbol.asyncDispose]()
})

describe('the suit builder', () => {
  it('opens by its key, and finds the best suit by sets and cantrips chosen with the keyboard', async () => {
    await page.getByRole('listbox', { name: 'Characters' }).waitFor()
    await page.keyboard.press('s')
    await choose('Add a wearer', 'Coldeve 1')
    await choose('Add a set', sets[0]!)
    await choose('Add a second set', sets[1]!)
    for (const set of sets)
      await builder()
        .getByRole('combobox', { name: `Pieces of ${set}` })
        .selectOption('2')
    for (const spell of wanted) await choose('Add a cantrip', spell)
    await page.keyboard.press('Control+Enter')
    await proved()
    expect(await figure('value')).toBe(await figure('at most'))
    expect(await builder().getByRole('figure').getAttribute('aria-label')).toMatch(/value .+, at most .+, gap 0 %$/)
    const totals = await builder().getByRole('region', { name: 'Totals' }).innerText()
    for (const set of sets) expect(totals).toContain(set)
  })

  it('locks the piece of a slot with the keyboard, and every new suit wears it', async () => {
    const best = await figure('value')
    await tab('2nd').click()
    const label = await cell('HEAD').getAttribute('aria-label')
    await again(async () => {
      await cell('HEAD').focus()
      await page.keyboard.press('Enter')
      await builder().getByRole('menuitem', { name: /^Lock/ }).press('Enter')
    })
    await proved()
    await tab('Best').click()
    expect(await cell('HEAD').getAttribute('aria-label')).toBe(`${label}, locked`)
    expect(await figure('value')).toBeLessThanOrEqual(best)
    await again(() => builder().getByRole('list', { name: 'Locked' }).getByRole('button').click())
    await proved()
    expect(await figure('value')).toBe(best)
  })

  it('rules a piece out: no suit wears it any more', async () => {
    const pieces = () => builder().getByRole('list', { name: 'Pieces' }).getByRole('listitem').allInnerTexts()
    await tab('Best').click()
    const label = (await cell('CHEST').getAttribute('aria-label'))!
    await again(async () => {
      await cell('CHEST').click()
      await builder()
        .getByRole('menuitem', { name: /^Exclude/ })
        .click()
    })
    await proved()
    expect(await cell('CHEST').getAttribute('aria-label')).not.toBe(label)
    expect((await pieces()).length).toBeGreaterThan(5)
  })

  it('compares suits side by side, and ranks what would better the one worn', async () => {
    await tab('Compare').click()
    const head = await builder().getByRole('columnheader').allInnerTexts()
    expect(head.map((text) => text.split('\n')[0]!.trim())).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Best/),
        expect.stringMatching(/^As worn/),
        expect.stringMatching(/^Before/),
      ]),
    )
    await tab('Upgrades').click()
    const gains = await builder()
      .getByRole('list', { name: /better it/ })
      .getByRole('listitem')
      .allInnerTexts()
    const points = gains.map((text) => Number(/^\+([\d.,]+)/.exec(text)![1]!.replaceAll(',', '')))
    expect(points.length).toBeGreaterThan(0)
    expect(points).toEqual(points.toSorted((a, b) => b - a))
  })

  it('copies the shopping list as text, by character with packs, and says so', async () => {
    await tab('Shopping list').click()
    await builder().getByRole('button', { name: 'Copy as text' }).click()
    await builder().getByText('Copied', { exact: true }).waitFor()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toMatch(
      /^Suit for Coldeve 1: \d+ pieces from \d characters\n\nColdeve \d: \d+ pieces?\n {2}- .+ \(.+\) → /,
    )
    expect(text).not.toContain('\nColdeve 1:')
  })

  it('says what an item that no one has would gain, the most first, put together with the keyboard', async () => {
    await builder().getByText('What if it owned…').press('Enter')
    const field = builder().getByRole('group', { name: 'What if it were owned' })
    await choose('Cantrip of the supposed item', wanted[0]!)
    await field.getByRole('combobox', { name: 'Place of the supposed item' }).selectOption('Trinket')
    await field.getByRole('button', { name: 'Suppose it' }).press('Enter')
    await field.getByRole('combobox', { name: 'Place of the supposed item' }).selectOption('Head')
    await field.getByLabel('Armor', { exact: true }).fill('5000')
    await field.getByRole('button', { name: 'Suppose it' }).press('Enter')
    expect(await field.getByRole('listitem').allInnerTexts()).toEqual([
      `Trinket, legendary ${wanted[0]}`,
      'Head, armor 5000',
    ])
    await again(() => page.keyboard.press('Control+Enter'))
    await tab('If owned').click()
    const gains = builder().getByRole('list', { name: 'What hypothetical items would gain' }).getByRole('listitem')
    const lines = await until('both gains', async () => {
      const texts = await gains.allInnerTexts()
      return texts.length === 2 && texts
    })
    expect(lines[0]).toMatch(/^\+\d[\d.,]*\s+Head, armor 5000\s+Proved: no suit with it gains more\.$/)
    expect(lines[1]).toMatch(/^\+[\d.,]+\s+Trinket, .+\s+Proved: /)
    await field.getByRole('listitem').first().getByRole('button').press('Enter')
    await page.keyboard.press('Enter') // the next one has the keyboard, and then what comes before them
    expect(await field.getByRole('listitem').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Suppose it')
    await again(() => builder().getByRole('button', { name: 'Search again' }).click())
  })

  it('says why wishes are impossible, and a click on the way out finds a suit again', async () => {
    await builder()
      .getByRole('combobox', { name: `Pieces of ${sets[0]}` })
      .selectOption('9')
    await builder().getByText('The wishes have changed.').waitFor()
    await builder().getByRole('button', { name: 'Search again' }).click()
    await until('the reason', async () => (await said()).startsWith('Impossible'))
    const search = builder().getByRole('region', { name: 'Search', exact: true })
    expect(await search.getByRole('listitem').first().innerText()).toMatch(
      /^You ask for 9 pieces of .+; \d+ items fit\./,
    )
    for (let tries = 0; (await said()).startsWith('Impossible') && tries < 12; tries++)
      await again(() => search.getByRole('listitem').getByRole('button').first().click())
    await proved()
  })

  it('remembers the wishes, and finds suits for two that share no piece', async () => {
    await page.reload()
    await builder().getByRole('button', { name: 'Remove Coldeve 1' }).waitFor()
    await builder().getByRole('button', { name: 'Clear', exact: true }).first().click()
    for (const wearer of ['Coldeve 1', 'Coldeve 2']) await choose('Add a wearer', wearer)
    await choose('Add a cantrip', wanted[0]!)
    await builder().getByText('Limits and search').click()
    await builder().getByLabel('Stop after').fill('4')
    await builder().getByLabel('Stop after').press('Tab')
    await builder().getByRole('button', { name: 'Find the best suit' }).click()
    await until('the end', async () => /^(Proved|Time was up)/.test(await said()), 30_000)
    await tab('Coldeve 2').click()
    await tab('Shopping list').click()
    await builder().getByRole('button', { name: 'Copy as text' }).click()
    const text = await until('the text', async () => {
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      return copied.startsWith('Suit for Coldeve 1, Coldeve 2') && copied
    })
    expect(text).toMatch(/→ Coldeve [12]: /)
  })

  it('names the wishes of two that ask for the same pieces, each with a way out', async () => {
    await builder().getByRole('button', { name: 'Clear', exact: true }).first().click()
    for (const wearer of ['Coldeve 1', 'Coldeve 2']) await choose('Add a wearer', wearer)
    // One item of one owner alone brings it.
    const legendary = (owner: string, family: number) =>
      few.filter(
        (one) =>
          one.owner === owner &&
          waysToWear(one.slots, one.loot).length > 0 &&
          one.cantrips.some((it) => it.family === family && it.tier === 'LEGENDARY'),
      ).length
    const all = [...new Set(few.map(({ owner }) => owner))].flatMap((owner) =>
      FAMILIES.map((family) => ({ owner, family })),
    )
    const { owner, family } = all.find((one) => legendary(one.owner, one.family) === 1)!
    await choose('Only items of', owner)
    await choose('Add a cantrip', familyName(family))
    await builder().getByLabel('Weakest tier that counts').selectOption('LEGENDARY')
    await builder()
      .getByRole('button', { name: `${familyName(family)}: must have` })
      .click()
    await builder()
      .getByRole('button', { name: /Find the best suit|Search again/ })
      .click()
    await until('the reason', async () => (await said()).startsWith('Impossible'), 30_000)
    const search = builder().getByRole('region', { name: 'Search', exact: true })
    const reasons = await search.getByRole('listitem').allInnerTexts()
    expect(reasons).toHaveLength(2)
    for (const reason of reasons)
      expect(reason).toMatch(/^Coldeve [12]: You ask for legendary .+ or better; only 1 item fits\./)
    await search.getByRole('listitem').getByRole('button').first().click()
    await until('the end', async () => /^(Proved|Time was up|Impossible)/.test(await said()), 30_000)
  })

  it('sent requests only to its own server, and logged no error', () => {
    expect(watch.strangers).toEqual([])
    expect(watch.complaints).toEqual([])
  })
})
