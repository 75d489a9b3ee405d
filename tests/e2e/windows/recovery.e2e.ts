import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

const WHO = 'Larsson'
const about = (type: string, more: object) => ({ type, character_name: WHO, ...more })
const place = (ew: number, ns: number) => ({ ew, ns, z: 0 })
const monsters = (kills: number) => ({
  'Drudge Slinker': { kill_count: kills, damage_given: 10 * kills, damage_received: 5, offense: {}, defense: {} },
})
const object = (name: string) => ({ id: -2147000001, name, object_class: 'Monster', ...place(1.02, 2.02) })

/** A window that is open, what its character reports, and what it then shows: another thing for each number. */
interface Shown {
  /** As the address names it. */
  window: string
  title: string
  send(plugin: TestPlugin, n: number): void
  shows(window: Locator, n: number): Locator
}
const WINDOWS: readonly Shown[] = [
  {
    window: 'roster',
    title: 'Characters',
    send: (plugin, n) => plugin.send({ ...about('telemetry', place(1, 2)), character_name: `Torva the ${n}th` }),
    shows: (window, n) => window.getByText(`Torva the ${n}th`),
  },
  {
    window: 'fleet',
    title: 'Player Dashboard',
    send: (plugin, n) => plugin.send(about('telemetry', { ...place(1, 2), kills: 700 + n })),
    shows: (window, n) => window.getByText(`${700 + n}`, { exact: true }),
  },
  {
    window: 'chat',
    title: 'Chat',
    send: (plugin, n) => plugin.send(about('chat', { text: `[Trade] Smith says, "offer ${n}"` })),
    shows: (window, n) => window.getByText(`offer ${n}`),
  },
  {
    window: 'events',
    title: 'Event Log',
    send: (plugin, n) => plugin.send(about('rare', { name: `Pearl of ${n} Tests`, ...place(1, 2) })),
    shows: (window, n) => window.getByText(`found Pearl of ${n} Tests`),
  },
  {
    window: 'rares',
    title: 'Rares',
    send: () => undefined, // the event's
    shows: (window, n) => window.getByText(`Pearl of ${n} Tests`),
  },
  {
    window: 'quests',
    title: 'Quest Status',
    send: (plugin, n) => plugin.send(about('quest', { quest_name: `Quest ${n}`, countdown: 'READY' })),
    shows: (window, n) => window.getByText(`Quest ${n}`),
  },
  {
    window: 'sharing',
    title: 'Vital Sharing',
    send: (plugin, n) => plugin.send(about('share_vital_update', { current_health: 100 + n, max_health: 400 })),
    shows: (window, n) => window.getByText(`${100 + n} / 400`),
  },
  {
    window: `combat:${WHO}`,
    title: `Combat: ${WHO}`,
    send(plugin, n) {
      const session = { total_damage_given: 10, total_damage_received: 5, total_kills: n, monsters: monsters(n) }
      plugin.send(about('combat_stats', { session_id: 'a login', session }))
    },
    shows: (window, n) => window.getByText(`${n}`, { exact: true }).first(),
  },
  {
    window: `radar:${WHO}`,
    title: `Radar: ${WHO}`,
    send: (plugin, n) =>
      plugin.send(
        about('nearby_objects', {
          landblock: '0x7F7F0001',
          ...place(1, 2),
          heading: 90,
          objects: [object(`Drudge ${n}`)],
        }),
      ),
    shows: (window, n) => window.getByText(`Drudge ${n}`),
  },
  {
    window: `inventory:${WHO}`,
    title: `Inventory: ${WHO}`,
    send: (plugin, n) =>
      plugin.send(about('full_inventory', { items: [{ Id: -5, ObjectClass: 7, Name: `Gem ${n}` }] })),
    shows: (window, n) =>
      window
        .getByRole('img', { name: `Gem ${n}` })
        .or(window.getByText(`Gem ${n}`))
        .first(),
  },
  {
    window: `character:${WHO}`,
    title: WHO,
    send: (plugin, n) => plugin.send(about('telemetry', { ...place(1, 2), kills: 700 + n })),
    shows: (window, n) => window.getByText(`${700 + n}`, { exact: true }),
  },
]

let dashboard: Dashboard
beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'register', player_name: WHO })
    plugin.send(about('telemetry', place(1, 2)))
    await until('the character', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
      return data.characters.totalCount === 1
    })
  })
  await dashboard.page.goto('about:blank')
  await dashboard.page.goto(`${dashboard.overlord.url}/#w=${WINDOWS.map(({ window }) => window).join(',')}`)
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

/** Reports again until each window shows it: what is only for who listens is lost before. */
async function each(plugin: TestPlugin, n: number): Promise<void> {
  const isShown = new Set<string>()
  let sentMs = 0
  await until(
    'each window to show it',
    async () => {
      const missing = WINDOWS.filter(({ window }) => !isShown.has(window))
      if (Date.now() - sentMs > 2_000) {
        for (const { send } of missing) send(plugin, n)
        sentMs = Date.now()
      }
      for (const { window, title, shows } of missing)
        if (await shows(dashboard.dialog(title), n).first().isVisible()) isShown.add(window)
      if (isShown.size === WINDOWS.length) return true
      const lacking = WINDOWS.filter(({ window }) => !isShown.has(window))
      const texts = await Promise.all(lacking.map(({ title }) => dashboard.dialog(title).allInnerTexts()))
      throw new Error(`Without it: ${lacking.map(({ title }, n) => `${title}: ${texts[n]}`).join('; ')}`)
    },
    25_000,
  )
}

describe('every window about what plugins report', () => {
  it('shows it', async () => {
    await each(dashboard.plugin, 41)
  })

  it('shows what comes after the gateway was killed, without being opened again', async () => {
    const { overlord, page } = dashboard
    await page.evaluate(() => ((globalThis as { isSame?: boolean }).isSame = true))
    await overlord.kill9()
    await page
      .getByText(/Reconnecting|Connection lost|Offline|No connection/i)
      .first()
      .waitFor()
    await overlord.restart()
    await using plugin = await overlord.plugin()
    plugin.send({ type: 'register', player_name: WHO })
    await each(plugin, 52)
    expect(await page.evaluate(() => (globalThis as { isSame?: boolean }).isSame)).toBe(true)
  })
})
