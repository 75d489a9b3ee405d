import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')

let overlord: TestOverlord
let plugin: TestPlugin
let browser: Browser
let page: Page
let watch: Watch

const assistant = () => page.getByRole('dialog', { name: 'Assistant' })
const box = () => assistant().getByRole('textbox', { name: 'Question' })
const answerTo = (question: string) =>
  assistant()
    .getByRole('article', { name: `Question: ${question}` })
    .last()
const ended = (question: string) => answerTo(question).getByText('answered by built-in look-up, no language model')

beforeAll(async () => {
  if (!existsSync(path.join(ROOT, 'dist', 'web', 'index.html')))
    throw new Error('The dashboard is not built: node scripts/build-missing.js')
  overlord = await startOverlord()
  plugin = await overlord.plugin()
  plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 10.4, ns: 20.3, kills: 5 })
  plugin.send({ type: 'telemetry', character_name: '**Bold** <b>One</b>', ew: 1.1, ns: 2.2, kills: 0 })
  await until('both characters', async () => {
    const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
    return data.characters.totalCount === 2
  })
  browser = await openBrowser()
  ;({ page, watch } = await openPage(browser, overlord.url))
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
  await page.goto(overlord.url)
})
afterAll(async () => {
  await browser?.close()
  await plugin?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
})

describe('the assistant’s window', () => {
  it('answers “who is online” with what a plugin just sent, and shows the tool it asked', async () => {
    await page.getByRole('listbox', { name: 'Characters' }).waitFor()
    await page.keyboard.press('a')
    await box().fill('who is online')
    await box().press('Enter')
    await ended('who is online').waitFor()
    const answer = answerTo('who is online')
    const said = (await answer.innerText()).replace(/\s+/g, ' ')
    expect(said).toContain('2 characters online:')
    expect(said).toContain('Larsson, at 20.3N 10.4E')
    expect(said).toContain('**Bold** <b>One</b>, at 2.2N 1.1E') // as it is called, and nothing else
    await answer.getByRole('button', { name: /Who is online/ }).click()
    const rows = answer.getByRole('region', { name: 'Rows of Who is online' }).getByRole('row')
    expect(await rows.count()).toBe(3)
    expect(await rows.filter({ hasText: 'Larsson' }).innerText()).toContain('10.4')
    await assistant().getByText('59 of 60 questions left this hour').waitFor()
  })

  it('opens the window of a character that it names', async () => {
    await answerTo('who is online').getByRole('button', { name: 'Larsson', exact: true }).click()
    await page.getByRole('dialog', { name: /^Larsson/ }).waitFor()
  })

  it('begins a new line with Shift and Enter, and shows the nearest questions when it does not understand', async () => {
    await box().fill('tell a joke')
    await box().press('Shift+Enter')
    expect(await box().inputValue()).toBe('tell a joke\n')
    await box().press('Enter')
    await ended('tell a joke').waitFor()
    await answerTo('tell a joke').getByRole('button', { name: 'where is NAME' }).click()
    expect(await box().inputValue()).toBe('where is NAME') // to be completed
    await box().fill('where is larson')
    await box().press('Enter')
    await ended('where is larson').waitFor()
    expect(await answerTo('where is larson').innerText()).toContain('Larsson is at 20.3N 10.4E')
  })

  it('has the chat again after the page was loaded again, and others beside it', async () => {
    await page.reload()
    await ended('where is larson').waitFor()
    expect(await assistant().getByRole('article').count()).toBe(3)
    await assistant().getByRole('button', { name: 'New chat', exact: true }).click()
    await assistant().getByText('Ask about the guild as it is now.').waitFor()
    await box().fill('server health')
    await box().press('Enter')
    await ended('server health').waitFor()
    await assistant()
      .getByRole('navigation', { name: 'Chats' })
      .getByRole('button', { name: /^who is online/ })
      .click()
    await ended('where is larson').waitFor()
  })

  it('loaded nothing from elsewhere and complained of nothing', () => {
    expect(watch).toEqual({ strangers: [], complaints: [] })
  })
})
