import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard

const body = 0x50000001
const telemetry = { type: 'telemetry', ew: 10, ns: 20, vt_state: 'combat' }
const vitals = (character_name: string, vitae: number) => ({
  type: 'vitals',
  character_name,
  health_current: 80,
  health_max: 100,
  health_percentage: 80,
  stamina_percentage: 70,
  mana_percentage: 60,
  vitae,
})

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    const send = (character_name: string, more: object) => plugin.send({ ...telemetry, character_name, ...more })
    send('Larsson', { kills: 7, kills_per_hour: '420', prismatic_taper_count: 5000, onlinetime: '02:10:00' })
    send('Torva', { kills: 3, kills_per_hour: '90', prismatic_taper_count: 12, onlinetime: '00:05:00' })
    plugin.send(vitals('Larsson', 0))
    plugin.send({
      type: 'full_inventory',
      character_name: 'Larsson',
      items: Array.from({ length: 100 }, (_, n) => ({ Id: -1 - n, ObjectClass: 6, Name: 'Stone', ContainerId: body })),
    })
    await until('both characters and the packs', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number }; packs: unknown[] }>(
        '{ characters { totalCount } packs { container { itemCount } } }',
      )
      return data.characters.totalCount === 2 && data.packs.length > 0
    })
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

const fleet = () => dashboard.dialog('Player Dashboard')
const table = () => fleet().getByRole('grid', { name: 'The fleet' })
const names = async () => (await table().getByRole('row').allInnerTexts()).map((row) => /Larsson|Torva/.exec(row)?.[0])
const needs = () => fleet().getByRole('region', { name: 'Needs you now' })

describe('the Player Dashboard', () => {
  it('shows what plugins reported of every character in one table', async () => {
    await dashboard.openFromMenu('Player Dashboard')
    const larsson = table().getByRole('row', { name: /Larsson/ })
    await larsson.getByText('5,000').waitFor()
    const shown = (await larsson.innerText()).replace(/\s+/g, ' ')
    expect(shown).toContain('hunting')
    expect(shown).toContain('80 %')
    expect(shown).toContain('420 7 5,000')
    expect(shown).toContain('2 h 10 min')
  })

  it('says first who needs somebody now, and why, as it happens', async () => {
    await needs().getByRole('button', { name: /Torva/ }).getByText('12 tapers left').waitFor()
    dashboard.plugin.send(vitals('Torva', 5))
    await needs().getByRole('button', { name: /Torva/ }).getByText('vitae 5 %').waitFor()
    expect(await needs().getByRole('button').count()).toBe(2)
    await needs()
      .getByRole('button', { name: /Larsson/ })
      .getByText('packs 98 % full')
      .waitFor()
  })

  it('sorts by a column, and the other way at the second click', async () => {
    const kills = fleet().getByRole('button', { name: /^Kills\/h/ })
    await kills.click()
    expect(await names()).toEqual(['Larsson', 'Torva'])
    await kills.click()
    expect(await names()).toEqual(['Torva', 'Larsson'])
  })

  it('filters by what is typed, and says so when nothing fits', async () => {
    const filter = fleet().getByRole('searchbox', { name: /Filter/ })
    await filter.fill('lars')
    await until('one row', async () => (await names()).join() === 'Larsson')
    await filter.fill('nobody of that name')
    await fleet().getByText('Nothing fits “nobody of that name”.').waitFor()
    await filter.fill('')
  })

  it('selects by a click or the arrow keys, and opens the character by Enter', async () => {
    await table().getByRole('row', { name: /Torva/ }).click()
    await table().press('ArrowDown')
    expect(
      await table()
        .getByRole('row', { name: /Larsson/ })
        .getAttribute('aria-selected'),
    ).toBe('true')
    expect(await dashboard.dialog('Torva').count()).toBe(0)
    await table().press('Enter')
    await dashboard.dialog('Larsson').waitFor()
  })

  it('passes axe, and logged no error', async () => {
    expect(await dashboard.axe(fleet())).toEqual([])
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
