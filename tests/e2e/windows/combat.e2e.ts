import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard

const fire = {
  total_attacks: 100,
  failed_attacks: 20,
  crits: 8,
  total_normal_damage: 7200,
  max_normal_damage: 150,
  total_crit_damage: 1600,
  max_crit_damage: 300,
}
const frame = (character_name: string, kills: number, monster = 'Drudge Slinker') => ({
  type: 'combat_stats',
  character_name,
  session_id: `login of ${character_name}`,
  session: {
    total_damage_given: 8800,
    total_damage_received: 450,
    total_kills: kills,
    total_aetheria_surges: 3,
    total_cloak_surges: 1,
    monsters: {
      [monster]: {
        kill_count: kills,
        damage_given: 8800,
        damage_received: 450,
        offense: { MeleeMissile: { Fire: fire } },
        defense: { Magic: { Cold: { ...fire, total_attacks: 10, failed_attacks: 5 } } },
      },
    },
  },
})

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    for (const character_name of ['Larsson', 'Torva']) plugin.send({ type: 'telemetry', character_name, ew: 1, ns: 2 })
    plugin.send(frame('Larsson', 22))
    plugin.send(frame('Torva', 7, 'Tusker'))
    await until('both fights', async () => {
      const { data } = await overlord.graph<{ fighters: { totalCount: number } }>('{ fighters { totalCount } }')
      return data.fighters.totalCount === 2
    })
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

const picker = () => dashboard.dialog('Combat Picker')
const combat = () => dashboard.dialog('Combat: Larsson')
const text = async (name: string) =>
  (
    await combat()
      .getByRole('row', { name: new RegExp(name) })
      .first()
      .innerText()
  ).replace(/\s+/g, ' ')

describe('the combat windows', () => {
  it('offer who has fought, and open the character that is chosen', async () => {
    await dashboard.openFromMenu('Combat Picker')
    await picker().getByRole('button', { name: 'Open the combat of Larsson' }).click()
    await combat()
      .getByRole('row', { name: /Drudge Slinker/ })
      .waitFor()
    expect(await text('Drudge Slinker')).toMatch(/Drudge Slinker 22 8.8K 450/)
    expect(await text('Aetheria surges')).toBe('Aetheria surges 3')
  })

  it('follow the fight as the plugin reports it', async () => {
    dashboard.plugin.send(frame('Larsson', 30))
    await until('the new figure', async () => (await text('Drudge Slinker')).startsWith('Drudge Slinker 30'), 20_000)
  })

  it('show how attacks of each element went, of the character and on it', async () => {
    await combat().getByRole('button', { name: 'Offence' }).click()
    expect(await text('Fire')).toBe('Fire melee or missile 100 80% 10% 110 300 8.8K')
    await combat().getByRole('button', { name: 'Defence' }).click()
    expect(await text('Cold')).toContain('Cold magic 10 50%')
    await combat().getByRole('button', { name: 'Monsters' }).click()
  })

  it('put a second character beside the first', async () => {
    await combat().getByLabel('Compare with').selectOption('Torva')
    await combat()
      .getByRole('row', { name: /Tusker/ })
      .waitFor()
    expect(await text('Kills')).toBe('Kills 30 7')
    await combat().getByLabel('Compare with').selectOption('')
  })

  it('count only what lies between two moments, and say why a stretch is refused', async () => {
    await combat().getByRole('button', { name: 'Between two moments' }).click()
    await combat()
      .getByRole('row', { name: /Drudge Slinker/ })
      .waitFor()
    await combat().getByLabel('First moment').fill('2099-01-01T00:00')
    await combat().getByText('The first moment has not come yet.').waitFor()
    await combat().getByRole('button', { name: 'Last hour' }).click()
    await combat()
      .getByRole('row', { name: /Drudge Slinker/ })
      .waitFor()
  })

  it('pass axe, and logged no error', async () => {
    expect(await dashboard.axe(combat())).toEqual([])
    expect(await dashboard.axe(picker())).toEqual([])
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
