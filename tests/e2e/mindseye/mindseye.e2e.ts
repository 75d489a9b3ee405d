// Traces and a world as their users meet them: posted to a real process, read by the graph, and seen in a browser.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const STEPS = `subscription ($afterId: ID) { traceSteps(afterId: $afterId) {
  changeId kind step tool input result outcome lookedAt { x z radius }
  session { key player mode stepCount totalSteps endedAt } } }`

interface Step {
  changeId: string
  kind: string
  step: number
  tool: string | null
  input: Record<string, unknown> | null
  result: Record<string, unknown> | null
  outcome: string
  lookedAt: object | null
  session: { key: string; player: string; mode: string; stepCount: number; endedAt: string | null }
}

let overlord: TestOverlord
let secret: string
let browser: Browser
let page: Page
let watch: Watch

const makeToken = async (name: string, scopes: string) =>
  (
    await overlord.graph<{ createToken: { secret: string } }>(
      `mutation { createToken(input: { name: "${name}", scopes: [${scopes}] }) { secret } }`,
    )
  ).data.createToken.secret
const post = (body: unknown, token: string | null = secret) =>
  fetch(`${overlord.url}/trace`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

beforeAll(async () => {
  if (!existsSync(path.join(ROOT, 'dist', 'web', 'index.html')))
    throw new Error('The dashboard is not built: node scripts/build-missing.js')
  overlord = await startOverlord({ env: { WORLD: 'demo' } })
  secret = await makeToken('gateway', 'TRACE')
  browser = await openBrowser()
  ;({ page, watch } = await openPage(browser, overlord.url))
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
})
afterAll(async () => {
  await browser?.close()
  await overlord?.[Symbol.asyncDispose]()
})

describe('POST /trace', () => {
  it('is followed by a subscription, with what may be shown of the fields as they were posted', async () => {
    const steps = overlord.feed<Step>(STEPS, 'traceSteps', { afterId: '0' })
    const base = { session_id: 'abc', player: 'slingshooter08', mode: 'god' }
    expect((await post({ ...base, total_steps: 2 })).status).toBe(202)
    const input = { center: { x: 3, y: 64, z: -5 }, radius: 7, password: 'hidden' }
    await post({ ...base, tool: 'world.scan_area', input, result: { blocks: { stone: 4 }, note: 'private' }, step: 1 })
    const found = await steps.find(({ kind, session }) => session.key === 'abc' && kind === 'CALL')
    expect(found).toMatchObject({
      step: 1,
      tool: 'world.scan_area',
      input: { center: { x: 3, y: 64, z: -5 }, radius: 7, password: '[redacted]' },
      result: { blocks: { stone: 4 }, note: '[redacted]' },
      outcome: 'OK',
      lookedAt: { x: 3, z: -5, radius: 7 },
      session: { player: 'slingshooter08', mode: 'god', stepCount: 1, totalSteps: 2, endedAt: null },
    })
    await post({ ...base, event: 'session_end', response: 'done' })
    const end = await steps.find(({ kind, session }) => session.key === 'abc' && kind === 'SESSION_ENDED')
    expect(end.session.endedAt).not.toBeNull()

    const later = overlord.feed<Step>(STEPS, 'traceSteps', { afterId: found.changeId })
    const next = await later.find(({ session }) => session.key === 'abc')
    expect(next.changeId).toBe(end.changeId) // resumed after the call, nothing twice
  })

  it('needs a token with the scope TRACE, which opens nothing else', async () => {
    expect((await post({ session_id: 'x' }, null)).status).toBe(401)
    expect((await post({ session_id: 'x' }, 'ovl_svc_wrong')).status).toBe(401)
    expect((await post({ session_id: 'x' }, overlord.token)).status).toBe(403)
    const { status } = await overlord.graph(
      '{ me { name } }',
      {},
      { headers: { authorization: `Bearer ${secret}` }, mayFail: true },
    )
    expect(status).toBe(401)
  })

  it('refuses bad input with its reason, and goes on', async () => {
    const refused = async (body: unknown) => {
      const answer = await post(body)
      return `${answer.status} ${((await answer.json()) as { error?: { message: string } }).error?.message ?? ''}`
    }
    expect(await refused('{')).toContain('400 The body must be JSON.')
    expect(await refused({ tool: 'x' })).toMatch(/^400 `session_id`/)
    expect(await refused({ session_id: 'x', tool: 'x', step: -1 })).toMatch(/^400 `step`/)
    expect(await refused({ session_id: 'x', event: 'other' })).toMatch(/^400 `event`/)
    expect(await refused({ session_id: 'x', tool: 'x', input: 'y'.repeat(300_000) })).toMatch(/^413/)
    expect((await post({ session_id: 'x\u0000', tool: 'a\u0000b', input: { type: '\ud800' } })).status).toBe(202)
  })
})

describe('the world', () => {
  it('comes whole first, then in changes that each follow the one before', async () => {
    type View = { seq: number; base: number | null; runs: number[]; palette: string[]; entities: { kind: string }[] }
    const views = overlord.feed<View>(
      'subscription { worldChanged(world: "demo") { seq base runs palette entities { kind } } }',
      'worldChanged',
    )
    const whole = await views.find(({ base }) => base === null)
    const columns = whole.runs.reduce((sum, length, at) => (at % 5 === 2 ? sum + length : sum), 0)
    expect(columns).toBe(33 * 33)
    expect(whole.entities.some(({ kind }) => kind === 'BOT')).toBe(true)
    const first = await views.find(({ base }) => base !== null)
    const second = await views.find(({ base }) => base === first.seq)
    expect([first.base, second.seq]).toEqual([first.seq - 1, first.seq + 1])
  })
})

describe('the page /eye', () => {
  it('draws the world and shows a posted step as it comes', async () => {
    await page.goto(`${overlord.url}/eye`)
    const map = page.getByRole('img', { name: /The world from above/ })
    await map.waitFor()
    await page.getByRole('region', { name: 'Trace' }).getByRole('log').waitFor()
    await post({ session_id: 'seen', player: 'SwiftWolf', mode: 'sudo', tool: 'rcon.exec', input: { command: 'list' } })
    await post({ session_id: 'seen', player: 'SwiftWolf', tool: 'world.block_at', ok: false, error: 'no such block' })
    const session = page.getByRole('article', { name: 'Session of SwiftWolf' }).filter({ hasText: 'rcon.exec' })
    await session.getByText('world.block_at').waitFor()
    await session.getByText('failed').waitFor()
    expect(await session.innerText()).toContain('[redacted]')
    await until('something drawn', () =>
      map.evaluate((canvas) => {
        const { width, height } = canvas as unknown as { width: number; height: number }
        const ink = (canvas as unknown as { getContext(kind: '2d'): unknown }).getContext('2d') as {
          getImageData(x: number, y: number, w: number, h: number): { data: ArrayLike<number> }
        }
        const { data } = ink.getImageData(0, 0, width, height)
        const colors = new Set<number>()
        for (let at = 0; at < data.length; at += 400)
          colors.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!)
        return colors.size > 20
      }),
    )
    expect(watch).toEqual({ strangers: [], complaints: [] })
  })

  it('shows calls below the call that made them, which fold, and what cannot be seen of a text', async () => {
    const base = { session_id: 'tree', player: 'Nested', mode: 'god', total_steps: 3 }
    await post({ ...base, tool: 'agent.inner\u202e', call_id: 'b', parent_id: 'a', step: 2 })
    await post({ ...base, tool: 'agent.outer', call_id: 'a', step: 1 })
    const session = page.getByRole('article', { name: 'Session of Nested' })
    const outer = session.getByRole('listitem').filter({ hasText: 'agent.outer' })
    const inner = outer.getByRole('listitem').filter({ hasText: 'agent.inner\\u{202e}' })
    await inner.waitFor()
    expect(await inner.textContent()).toMatch(/Step 2\/ of 3/)
    await session.getByRole('button', { name: '1 call below agent.outer' }).press('Enter')
    await inner.waitFor({ state: 'detached' })
  })

  it('keeps calls readable that are far below one another', async () => {
    const base = { session_id: 'deep', player: 'Deep', mode: 'god' }
    for (let nth = 0; nth < 30; nth++)
      await post({ ...base, tool: `level.n${nth}`, call_id: `c${nth}`, parent_id: nth ? `c${nth - 1}` : null })
    const session = page.getByRole('article', { name: 'Session of Deep' })
    const deepest = session.getByText('level.n29', { exact: true })
    await deepest.scrollIntoViewIfNeeded()
    // Nothing of its name is cut off.
    const [needed, own] = await deepest.evaluate((element) => {
      const { scrollWidth, clientWidth } = element as unknown as { scrollWidth: number; clientWidth: number }
      return [scrollWidth, clientWidth]
    })
    expect(own).toBeGreaterThan(0)
    expect(needed).toBeLessThanOrEqual(own!)
  })

  it('shows the call of an own question to the assistant, which nobody else sees', async () => {
    const other = await aPerson(overlord, 'somebody else')
    const created = 'mutation { createAssistantSession { session { id } } }'
    const { data } = await overlord.graph<{ createAssistantSession: { session: { id: string } } }>(created)
    const input = { sessionId: data.createAssistantSession.session.id, message: 'who is online' }
    await overlord.graph('mutation ($input: AskInput!) { ask(input: $input) { turn { id } } }', { input })
    const session = page.getByRole('article', { name: 'Session of admin' })
    await session.getByText('get_live_players').waitFor()
    const seen = async (graph: typeof overlord.graph) =>
      (
        await graph<{ traceSessions: { nodes: { reporter: string; player: string }[] } }>(
          '{ traceSessions { nodes { reporter player } } }',
        )
      ).data.traceSessions.nodes
    expect(await seen(overlord.graph)).toContainEqual({ reporter: 'Assistant', player: 'admin' })
    const { data: others } = await other.graph<{ traceSessions: { nodes: { reporter: string }[] } }>(
      '{ traceSessions { nodes { reporter } } }',
    )
    expect(others.traceSessions.nodes.filter(({ reporter }) => reporter === 'Assistant')).toEqual([])
    await other[Symbol.asyncDispose]()
  })
})
