import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard

const telemetry = (character_name: string, kills: number) => ({
  type: 'telemetry',
  character_name,
  ew: 1,
  ns: 2,
  kills,
})
const share = (current_health: number) => ({
  type: 'share_vital_update',
  character_name: 'Larsson',
  current_health,
  max_health: 400,
})

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'register', player_name: 'Larsson' })
    for (const kills of [0, 30]) plugin.send(telemetry('Larsson', kills))
    for (const kills of [0, 12]) plugin.send(telemetry('Torva', kills))
    plugin.send(share(300))
    await until('peers and kills', async () => {
      const { data } = await overlord.graph<{ peers: unknown[]; leaderboard: unknown[] }>(
        '{ peers { connected } leaderboard(metric: KILLS, hours: 1) { rank } }',
      )
      return data.peers.length === 1 && data.leaderboard.length === 2
    })
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('Vital Sharing', () => {
  const sharing = () => dashboard.dialog('Vital Sharing')
  it('shows what a plugin shares, as it shares it', async () => {
    await dashboard.openFromMenu('Vital Sharing')
    await sharing().getByText('300 / 400').waitFor()
    dashboard.plugin.send(share(120))
    await sharing().getByText('120 / 400').waitFor({ timeout: 10_000 })
    expect(await dashboard.axe(sharing())).toEqual([])
  })
})

describe('Leaderboards', () => {
  const stats = () => dashboard.dialog('Leaderboards')
  it('rank characters by what they did within a time', async () => {
    await dashboard.openFromMenu('Leaderboards')
    const rows = stats().getByRole('row')
    await stats().getByRole('button', { name: 'Larsson' }).waitFor()
    expect((await rows.nth(1).innerText()).replace(/\s+/g, ' ')).toBe('1 Larsson 30')
    expect((await rows.nth(2).innerText()).replace(/\s+/g, ' ')).toBe('2 Torva 12')
    await stats().getByLabel('Rank by').selectOption('Rares')
    await stats().getByText('Nobody has any of this in this time.').waitFor()
    expect(await dashboard.axe(stats())).toEqual([])
  })
})

describe('Watch Rules', () => {
  const rules = () => dashboard.dialog('Watch Rules')
  it('are added from a form, refused in words, turned off and removed', async () => {
    await dashboard.openFromMenu('Watch Rules')
    await rules().getByLabel('Name of the new rule').fill('Weak')
    await rules().getByLabel('Compared with').fill('few')
    await rules().getByRole('button', { name: 'Add rule' }).click()
    await rules().getByText('“few” is not a number.').waitFor()
    await rules().getByLabel('Compared with').fill('30')
    await rules().getByLabel('Of whom').selectOption('Larsson')
    await rules().getByRole('button', { name: 'Add rule' }).click()
    await rules().getByText('Health is below 30 %, of Larsson').waitFor()
    expect(await dashboard.axe(rules())).toEqual([])
    await rules().getByLabel('Weak is on').uncheck()
    await until('the rule to be off', async () => {
      const { data } = await dashboard.overlord.graph<{ watchRules: { nodes: { enabled: boolean }[] } }>(
        '{ watchRules { nodes { enabled } } }',
      )
      return data.watchRules.nodes[0]?.enabled === false
    })
    await rules().getByRole('button', { name: 'Remove Weak', exact: true }).click()
    await rules().getByRole('button', { name: 'Yes, remove Weak', exact: true }).click()
    await rules().getByText('No rule yet.').waitFor()
  })
})

describe('Issues', () => {
  const board = () => dashboard.dialog('Issues')
  it('takes a note, a comment on it, and its end', async () => {
    await dashboard.openFromMenu('Issues')
    await board().getByLabel('Title').fill('Tapers are low')
    await board().getByLabel('Text').fill('Buy in <b>Arwic</b>.')
    await board().getByRole('button', { name: 'Add note' }).click()
    await board()
      .getByRole('button', { name: /^Tapers are low/ })
      .click()
    await board().getByText('Buy in <b>Arwic</b>.').waitFor() // as it was typed, and nothing else
    await board().getByLabel('Comment', { exact: true }).fill('On my way.')
    await board().getByRole('button', { name: 'Add', exact: true }).click()
    await board().getByText('On my way.').waitFor()
    expect(await dashboard.axe(board())).toEqual([])
    await board().getByRole('button', { name: 'Mark as done' }).click()
    await board().getByRole('button', { name: 'Open again' }).waitFor()
    await board().getByRole('button', { name: '← All notes' }).click()
    await board().getByText('No note fits.').waitFor()
    await board().getByLabel('State').selectOption('Done')
    await board().getByText('1 comment').waitFor()
  })

  it('logged no error, like the windows before it', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})

describe('Query inspector', () => {
  const inspector = () => dashboard.dialog('Query inspector')
  it('shows what the front window asks the graph for, and opens it in the playground', async () => {
    await dashboard.openFromMenu('Leaderboards')
    await dashboard.page.keyboard.press('v')
    await inspector()
      .getByRole('button', { name: /^StatsWindow query/ })
      .waitFor()
    expect(await inspector().getByLabel('Sent by').inputValue()).toBe('stats')
    const text = inspector().getByRole('region', { name: 'Text of StatsWindow' })
    expect(await text.innerText()).toMatch(/query StatsWindow[\s\S]+leaderboard[\s\S]+"metric": "RARES"/)
    await dashboard.dialog('Leaderboards').getByLabel('Rank by').selectOption('Kills')
    await text.getByText('"metric": "KILLS"').waitFor()
    expect(await dashboard.axe(inspector())).toEqual([])
    const opened = dashboard.page.context().waitForEvent('page')
    await inspector().getByRole('link', { name: 'Open in playground' }).click()
    const playground = await opened
    await playground.getByText('StatsWindow').first().waitFor({ timeout: 30_000 })
    expect(playground.url()).not.toContain('query=')
    await playground.close()
  })

  it('lists streams too, with how many events came', async () => {
    await inspector().getByLabel('Sent by').selectOption('Everything this page sent')
    await inspector()
      .getByRole('button', { name: /^MapTelemetry subscription · \d+ events/ })
      .click()
    await inspector().getByRole('region', { name: 'Text of MapTelemetry' }).waitFor()
  })
})
