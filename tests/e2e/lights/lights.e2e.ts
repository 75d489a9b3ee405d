import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../ingest/simulator/simulator.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from './browser.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const PASSWORD = 'a password for the lights'

let overlord: TestOverlord
let play: Simulator
let browser: Browser
let page: Page
let watch: Watch

beforeAll(async () => {
  if (!existsSync(path.join(ROOT, 'dist', 'web', 'index.html')))
    throw new Error('The dashboard is not built: node scripts/build-missing.js')
  overlord = await startOverlord()
  // Overlord's own admin signs in by a password that only its tests know; this one is configured.
  await overlord.graph(
    'mutation ($password: String!) { createUser(input: { username: "Keeper", password: $password }) { user { id } } }',
    {
      password: PASSWORD,
    },
  )
  play = await startSimulator({
    url: overlord.pluginUrl,
    secret: overlord.secret,
    seed: 5,
    characters: 5,
    pace: 'live',
    telemetryEveryMs: 500,
  })
  browser = await openBrowser()
  ;({ page, watch } = await openPage(browser, overlord.url))
})
afterAll(async () => {
  await browser?.close()
  await play?.stop()
  await overlord?.[Symbol.asyncDispose]()
})

const enter = async (password: string) => {
  await page.getByLabel('Name', { exact: true }).fill('Keeper')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
const roster = () => page.getByRole('listbox', { name: 'Characters' })
const rows = () => roster().getByRole('option').allInnerTexts()

describe('the dashboard', () => {
  it('says so when name and password do not fit together', async () => {
    await page.goto(`${overlord.url}/login`)
    await enter('not the password')
    await page.getByRole('alert').filter({ hasText: 'do not fit together' }).waitFor()
    // The browser itself reports every refused request; this one was meant.
    expect(watch.complaints.splice(0).filter((text) => !text.includes('401'))).toEqual([])
  })

  it('lets in who knows the password, and lists exactly the characters that play', async () => {
    await enter(PASSWORD)
    await roster().waitFor()
    const names = await until('the roster', async () => {
      const listed = (await rows()).map((row) => row.split('\n')[0]!.trim())
      return listed.length === play.characters.length && listed
    })
    expect(names.sort()).toEqual([...play.characters].sort())
    await page.getByText(`${play.characters.length} live of ${play.characters.length}`).waitFor()
  })

  it('moves those who walk, in the roster and on the map', async () => {
    const drawn = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('[role=application] canvas')].map((canvas) =>
          (canvas as HTMLCanvasElement).toDataURL(),
        ),
      )
    const places = await rows()
    await until('somebody elsewhere in the roster', async () => (await rows()).join() !== places.join(), 30_000)
    // Once could be the ground that was still being drawn.
    for (let nth = 0; nth < 5; nth++) {
      const picture = await drawn()
      await until('another picture', async () => (await drawn()).join() !== picture.join(), 30_000)
    }
  })

  it('shows a line within a moment of its being said', async () => {
    const chat = page.getByRole('log', { name: 'Chat' })
    await until('the chat window to follow', async () => {
      await play.say(play.characters[2]!, 'is this heard?')
      return (await chat.count()) > 0
    })
    const text = 'the lights are on'
    await play.say(play.characters[1]!, text)
    await chat.getByText(text).first().waitFor({ timeout: 2_000 })
  })

  it('announces a rare', async () => {
    const rare = await play.findRare('Infinite Leather', play.characters[3])
    const news = page.getByRole('log', { name: 'What happens' })
    await news
      .getByText(`${rare.character} found a great rare. Infinite Leather`)
      .waitFor({ state: 'attached', timeout: 5_000 })
  })

  it('finds by name in the palette, and reports when nothing fits', async () => {
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Search' })
    const field = palette.getByRole('combobox')
    await palette.getByRole('option').first().waitFor()
    expect(await field.getAttribute('aria-expanded')).toBe('true')
    await field.fill('no such thing anywhere')
    await palette.getByRole('status').getByText('Nothing is called that.').waitFor()
    expect(await field.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'detached' })
  })

  it('comes back as it was after a reload, without signing in again', async () => {
    await page.reload()
    await roster().waitFor()
    await until('the roster', async () => (await rows()).length === play.characters.length)
  })

  it('sent requests only to its own server, and logged no error', () => {
    expect(watch.strangers).toEqual([])
    expect(watch.complaints).toEqual([])
  })
})

describe('the playground', () => {
  it('loads only from its own server and runs its first example', async () => {
    const heard = page.waitForResponse(
      (answer) => answer.url().endsWith('/graphql') && (answer.request().postData() ?? '').includes('LiveCharacters'),
    )
    await page.goto(`${overlord.url}/graphiql/`)
    let isRun = false
    heard.then(
      () => (isRun = true),
      () => undefined,
    )
    // Before the editor has read its text the button does nothing; while a query runs it has another name.
    const execute = page.getByRole('button', { name: 'Execute query' })
    await until(
      'the example to run',
      async () => {
        if (!isRun && (await execute.isVisible())) await execute.click({ timeout: 1_000 }).catch(() => undefined)
        return isRun
      },
      30_000,
    )
    const { data } = (await (await heard).json()) as { data: { characters: { totalCount: number } } }
    expect(data.characters.totalCount).toBe(play.characters.length)
    await page.locator('.result-window').getByText('totalCount').first().waitFor()
    expect(watch.strangers).toEqual([])
    expect(watch.complaints).toEqual([])
  })
})
