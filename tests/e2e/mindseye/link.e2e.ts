// A call of our assistant is one object: a card in the chat, a step in Mind's Eye, and a place on the map of Dereth.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubModel, type StubModel } from '../../../shared/testing/stub-openai.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'

let model: StubModel
let overlord: TestOverlord
let plugin: TestPlugin
let browser: Browser
let page: Page
let watch: Watch

const chat = () => page.getByRole('dialog', { name: 'Assistant' })
const eye = () => page.getByRole('dialog', { name: "Mind's Eye" })
const question = 'how is Anker doing?'
const answer = () => chat().getByRole('article', { name: `Question: ${question}` })
const card = () => answer().getByRole('button', { name: /get_player_state/ })
const session = () => eye().getByRole('article', { name: 'Session of admin' })
const step = () => session().locator('details', { hasText: 'get_player_state' })
const row = () => page.getByRole('listbox', { name: 'Characters' }).getByRole('option', { name: /Anker/ })
/** How many pixels of the map's canvases have the colour of the page's accent, or nearly. */
const glowing = () =>
  page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.color = 'var(--accent)'
    const accent = getComputedStyle(probe).color.match(/\d+/g)!.map(Number)
    probe.remove()
    const top = [...document.querySelectorAll('canvas')].at(-1)!
    const { data } = top.getContext('2d')!.getImageData(0, 0, top.width, top.height)
    let count = 0
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3]! > 20 && accent.every((value, nth) => Math.abs(data[at + nth]! - value) < 25)) count++
    return count
  })
const camera = () => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('c') ?? '')

beforeAll(async () => {
  model = await startStubModel([
    { text: 'I look. ', tools: [{ name: 'get_player_state', args: { name: 'anker' } }] },
    { text: 'Anker is well.' },
  ])
  overlord = await startOverlord({
    env: { WORLD: 'demo', MODEL_DRIVER: 'openai', MODEL_URL: model.url, MODEL_KEY: 'test', MODEL_NAME: 'stub-1' },
  })
  plugin = await overlord.plugin()
  plugin.send({ type: 'telemetry', character_name: 'Anker', ew: 33.6, ns: 38.1, kills: 5 })
  plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: -10.4, ns: -20.3, kills: 1 })
  await until('both characters', async () => {
    const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
    return data.characters.totalCount === 2
  })
  browser = await openBrowser()
  ;({ page, watch } = await openPage(browser, overlord.url))
  await page.setViewportSize({ width: 1600, height: 900 })
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
  await page.goto(overlord.url)
  await row().waitFor()
})
afterAll(async () => {
  await browser?.close()
  await plugin?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
  await model?.[Symbol.asyncDispose]()
})

describe('a call about a character', () => {
  it('takes the map to the character, where it glows for a moment, and marks it', async () => {
    const before = await camera()
    expect(await glowing()).toBeLessThan(50)
    await page.keyboard.press('a')
    await chat().getByRole('textbox', { name: 'Question' }).fill(question)
    await chat().getByRole('textbox', { name: 'Question' }).press('Enter')
    await until('a glow', async () => (await glowing()) > 500)
    await answer().getByText('Anker is well.').waitFor()
    await until('the map at Anker', async () => (await camera()).startsWith('33.60,38.10,'))
    expect(before).not.toContain('33.60')
    expect(await row().getAttribute('aria-selected')).toBe('true')
    await until('no glow', async () => (await glowing()) < 50)
  })

  it('is shown as a step from its card, and as the card from its step', async () => {
    // By keyboard: the windows cover parts of each other.
    await card().press('Enter')
    await answer().getByRole('button', { name: 'Show in Mind’s Eye' }).press('Enter')
    await until('the step is open', () => step().evaluate((element) => (element as unknown as { open: boolean }).open))
    expect(await step().innerText()).toContain('"name": "anker"')
    await until('it has the keyboard', () => step().evaluate((element) => element.matches(':focus-within')))

    await chat().getByRole('button', { name: 'New chat', exact: true }).press('Enter')
    await chat().getByText('Ask about the guild as it is now.').waitFor()
    await step().getByRole('button', { name: 'Show in the chat' }).press('Enter')
    await until('the card is open', async () => (await card().getAttribute('aria-expanded')) === 'true')
    await until('it has the keyboard', () => card().evaluate((element) => element.matches(':focus')))
  })

  it('has the same ids in the chat and in the trace', async () => {
    const { data } = await overlord.graph<{
      traceSessions: { nodes: { key: string; assistantSessionId: string; steps: { nodes: { callId: string }[] } }[] }
      assistantSessions: { nodes: { id: string; turns: { nodes: { id: string; events: Event[] }[] } }[] }
    }>(`{
      traceSessions(player: "admin") { nodes { key assistantSessionId steps { nodes { kind callId } } } }
      assistantSessions { nodes { id turns { nodes { id events { kind payload } } } } } }`)
    type Event = { kind: string; payload: { id: string } }
    const [trace] = data.traceSessions.nodes
    const asked = data.assistantSessions.nodes.find(({ id }) => id === trace!.assistantSessionId)!
    const [turn] = asked.turns.nodes
    expect(trace!.key).toBe(turn!.id)
    const call = turn!.events.find(({ kind }) => kind === 'TOOL_CALL')!
    expect(trace!.steps.nodes.map(({ callId }) => callId)).toContain(call.payload.id)
    expect(watch).toEqual({ strangers: [], complaints: [] })
  })
})
