import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const CREATE = `mutation ($input: CreateViewLinkInput!) {
  createViewLink(input: $input) { secret viewLink { id } }
}`
const VIEW = { ew: 10, ns: 10, across: 40, layers: ['names'] }
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()

let dashboard: Dashboard
let browser: Browser
let visitor: { page: Page; watch: Watch }
let link = ''

interface Created {
  createViewLink: { secret: string; viewLink: { id: string } } | null
}
const made = async (view: object, ms = 60_000) => {
  const input = { name: 'a test', expiresAt: inMs(ms), view: { ...VIEW, ...view } }
  const { data } = await dashboard.overlord.graph<Created>(CREATE, { input })
  return data.createViewLink!
}
/** A page of somebody without an account. */
async function open(secret: string): Promise<{ page: Page; watch: Watch }> {
  const opened = await openPage(browser, dashboard.overlord.url)
  await opened.page.goto(`${dashboard.overlord.url}/shared#${secret}`)
  return opened
}
/** What the map says of the dot that the keyboard selects. */
async function spoken(page: Page): Promise<string> {
  const map = page.locator('[role=application]')
  await map.focus()
  await page.keyboard.press('PageDown')
  return (await page.locator('#map-keys + [role=status]').textContent()) ?? ''
}
/** The beginning of a stream over HTTP. */
async function firstEvent(query: string, headers: Record<string, string>): Promise<string> {
  const { body } = await fetch(`${dashboard.overlord.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  })
  let text = ''
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk)
    if (text.includes('data:')) break
  }
  return text
}
const move = (name: string, ew: number, ns = 10) =>
  dashboard.plugin.send({ type: 'telemetry', character_name: name, ew, ns })

async function isKnown(overlord: TestOverlord, count: number): Promise<boolean> {
  const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
  return data.characters.totalCount === count
}

beforeAll(async () => {
  dashboard = await openDashboard(
    async (overlord, plugin) => {
      plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 10, ns: 10 })
      plugin.send({ type: 'telemetry', character_name: 'Aby', ew: 12, ns: 10 })
      await until('both', () => isKnown(overlord, 2))
    },
    { SHARE_LINKS: 'on' },
  )
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await dashboard?.[Symbol.asyncDispose]()
})

describe('a link to a shared view', () => {
  it('[SHR1] is made in the menu of the viewer, is shown once, and opens without an account', async () => {
    const { page } = dashboard
    await page.evaluate(() => (location.hash = '#c=10.00,10.00,20.00&l=names,grid'))
    await until('the address', async () => (await page.evaluate(() => location.hash)).includes('l=names,grid'))
    await page.getByRole('button', { name: /^Menu of/ }).click()
    await page.getByRole('menuitem', { name: 'Share this view' }).click()
    const dialog = page.getByRole('dialog', { name: 'Share this view' })
    await dialog.getByRole('button', { name: 'Make a link' }).click()
    link = await dialog.getByLabel(/^The link/).inputValue()
    expect(link).toMatch(/^http:\/\/localhost:\d+\/shared#ovl_view_[\w-]{32}$/)
    expect(await dashboard.axe(dialog)).toEqual([])
    await dialog.getByText('not used yet').waitFor()
    visitor = await open(link.split('#')[1]!)
    await visitor.page.getByRole('heading', { name: /^Shared view, read only, ends in/ }).waitFor()
    await until('the characters', async () => /2 characters/.test((await visitor.page.textContent('header')) ?? ''))
  })

  it('[SHR2] shows characters as they move, and nothing axe complains of', async () => {
    const { page } = visitor
    expect(await spoken(page)).toMatch(/^Aby, idle, 10\.0N 12\.0E|^Aby, idle, .*12\.0E/)
    move('Aby', 13)
    await until('the step', async () => {
      await page.keyboard.press('PageUp')
      return /Aby.*13\.0E/.test(await spoken(page)) || /Aby.*13\.0E/.test(await spoken(page))
    })
    await page.evaluate(readFileSync(path.join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8'))
    const faults = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }
      return (await axe.run()).violations.map(({ id }) => id)
    })
    expect(faults).toEqual([])
  })

  it('[SHR3] opens nothing else, by any door', async () => {
    const { overlord } = dashboard
    const secret = link.split('#')[1]!
    const headers = { authorization: `Bearer ${secret}` }
    const documents = Object.values(
      JSON.parse(readFileSync(path.join(ROOT, 'gateway/generated/documents.json'), 'utf8')) as Record<string, string>,
    )
    const ours = (name: string) =>
      documents.find((text) => new RegExp(`(query|mutation|subscription) ${name}\\b`).test(text))!
    for (const [query, variables] of [
      ['{ characters { nodes { name } } }', {}],
      ['{ sharedView { endsAt } }', {}], // documents of its own are refused as well
      ['{ __schema { types { name } } }', {}],
      [ours('MapCharacters'), {}],
      [ours('MapPresence'), {}],
      [ours('ShellViewer'), {}],
      [ours('ShareLinks'), { everybody: false }],
    ] as const) {
      const { errors } = await overlord.graph(query, variables, { headers, mayFail: true })
      expect(errors?.[0]?.extensions?.code, query).toBe('FORBIDDEN')
    }
    for (const [name, wanted] of [
      ['SharedMoves', 'Larsson'],
      ['MapTelemetry', 'FORBIDDEN'],
    ] as const)
      expect(await firstEvent(ours(name), headers), name).toContain(wanted)
    for (const door of ['/api/live', '/session', '/mcp', '/metrics', '/icons/06001036.png', '/openapi.json'])
      expect((await fetch(overlord.url + door, { headers })).status, door).toBeGreaterThanOrEqual(400)
    for (const door of ['/ws/live', '/ws/position', '/eye/ws', '/sessions/x/ws']) {
      const socket = new WebSocket(overlord.url.replace('http', 'ws') + door, { headers })
      const end = await new Promise<string>((resolve) => {
        socket.on('unexpected-response', (_, { statusCode }) => resolve(`refused ${statusCode}`))
        socket.on('close', (code) => resolve(`closed ${code}`))
        socket.on('error', () => undefined)
        socket.on('message', (text) => resolve(`answered ${String(text)}`))
      })
      socket.terminate()
      expect(end, door).not.toMatch(/^answered/)
    }
  })

  it('[SHR4] shows only what its filters find where the view hides the others', async () => {
    const { secret } = await made({ hidesOthers: true, filters: [{ colour: 'RED', where: { names: ['Larsson'] } }] })
    const { page } = await open(secret)
    await until('one', async () => /1 character$/.test(((await page.textContent('header')) ?? '').trim()))
    move('Aby', 14)
    move('Larsson', 11)
    await until('the step', async () => /^Larsson.*11\.0E/.test(await spoken(page)))
    await page.context().close()
  })

  it('[SHR5] shows the characters as they were at its moment', async () => {
    const { secret } = await made({ moment: new Date().toISOString() })
    const before = await spoken(visitor.page)
    move('Aby', 40)
    const { page } = await open(secret)
    await page.getByText(/^As it was on/).waitFor()
    await until('the characters', async () => /2 characters/.test((await page.textContent('header')) ?? ''))
    expect([before, await spoken(page)].join()).not.toContain('40.0E')
    await page.context().close()
  })

  it('[SHR6] ends its page within seconds when it is revoked, and says so', async () => {
    const dialog = dashboard.page.getByRole('dialog', { name: 'Share this view' })
    await dialog.getByRole('button', { name: /^End Map at/ }).click()
    const since = Date.now()
    await visitor.page.getByRole('heading', { name: 'This link has ended' }).waitFor()
    expect(Date.now() - since).toBeLessThan(2_000)
    await visitor.page.getByText('Ask who sent it for a new one.').waitFor()
    await visitor.page.reload()
    await visitor.page.getByRole('heading', { name: 'This link has ended' }).waitFor()
    const { data } = await dashboard.overlord.graph<{ audit: { nodes: { action: string; subject: string }[] } }>(
      '{ audit(first: 20) { nodes { action subject } } }',
    )
    const kept = data.audit.nodes.map(({ action }) => action)
    expect(kept).toEqual(expect.arrayContaining(['createViewLink', 'revokeViewLink']))
  })

  it('[SHR7] ends its page when its time is over', async () => {
    const { secret } = await made({}, 6_000)
    const { page } = await open(secret)
    await page.getByRole('heading', { name: /^Shared view, read only/ }).waitFor()
    await page.getByRole('heading', { name: 'This link has ended' }).waitFor({ timeout: 10_000 })
    await page.context().close()
  })

  it('[SHR8] is slowed for an address that tries many', async () => {
    const ask = async () => {
      const headers = { authorization: `Bearer ovl_view_${'x'.repeat(32)}` }
      const { errors } = await dashboard.overlord.graph('{ me { name } }', {}, { headers, mayFail: true })
      return errors?.[0]?.extensions?.code
    }
    expect(await ask()).toBe('LINK_ENDED')
    await until('the limit', async () => (await ask()) === 'TOO_MANY_TRIES')
  })

  it('logged no error in the dashboard', () => expect(dashboard.watch).toEqual({ strangers: [], complaints: [] }))
})

describe('without the setting', () => {
  it('[SHR9] links are neither offered nor made, and a link is unknown', async () => {
    await using off = await openDashboard(async (overlord, plugin) => {
      plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 10, ns: 10 })
      await until('Larsson', () => isKnown(overlord, 1))
    })
    const { overlord, page } = off
    const input = { name: 'x', expiresAt: inMs(60_000), view: VIEW }
    const { errors } = await overlord.graph(CREATE, { input }, { mayFail: true })
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'FORBIDDEN', hint: expect.stringContaining('SHARE_LINKS') },
    })
    const headers = { authorization: `Bearer ovl_view_${'x'.repeat(32)}` }
    const unknown = await overlord.graph('{ me { name } }', {}, { headers, mayFail: true })
    expect(unknown.errors?.[0]?.extensions?.code).toBe('LINK_ENDED')
    await page.getByRole('button', { name: /^Menu of/ }).click()
    await page.getByRole('menuitem', { name: 'Query the graph' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Share this view' }).count()).toBe(0)
  })
})
