import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

const CHARACTERS = 500
const PLUGINS = 5
const MAX_MESSAGES_PER_SECOND = 20
const MEASURED_MS = 4_000

let dashboard: Dashboard
const plugins: TestPlugin[] = []
/** When each event came over the page's socket. */
const eventsAt: number[] = []
/** Ids of the streams that the page follows now. */
const followed = new Set<string>()

/** The next few characters of the guild move and are hurt: in turn, so that each does so about every two seconds. */
let next = 0
function moveSome(count: number) {
  for (let i = 0; i < count; i++, next++) {
    const who = next % CHARACTERS
    const character_name = `Walker ${who}`
    const plugin = plugins[who % PLUGINS]!
    plugin.send({ type: 'telemetry', character_name, ew: 10 + next / 10_000, ns: 10 + who / 100 })
    const vitals = { health_percentage: 50 + (next % 50), stamina_percentage: 90, mana_percentage: 90, vitae: 0 }
    plugin.send({ type: 'vitals', character_name, ...vitals })
  }
}
const turn = (state: DocumentVisibilityState) =>
  dashboard.page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
const known = async () => {
  const { data } = await dashboard.overlord.graph<{ characters: { totalCount: number } }>(
    '{ characters { totalCount } }',
  )
  return data.characters.totalCount
}

beforeAll(async () => {
  dashboard = await openDashboard(async (_, plugin) => {
    plugin.send({ type: 'telemetry', character_name: 'Walker 0', ew: 10, ns: 10 })
  })
  for (let i = 0; i < PLUGINS; i++) plugins.push(await dashboard.overlord.plugin())
  await until('everybody', async () => {
    moveSome(25)
    return (await known()) === CHARACTERS
  })
  dashboard.page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if ((JSON.parse(String(payload)) as { type: string }).type === 'next') eventsAt.push(Date.now())
    })
    socket.on('framesent', ({ payload }) => {
      const { type, id } = JSON.parse(String(payload)) as { type: string; id?: string }
      if (type === 'subscribe') followed.add(id!)
      if (type === 'complete') followed.delete(id!)
    })
  })
  await dashboard.page.reload()
  await dashboard.page.getByRole('listbox', { name: 'Characters' }).waitFor()
}, 120_000)
afterAll(async () => {
  for (const plugin of plugins) await plugin[Symbol.asyncDispose]()
  await dashboard?.[Symbol.asyncDispose]()
})

describe('the page', () => {
  it('receives at most 20 messages a second of 500 characters who move and are hurt', async () => {
    await until('the streams', () => eventsAt.length >= 2)
    const since = Date.now()
    await until('some seconds of movement', () => {
      moveSome(8)
      return Date.now() - since > MEASURED_MS
    })
    const seconds = (Date.now() - since) / 1000
    const events = eventsAt.filter((at) => at >= since).length
    expect(events).toBeGreaterThan(seconds)
    expect(events).toBeLessThanOrEqual(MAX_MESSAGES_PER_SECOND * seconds)
  })

  it('follows nothing while it is hidden, and shows what it missed when it is back', async () => {
    await turn('hidden')
    await until('no stream', () => followed.size === 0)
    plugins[0]!.send({ type: 'telemetry', character_name: 'Latecomer', ew: 20, ns: 20 })
    await until('the newcomer', async () => (await known()) === CHARACTERS + 1)
    expect(followed.size).toBe(0)
    await turn('visible')
    await until('the streams', () => followed.size > 2)
    await dashboard.page.getByLabel(/^Find a character/).fill('Latecomer')
    await dashboard.page.getByRole('option', { name: /Latecomer/ }).waitFor()
  })

  it('logged no error', () => expect(dashboard.watch).toEqual({ strangers: [], complaints: [] }))
})
