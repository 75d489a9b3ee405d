// A game as its players meet it: a real process, two people in browsers, the built-in game master, a restart.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const SCREENSHOTS = process.env['SCREENSHOTS']
const SAY = `mutation ($sessionId: ID!, $message: String!) {
  gmSay(input: { sessionId: $sessionId, message: $message }) { turn { id } } }`
const EVENTS = `query ($id: ID!) { gmSession(id: $id) { id
  characters { name physical stun } events(first: 200) { nodes { id turnId kind payload } } } }`
const FOLLOW = `subscription ($sessionId: ID!, $afterId: ID) {
  gmEvents(sessionId: $sessionId, afterId: $afterId) { id turnId kind payload } }`

interface GameEvent {
  id: string
  turnId: string | null
  kind: string
  payload: Record<string, unknown>
}
interface Stored {
  gmSession: { id: string; characters: object[]; events: { nodes: GameEvent[] } }
}

let overlord: TestOverlord
let leader: TestPerson
let player: TestPerson
let spectator: TestPerson
let stranger: TestPerson
let browser: Browser
let sessionId: string
const watches: Watch[] = []

/** A browser at the page of the game, signed in. */
async function pageOf(person: TestPerson): Promise<Page> {
  const { page, watch } = await openPage(browser, overlord.url)
  watches.push(watch)
  const [name, value] = person.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
  await page.goto(`${overlord.url}/game`)
  return page
}
const log = (page: Page) => page.getByRole('log', { name: 'What happened' })
const turn = (page: Page, said: string) => log(page).getByRole('article', { name: said }).last()
async function say(page: Page, text: string) {
  const box = page.getByRole('textbox', { name: 'Say to the game master' })
  await box.fill(text)
  await box.press('Enter')
}
const stored = async (person: TestPerson) => (await person.graph<Stored>(EVENTS, { id: sessionId })).data.gmSession

async function invite(role: string): Promise<string> {
  const { data } = await leader.graph<{ inviteToGmSession: { code: string } }>(
    `mutation ($id: ID!, $role: GmRole!) { inviteToGmSession(input: { sessionId: $id, role: $role }) { code } }`,
    { id: sessionId, role },
  )
  return data.inviteToGmSession.code
}

beforeAll(async () => {
  if (!existsSync(path.join(ROOT, 'dist', 'web', 'index.html')))
    throw new Error('The dashboard is not built: node scripts/build-missing.js')
  overlord = await startOverlord()
  leader = await aPerson(overlord, 'Lea')
  player = await aPerson(overlord, 'Paul')
  spectator = await aPerson(overlord, 'Sue')
  stranger = await aPerson(overlord, 'Stan')
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  for (const person of [leader, player, spectator, stranger]) await person?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
})

describe('a game', () => {
  let one: Page
  let other: Page

  it('is begun with sample characters, and two people at it see the same dice', async () => {
    one = await pageOf(leader)
    await one.getByRole('button', { name: 'Begin a game' }).click()
    await one.getByRole('article', { name: 'Mara Voss' }).waitFor()
    const { data } = await leader.graph<{ gmSessions: { nodes: { id: string }[] } }>('{ gmSessions { nodes { id } } }')
    sessionId = data.gmSessions.nodes[0]!.id

    await one.getByRole('button', { name: 'Invite' }).click()
    const code = await one.getByRole('status').locator('code').innerText()
    other = await pageOf(player)
    await other.getByRole('textbox', { name: 'Code to join' }).fill(code)
    await other.getByRole('button', { name: 'Join' }).click()
    await other.getByRole('article', { name: 'Tobias Renn' }).getByRole('button', { name: 'Play' }).click()
    await one.getByRole('article', { name: 'Tobias Renn' }).getByText('Paul').waitFor()

    await say(other, '/roll 8 tn5')
    await turn(other, '/roll 8 tn5').locator('[data-narration]').waitFor()
    const dice = turn(other, '/roll 8 tn5').getByRole('list', { name: 'Dice' }).getByRole('listitem')
    expect(await dice.count()).toBe(8)
    await turn(one, '/roll 8 tn5').locator('[data-narration]').waitFor()
    expect(await turn(one, '/roll 8 tn5').getByRole('list', { name: 'Dice' }).innerText()).toBe(
      await turn(other, '/roll 8 tn5').getByRole('list', { name: 'Dice' }).innerText(),
    )
  })

  it('resolves a shot with every modifier, and its dice can be verified', async () => {
    await say(one, '/shoot Razor at 5 m pool 3')
    const shot = turn(one, '/shoot Razor')
    await shot.locator('[data-narration]').waitFor()
    const roll = shot.locator('[data-roll]').first()
    const text = (await roll.innerText()).replace(/\s+/g, ' ')
    expect(text).toContain('Mara Voss shoots at Ganger with Ares Predator')
    expect(text).toContain('9 dice against 2')
    expect(text).toContain('smartlink -2')
    await roll.getByRole('button', { name: 'Verify' }).click()
    await roll.getByText('It follows from the published commitment.').waitFor()
    if (SCREENSHOTS) await one.screenshot({ path: path.join(SCREENSHOTS, 'game-desktop.png') })
  })

  it('is watched by spectators, who may not speak, and unknown to strangers', async () => {
    const code = await invite('SPECTATOR')
    await spectator.graph('mutation ($code: String!) { joinGmSession(input: { code: $code }) { session { id } } }', {
      code,
    })
    expect((await stored(spectator)).events.nodes.length).toBeGreaterThan(0)
    expect(await spectator.code(SAY, { sessionId, message: 'hello' })).toBe('FORBIDDEN')
    expect(await stranger.code(SAY, { sessionId, message: 'hello' })).toBe('NOT_FOUND')
    expect(await stranger.code(EVENTS, { id: sessionId })).toBe('NOT_FOUND')
    await using feed = stranger.feed(FOLLOW, 'gmEvents', { sessionId, afterId: '0' })
    await until('the refusal', () => Promise.resolve(feed.ended() !== null))
    expect(feed.seen).toEqual([])
  })

  it('answers what it does not understand with what it can do', async () => {
    await say(one, 'I hack the vending machine')
    await turn(one, 'I hack the vending machine').getByText('I understand: /roll DICE tn NUMBER').waitFor()
  })

  it('is all there after the process was killed, and goes on', async () => {
    const before = await stored(leader)
    await overlord.kill9()
    await overlord.restart()
    await until('the game', async () => (await leader.graph(EVENTS, { id: sessionId })).status === 200)
    expect(await stored(leader)).toEqual(before)
    await one.reload()
    await turn(one, '/roll 8 tn5').waitFor()
    await say(one, '/roll 2 tn4')
    await turn(one, '/roll 2 tn4').locator('[data-narration]').waitFor()
    const turns = new Map<string, string[]>()
    for (const { turnId, kind } of (await stored(leader)).events.nodes)
      if (turnId !== null) turns.set(turnId, [...(turns.get(turnId) ?? []), kind])
    for (const kinds of turns.values())
      expect(kinds.filter((kind) => kind === 'COMPLETE' || kind === 'ERROR')).toHaveLength(1)
  })

  it('fits a phone, where the party is a tab of its own', async () => {
    await one.setViewportSize({ width: 390, height: 844 })
    await one.getByRole('tab', { name: 'Party' }).click()
    await one.getByRole('article', { name: 'Ganger' }).getByRole('meter', { name: 'Physical' }).waitFor()
    if (SCREENSHOTS) await one.screenshot({ path: path.join(SCREENSHOTS, 'game-phone-party.png') })
    await one.getByRole('tab', { name: 'Table' }).click()
    await log(one).waitFor()
    expect(await one.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    if (SCREENSHOTS) await one.screenshot({ path: path.join(SCREENSHOTS, 'game-phone.png') })
  })

  it('asks nobody but its own server', () => {
    expect(watches.flatMap(({ strangers }) => strangers)).toEqual([])
  })
})
