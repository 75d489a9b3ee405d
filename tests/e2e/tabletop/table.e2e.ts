// The table beside the narration, as people use it in a browser: fight, pools, sheets, scenes, secrets, undo, records.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const SCREENSHOTS = process.env['SCREENSHOTS']

let overlord: TestOverlord
let leader: TestPerson
let player: TestPerson
let browser: Browser
let one: Page
let other: Page
const watches: Watch[] = []

/** A browser at the page of the game, signed in. */
async function pageOf(person: TestPerson): Promise<Page> {
  const { page, watch } = await openPage(browser, overlord.url)
  // The recognition of a browser that hears one sentence: there is no microphone here.
  await page.addInitScript(() => {
    class Heard {
      onresult: (event: { results: { transcript: string }[][] }) => void = () => undefined
      onend = () => undefined
      start() {
        this.onresult({ results: [[{ transcript: 'I open the door' }]] })
        this.onend()
      }
      stop() {}
    }
    Object.assign(window, { SpeechRecognition: Heard })
  })
  watches.push(watch)
  const [name, value] = person.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
  await page.goto(`${overlord.url}/game`)
  return page
}
const log = (page: Page) => page.getByRole('log', { name: 'What happened' })
const open = (page: Page, tab: string) => page.getByRole('tab', { name: tab }).click()
const region = (page: Page, name: string) => page.getByRole('region', { name })
async function picture(page: Page, name: string) {
  if (SCREENSHOTS) await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) })
}
/** The text of a file that a button offers. */
async function stored(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

/** Karma on the sheet of Mara Voss. */
async function giveKarma(): Promise<void> {
  const { data } = await leader.graph<{ gmSessions: { nodes: { id: string; characters: Sheeted[] }[] } }>(
    '{ gmSessions { nodes { id characters { id name sheet } } } }',
  )
  const { id: sessionId, characters } = data.gmSessions.nodes[0]!
  const { id: characterId, sheet } = characters.find(({ name }) => name === 'Mara Voss')!
  const input = { sessionId, characterId, sheet: { ...sheet, karmaEarned: 40 } }
  const save = 'mutation ($input: SaveGmSheetInput!) { saveGmSheet(input: $input) { problems { field } } }'
  await leader.graph(save, { input })
}
interface Sheeted {
  id: string
  name: string
  sheet: Record<string, unknown>
}

beforeAll(async () => {
  if (!existsSync(path.join(ROOT, 'dist', 'web', 'index.html')))
    throw new Error('The dashboard is not built: node scripts/build-missing.js')
  overlord = await startOverlord()
  leader = await aPerson(overlord, 'Lea')
  player = await aPerson(overlord, 'Paul')
  browser = await openBrowser()
  one = await pageOf(leader)
  await one.getByRole('button', { name: 'Begin a game' }).click()
  await one.getByRole('article', { name: 'Mara Voss' }).waitFor()
  await one.getByRole('button', { name: 'Invite' }).click()
  const code = await one.getByRole('status').locator('code').innerText()
  other = await pageOf(player)
  await other.getByRole('textbox', { name: 'Code to join' }).fill(code)
  await other.getByRole('button', { name: 'Join' }).click()
  await other.getByRole('article', { name: 'Tobias Renn' }).getByRole('button', { name: 'Play' }).click()
  await one.getByRole('article', { name: 'Tobias Renn' }).getByText('Paul').waitFor()
})
afterAll(async () => {
  await browser?.close()
  for (const person of [leader, player]) await person?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
})

describe('the table beside the narration', () => {
  it('[TAB50] takes pool dice in the party for the next test', async () => {
    const dice = one.getByRole('spinbutton', { name: 'Combat dice of Switchback for the next test' })
    await dice.fill('3')
    await dice.press('Tab')
    await log(other).getByText('Mara Voss sets 3 combat dice aside.').waitFor()
    await until('the stored dice', async () => (await dice.inputValue()) === '3')
    await dice.fill('30')
    await dice.press('Tab')
    await one.getByRole('alert').getByText('8 of 8 dice are left').waitFor()
    await other.getByRole('article', { name: 'Mara Voss' }).getByText('3 set aside').waitFor()
  })

  it('[TAB98] lets the game master invite somebody to watch, and take them out again', async () => {
    const code = () => one.getByRole('status').locator('code').innerText()
    await one.getByRole('button', { name: 'Invite' }).click()
    await one.getByRole('status').getByText('joins by this code to play').waitFor()
    await one.getByRole('button', { name: 'A code to watch' }).click()
    await one.getByRole('status').getByText('joins by this code to watch').waitFor()
    await using watcher = await aPerson(overlord, 'Sue')
    const page = await pageOf(watcher)
    await page.getByRole('textbox', { name: 'Code to join' }).fill(await code())
    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByPlaceholder('You watch this game').waitFor()
    const people = one.getByRole('list', { name: 'People' })
    await people.getByText('Sue spectator').waitFor()
    await picture(one, 'game-people')
    expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(0)
    await one.getByRole('button', { name: 'Remove Sue from the game' }).click()
    await people.getByText('Sue').waitFor({ state: 'detached' })
    await page.close()
  })

  it('[TAB45] plays a fight by keyboard, and shows everybody who acts; it is there after a reload', async () => {
    await open(one, 'Fight')
    await region(one, 'Fight').getByRole('button', { name: 'Roll initiative' }).click()
    const order = region(one, 'Fight').getByRole('list', { name: 'Order' }).getByRole('listitem')
    await until('three combatants', async () => (await order.count()) === 3)
    await region(one, 'Fight').press('n')
    const acts = region(one, 'Fight').locator('[aria-current=step]')
    await acts.waitFor()
    const who = await region(one, 'Fight').getByRole('status').locator('b').innerText()
    await open(other, 'Fight')
    await region(other, 'Fight').getByRole('status').getByText(who).first().waitFor()
    await region(other, 'Fight').locator('[aria-current=step]').getByText('2 Simple Actions left').waitFor()
    await picture(one, 'game-fight')
    await one.reload()
    await open(one, 'Fight')
    await region(one, 'Fight').getByRole('status').getByText(who).first().waitFor()
    await region(one, 'Fight').press('d')
    await region(one, 'Fight').getByText('waits').waitFor()
    await region(one, 'Fight').press('a')
    await acts.waitFor()
  })

  it('[TAB52] imports a sheet with every problem named, changes the state, and exports what it can import', async () => {
    await open(other, 'Party')
    await other.getByRole('button', { name: 'Import a character' }).click()
    const text = region(other, 'Sheet').getByRole('textbox', { name: 'Sheet as JSON' })
    await text.fill('{"name": "Ann", "attributes": {"body": 99}, "skills": [{"name": "Stealth", "rating": "x"}]}')
    await region(other, 'Sheet').getByRole('button', { name: 'Save the sheet' }).click()
    const problems = region(other, 'Sheet').getByRole('alert').getByRole('listitem')
    await until('every problem', async () => (await problems.count()) === 7)
    await picture(other, 'game-sheet-problems')
    await region(other, 'Sheet').getByRole('button', { name: 'Close' }).click()

    await other.getByRole('article', { name: 'Tobias Renn' }).getByRole('button', { name: 'Sheet' }).click()
    const state = region(other, 'Sheet').getByRole('form', { name: 'State' })
    await state.getByRole('spinbutton', { name: 'Nuyen' }).fill('750')
    await state.getByRole('spinbutton', { name: 'Stun' }).fill('2')
    await state.getByRole('button', { name: 'Save the state' }).click()
    await log(one).getByText('Paul changed Tobias Renn: stun 0 to 2, nuyen 0 to 750.').waitFor()
    await picture(other, 'game-sheet')
    const exported = await stored(other, 'Export')
    expect(exported.name).toBe('Tobias-Renn.json')
    await region(other, 'Sheet').getByRole('button', { name: 'Close' }).click()

    const file = path.join(overlord.dataDir, 'ann.json')
    await writeFile(file, exported.text.replace('Tobias Renn', 'Ann Renn').replace('Candle', 'Spark'))
    await other.getByRole('button', { name: 'Import a character' }).click()
    await region(other, 'Sheet').locator('input[type=file]').setInputFiles(file)
    await until('the file', async () => (await text.inputValue()).includes('Ann Renn'))
    await region(other, 'Sheet').getByRole('button', { name: 'Save the sheet' }).click()
    await one.getByRole('tab', { name: 'Party' }).click()
    await one.getByRole('article', { name: 'Ann Renn' }).waitFor()
  })

  it('[TAB55] saves and plays scenes, which players read', async () => {
    await open(one, 'Scene')
    const scene = region(one, 'Scene')
    await scene.getByRole('textbox', { name: 'Name of the scene' }).fill('The dock')
    await scene.getByRole('textbox', { name: 'Scene notes' }).fill('Rain on two crates.')
    await scene.getByRole('textbox', { name: 'Map notes' }).fill('A gate in the north.')
    await scene.getByRole('button', { name: 'Save and play' }).click()
    await open(other, 'Scene')
    await region(other, 'Scene').getByText('A gate in the north.').waitFor()
    await scene.getByRole('textbox', { name: 'Name of the scene' }).fill('The ambush')
    // What is being written stays when something happens at the table.
    await other.getByRole('textbox', { name: 'Say to the game master' }).fill('/roll 3')
    await other.getByRole('textbox', { name: 'Say to the game master' }).press('Enter')
    await log(one).getByRole('article', { name: '/roll 3' }).locator('[data-narration]').waitFor()
    expect(await scene.getByRole('textbox', { name: 'Name of the scene' }).inputValue()).toBe('The ambush')
    await scene.getByRole('button', { name: 'Keep for later' }).click()
    await scene.getByRole('button', { name: 'Play The ambush' }).waitFor()
    await picture(one, 'game-scene')
    expect(await region(other, 'Scene').innerText()).not.toContain('ambush')
  })

  it('[TAB56] rolls in secret and whispers, which only those meant for it read', async () => {
    await open(one, 'Tools')
    const tray = one.getByRole('form', { name: 'Dice tray' })
    await tray.getByRole('textbox', { name: 'Purpose' }).fill('a trap')
    await tray.getByRole('checkbox').check()
    await tray.getByRole('button', { name: 'Roll' }).click()
    await log(one).getByText('Secret roll of Lea').waitFor()
    const whisper = one.getByRole('form', { name: 'Whisper' })
    await whisper.getByRole('combobox', { name: 'To' }).selectOption({ label: 'Paul' })
    await whisper.getByRole('textbox', { name: 'Message' }).fill('Look up')
    await whisper.getByRole('button', { name: 'Whisper' }).click()
    await log(other).getByText('Lea whispers to Paul: Look up').waitFor()
    await picture(one, 'game-tools')
    expect(await log(other).innerText()).not.toContain('a trap')
  })

  it('[TAB59] undoes the last change, tells what happened, and stores the dice', async () => {
    await one.getByRole('button', { name: 'Undo the last change' }).click()
    await log(other).getByText('Lea undid: Paul changed Tobias Renn: stun 0 to 2, nuyen 0 to 750').waitFor()
    await one.getByRole('button', { name: 'Recap' }).click()
    await one.getByRole('list', { name: 'Recap' }).getByText('Scene: The dock').waitFor()
    const dice = await stored(one, 'Dice as JSONL')
    expect(
      dice.text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { purpose: string }).purpose),
    ).toContain('a trap')
    expect((await stored(one, 'Dice as CSV')).text).toMatch(/^id,at,purpose/)
  })

  it('[TAB64] reads narration aloud once somebody asks for it, and writes down what the browser heard', async () => {
    const spoken = () => one.evaluate(() => (window as unknown as { spoken: string[] }).spoken)
    await one.evaluate(() => {
      const spoken: string[] = []
      Object.assign(window, { spoken })
      speechSynthesis.speak = (said) => void spoken.push(said.text)
    })
    const box = one.getByRole('textbox', { name: 'Say to the game master' })
    const say = async (text: string) => {
      await box.fill(text)
      await box.press('Enter')
      await log(one).getByRole('article', { name: text }).last().locator('[data-narration]').waitFor()
    }
    await say('/roll 1 tn4')
    expect(await spoken()).toEqual([])
    await one.getByRole('button', { name: 'Read the narration aloud' }).click()
    await say('/roll 2 tn4')
    expect((await spoken()).join('')).toContain('2 dice against 4')
    await one.getByRole('button', { name: 'Speak' }).click()
    await until('what was heard', async () => (await box.inputValue()) === 'I open the door')
  })

  it('[TAB75] rolls failed dice again for Karma, from the roll card', async () => {
    await giveKarma()
    await one.getByRole('textbox', { name: 'Say to the game master' }).fill('/roll 12 tn6 for the lock')
    await one.getByRole('textbox', { name: 'Say to the game master' }).press('Enter')
    const rolled = log(one).getByRole('article', { name: '/roll 12 tn6 for the lock' })
    await rolled.locator('[data-narration]').waitFor()
    const button = rolled.getByRole('button', { name: /^Roll \d+ failures? again \(1 Karma\)$/ })
    await button.waitFor()
    await picture(one, 'game-reroll')
    expect(
      await log(other)
        .getByRole('button', { name: /failures? again/ })
        .count(),
    ).toBe(0)
    await button.click()
    await log(one)
      .getByText(/^Again for 1 Karma: the lock/)
      .waitFor()
    await log(other)
      .getByText(/^Again for 1 Karma: the lock/)
      .waitFor()
  })

  it('[TAB74] shows and changes the visibility table for the game master alone', async () => {
    await open(one, 'Tools')
    await open(other, 'Tools')
    expect(await region(other, 'Tools').getByText('Visibility table').count()).toBe(0)
    await region(one, 'Tools').getByText('Visibility table').click()
    const table = region(one, 'Visibility')
    await table.getByRole('button', { name: 'Change mist' }).click()
    const form = table.getByRole('form', { name: 'Change mist' })
    await form.getByRole('spinbutton', { name: 'Normal eyes' }).fill('7')
    await form.getByRole('textbox', { name: 'Source' }).fill('our house rule')
    await picture(one, 'game-visibility')
    await form.getByRole('button', { name: 'Save' }).click()
    await table.getByText('our house rule').waitFor()
    await log(other).getByText('Lea changed mist in the visibility table.').waitFor()
    await table.getByRole('button', { name: 'Reset the whole table' }).click()
    await table.getByText('our house rule').waitFor({ state: 'detached' })
  })

  it('fits a phone, with every part as a tab', async () => {
    await one.setViewportSize({ width: 390, height: 844 })
    for (const tab of ['Party', 'Fight', 'Scene', 'Tools', 'Table']) {
      await open(one, tab)
      expect(await one.evaluate(() => document.documentElement.scrollWidth), tab).toBeLessThanOrEqual(390)
      await picture(one, `game-phone-${tab.toLowerCase()}`)
    }
    // The newest is in view again after another tab hid the log.
    const fromEnd = () => log(one).evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight)
    await until('the end of the log', async () => (await fromEnd()) < 2)
    expect(watches.flatMap(({ strangers }) => strangers)).toEqual([])
  })
})
