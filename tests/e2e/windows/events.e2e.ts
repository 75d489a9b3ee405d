import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard

const telemetry = (character_name: string) => ({ type: 'telemetry', character_name, ew: 1, ns: 2 })
const rare = (character_name: string, name: string) => ({ type: 'rare', character_name, name, ew: 10.5, ns: 20.5 })

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    for (const name of ['Larsson', 'Torva']) plugin.send(telemetry(name))
    plugin.send(rare('Larsson', 'Pearl of Blood Drinking'))
    await until('the first event', async () => {
      const { data } = await overlord.graph<{ guildEvents: { nodes: { kind: string }[] } }>(
        '{ guildEvents { nodes { kind } } }',
      )
      return data.guildEvents.nodes.some(({ kind }) => kind === 'RARE')
    })
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

const log = () => dashboard.dialog('Event Log')
const more = () => dashboard.page.getByRole('button', { name: /^More windows/ })
const text = async () => (await log().getByRole('log').innerText()).replace(/\s+/g, ' ')

describe('the Event Log', () => {
  it('counts in the bar what came since the viewer left, and nothing on the first visit', async () => {
    // The first visit begins once the page knows the newest event: what comes before that is read.
    const visit = () => dashboard.page.evaluate(() => localStorage.getItem('overlord.events.read'))
    await until('the first visit', async () => (await visit())?.includes('id'))
    expect(await more().getAttribute('aria-label')).toBe('More windows')
    dashboard.plugin.send(rare('Torva', 'Lich Orb'))
    await until(
      'the count',
      async () => (await more().getAttribute('aria-label')) === 'More windows, 1 new events',
      15_000,
    )
  })

  it('shows what happened, newest first, with a divider where the viewer left', async () => {
    await dashboard.openFromMenu('Event Log')
    await log().getByText('1 since you were away').waitFor()
    // The list shows its rows once it has measured them.
    const rows = /Torva found Lich Orb .* 1 since you were away .*Larsson found Pearl of Blood Drinking/
    await until('the rows around the divider', async () => rows.test(await text()))
    await until('nothing unread', async () => (await more().getAttribute('aria-label')) === 'More windows', 15_000)
  })

  it('adds each event as it happens, above the divider', async () => {
    dashboard.plugin.send(rare('Larsson', 'Infinite Leather'))
    await log().getByText('found Infinite Leather').waitFor()
    expect(await text()).toMatch(/Infinite Leather .*Lich Orb .*2 since you were away/)
  })

  it('filters by kind and by character', async () => {
    await log().getByLabel('Character', { exact: true }).selectOption('Torva')
    await until('one character', async () => !(await text()).includes('Larsson'))
    await log().getByLabel('Kind', { exact: true }).selectOption('Levels')
    await log().getByText('No event fits these filters.').waitFor()
    await log().getByLabel('Character', { exact: true }).selectOption('')
    await log().getByLabel('Kind', { exact: true }).selectOption('All events')
    await log().getByText('began to play').first().waitFor()
  })

  it('goes to the character when its name is pressed', async () => {
    await log().getByLabel('Kind', { exact: true }).selectOption('Arrived')
    await log().getByRole('button', { name: 'Show Torva on the map' }).first().click()
    await dashboard.dialog('Torva').waitFor()
  })

  it('passes axe, and logged no error', async () => {
    expect(await dashboard.axe(log())).toEqual([])
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
