import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { until } from '../../../shared/testing/until.ts'
import { type Dashboard, openDashboard } from './dashboard.ts'

// A language made for tests, in which every message has accents: what is plain was written into the code.
const ACCENTED = 'en-XA'
const WINDOWS = [
  ...[
    'admin',
    'assistant',
    'board',
    'chat',
    'combat-picker',
    'events',
    'filters',
    'fleet',
    'game',
    'items',
    'mindseye',
  ],
  ...['query-inspector', 'quests', 'rares', 'roster', 'setup', 'sharing', 'stats', 'suit', 'timeline', 'trails'],
  ...['watch-rules', 'character:Larsson', 'combat:Larsson', 'inventory:Larsson', 'radar:Larsson'],
]

let dashboard: Dashboard
let page: Page

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 10, ns: 10, vt_state: 'Combat' })
    plugin.send({ type: 'vitals', character_name: 'Larsson', health_percentage: 88 })
    await until('Larsson', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
      return data.characters.totalCount === 1
    })
  })
  ;({ page } = dashboard)
  await page.addInitScript((tag) => {
    if (location.protocol !== 'about:') localStorage.setItem('overlord.language', tag)
  }, ACCENTED)
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

/** What is data: names, states as plugins send them, texts of alerts, operations of the graph, and dates of `Intl`. */
const DATA = [
  ...[
    /^(?:Larsson|admin|Combat|Overlord)$/,
    /^(?:Larsson )?is gone$/,
    /^(?:[A-Z]\p{Ll}+){2,}$/u,
    /^(?:query|subscription|mutation)$/,
  ],
  /^[A-Z][a-z]{2} \d{1,2}, \d{4}, [\d:]+\s[AP]M$/,
]

/** Words on the page without an accent, each with what shows it. */
async function plainTexts(): Promise<string[]> {
  const found = await page.evaluate(() => {
    const texts: [string, string][] = []
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (['SCRIPT', 'NOSCRIPT', 'STYLE', 'CODE', 'KBD', 'PRE'].includes(element.tagName)) continue
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription', 'aria-valuetext'])
        texts.push([`${element.tagName} ${name}`, element.getAttribute(name) ?? ''])
      for (const child of element.childNodes)
        if (child.nodeType === Node.TEXT_NODE) texts.push([element.tagName, child.textContent ?? ''])
    }
    return texts
  })
  const withoutMessages = (text: string): string => {
    const less = text.replace(/\[[^[\]]*\]/g, '')
    return less === text ? less.trim() : withoutMessages(less)
  }
  return found
    .map(([where, text]) => [where, withoutMessages(text)] as const)
    .filter(([, text]) => /\p{Ll}{2}/u.test(text) && !DATA.some((one) => one.test(text)))
    .map(([where, text]) => `${where}: ${text}`)
}
const open = async (hash: string) => {
  await page.goto('about:blank')
  await page.goto(`${dashboard.overlord.url}/#${hash}`)
}
const bar = () => page.getByRole('button', { name: '[Whát thé máp shóws]' })

describe('the page in another language', () => {
  it.each(WINDOWS)('says nothing in plain English: %s', async (window) => {
    await open(`w=${window}`)
    await page.getByRole('dialog').first().waitFor()
    const loading = page.locator('[role=status]', { hasText: 'Lóádíng' })
    await until('all of it', async () => (await loading.count()) === 0)
    await until('no plain text', async () => (await plainTexts()).length === 0, 15_000).catch(() => undefined)
    expect(await plainTexts()).toEqual([])
  })
  it('names itself in the page, and changes while windows are open', async () => {
    await open('w=board')
    await page.getByRole('dialog', { name: '[Íssúés]', exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(ACCENTED)
    await page.evaluate(() => {
      localStorage.setItem('overlord.language', 'en')
      dispatchEvent(
        new StorageEvent('storage', { key: 'overlord.language', newValue: 'en', storageArea: localStorage }),
      )
    })
    await page.getByRole('dialog', { name: 'Issues', exact: true }).getByRole('button', { name: 'Add note' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  })
  it('reaches menus, the palette, the list of keys and the time bar', async () => {
    await open('w=roster')
    await bar().click()
    await page.getByRole('menuitemcheckbox').first().waitFor()
    expect(await plainTexts()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^\[Ménú/ }).click()
    await page.getByRole('menuitem', { name: '[Sígn óút]' }).waitFor()
    expect(await plainTexts()).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('[role=application]').focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: '[Kéys]' }).waitFor()
    expect(await plainTexts()).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('[role=application]').focus()
    await page.keyboard.press('h')
    await page.getByRole('region', { name: '[Tímé]' }).waitFor()
    await until('no plain text', async () => (await plainTexts()).length === 0, 15_000).catch(() => undefined)
    expect(await plainTexts()).toEqual([])
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    expect(await plainTexts()).toEqual([])
  })
  it('logged no error', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
