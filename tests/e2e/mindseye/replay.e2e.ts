// A session shown again, exported, and the three looks of the page.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'

const execute = promisify(execFile)
let overlord: TestOverlord
let secret: string
let browser: Browser
let page: Page
let watch: Watch

const post = (body: object) =>
  fetch(`${overlord.url}/trace`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ session_id: 'replayed', player: 'Marigold', mode: 'god', ...body }),
  })
const session = () => page.getByRole('article', { name: 'Session of Marigold' }).filter({ hasText: 'first.tool' })

beforeAll(async () => {
  overlord = await startOverlord({ env: { WORLD: 'demo' } })
  const made = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "gateway", scopes: [TRACE] }) { secret } }',
  )
  secret = made.data.createToken.secret
  browser = await openBrowser()
  ;({ page, watch } = await openPage(browser, overlord.url))
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
  await page.goto(`${overlord.url}/eye`)
  await page.getByRole('img', { name: /The world from above/ }).waitFor()
  await post({ tool: 'first.tool', input: { center: { x: 0, z: 0 }, radius: 5 }, input_tokens: 120, output_tokens: 30 })
  await post({ tool: 'second.tool', input: { target: 'Marigold' }, ok: false, error: 'nothing there' })
  await post({ tool: 'second.tool', input: { target: 'Marigold' } })
  await post({ event: 'session_end' })
})
afterAll(async () => {
  await browser?.close()
  await overlord?.[Symbol.asyncDispose]()
})

describe('a session in the trace', () => {
  it('says what it looked at, what it cost, what failed and what was asked again', async () => {
    await session().getByText('repeated 2×').waitFor()
    const text = await session().innerText()
    expect(text).toContain('150 tokens')
    expect(text).toContain('1 failure')
    expect(text).toContain('0, 0 ±5')
    expect(text).toContain('Marigold')
  })

  it('is shown again moment by moment, with the world as it was, and ends with a return to what is live', async () => {
    await until('a frame', async () => {
      const { data } = await overlord.graph<{ traceSessions: { nodes: { frames: { totalCount: number } }[] } }>(
        '{ traceSessions(player: "Marigold", first: 5) { nodes { frames { totalCount } } } }',
      )
      return data.traceSessions.nodes.some(({ frames }) => frames.totalCount > 0)
    })
    await session().getByRole('button', { name: 'Replay' }).click()
    const moment = page.getByRole('slider', { name: 'Moment of the replay' })
    await moment.focus()
    await page.keyboard.press('End')
    await until('the last step', async () => /step 3, second.tool/.test((await moment.getAttribute('aria-valuetext'))!))
    await page.keyboard.press('Home')
    await until('the first', async () => /^0\.0 s/.test((await moment.getAttribute('aria-valuetext'))!))
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await until('it moved', async () => !/^0\.0 s/.test((await moment.getAttribute('aria-valuetext'))!))
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor() // it stops by itself
    const reads = (text: RegExp) =>
      until(String(text), async () => text.test((await moment.getAttribute('aria-valuetext'))!))
    await moment.focus()
    await page.keyboard.press('Home')
    await reads(/step 1, first.tool/)
    await page.keyboard.press('.')
    await reads(/step 2, second.tool/)
    await page.keyboard.press('.')
    await reads(/step 3, second.tool/)
    await page.keyboard.press(',')
    await reads(/step 2/)
    await page.keyboard.press('4')
    expect(await page.getByRole('combobox', { name: 'Speed' }).inputValue()).toBe('10')
    await page.keyboard.press('Space')
    await reads(/step 3/)
    await page.getByRole('button', { name: 'Live', exact: true }).click()
    await moment.waitFor({ state: 'detached' })
  })

  it('is exported as lines of JSON, with what each step saw; the map as a PNG', async () => {
    const lines = page.waitForEvent('download')
    await session().getByRole('button', { name: 'Export' }).click()
    const text = await readFile(await (await lines).path(), 'utf8')
    const read = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(read.map(({ type, tool }) => [type, tool ?? null])).toEqual([
      ['session', null],
      ['step', 'first.tool'],
      ['step', 'second.tool'],
      ['step', 'second.tool'],
      ['step', null],
    ])
    expect((read[1]!['frame'] as { runs: number[] }).runs.length).toBeGreaterThan(100)
    const archive = page.waitForEvent('download')
    await session().getByRole('button', { name: 'Pictures' }).click()
    const packed = await (await archive).path()
    const unpack = async (...args: string[]) => (await execute('tar', args, { encoding: 'buffer' })).stdout
    const names = (await unpack('-tf', packed)).toString().trimEnd().split('\n')
    const frames = read.flatMap(({ frame }) => (frame ? [`frames/${(frame as { id: string }).id}.png`] : []))
    expect(names).toEqual(['trace.jsonl', ...new Set(frames)])
    expect((await unpack('-xOf', packed, 'trace.jsonl')).toString()).toBe(text)
    const png = await unpack('-xOf', packed, names[1]!)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([330, 330])

    const picture = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save a picture' }).click()
    const bytes = await readFile(await (await picture).path())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  })
})

describe('a session of many calls that loops', () => {
  const CALLS = 600
  const looping = () => page.getByRole('article', { name: 'Session of Looper' })
  const rows = () => looping().locator('summary').count()

  it('is shown as it comes: the newest calls, and the others when asked for', async () => {
    const body = { session_id: 'loop', player: 'Looper', tool: 'world.look', input: { x: 2, z: 2 } }
    for (let step = 1; step <= CALLS; step += 20)
      await Promise.all(Array.from({ length: 20 }, (_, nth) => post({ ...body, step: step + nth })))
    await looping().getByText(`repeated ${CALLS}×`).last().waitFor()
    expect(await rows()).toBe(100)
    await looping().getByRole('button', { name: '500 earlier calls: show 100' }).click()
    expect(await rows()).toBe(200)
  })

  it('is whole when the page is opened later, though another session came since, and in an export', async () => {
    await post({ session_id: 'since', player: 'Since', tool: 'world.look' })
    await page.getByRole('article', { name: 'Session of Since' }).waitFor()
    await page.reload()
    await looping().getByRole('button', { name: '500 earlier calls: show 100' }).waitFor()
    await looping().getByText(`repeated ${CALLS}×`).last().waitFor()
    const lines = page.waitForEvent('download')
    await looping().getByRole('button', { name: 'Export' }).click()
    const text = await readFile(await (await lines).path(), 'utf8')
    const steps = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; step?: number })
    // In the order in which they came: those that were under way together came in any.
    const kinds = steps.map(({ type }) => type)
    expect(new Set(steps.map(({ step }) => step)).size).toBe(CALLS + 1)
    expect(kinds).toEqual(['session', ...Array<string>(CALLS).fill('step')])
  })
})

describe('the page', () => {
  it('shows the mode of the newest trace, by keyboard as by mouse, and a title of the viewer’s own', async () => {
    await post({ session_id: 'now', mode: 'sudo', tool: 'rcon.exec', input: { x: 2, z: 2, radius: 3 } })
    await page.locator('.eye-sudo').waitFor()
    await page.getByRole('button', { name: 'Look' }).press('Enter')
    await page.getByLabel('Title').fill('The Eye of the Guild')
    await page.getByLabel('Title').press('Tab')
    await page.getByRole('heading', { name: 'The Eye of the Guild' }).waitFor()
    await page.getByLabel('Colours for the colour-blind').check()
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('heading', { name: /MIND'S EYE/ }).waitFor()
  })

  it('sends the bot to a player for an operator', async () => {
    await page.getByLabel('Follow a player').selectOption('SwiftWolf')
    await until('the bot follows', async () => {
      const { data } = await overlord.graph<{ worldSnapshot: { focus: string } }>(
        '{ worldSnapshot(world: "demo") { focus } }',
      )
      return data.worldSnapshot.focus === 'SwiftWolf'
    })
    expect(watch).toEqual({ strangers: [], complaints: [] })
  })
})
