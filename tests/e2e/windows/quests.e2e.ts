import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard

const quest = (character_name: string, quest_name: string, countdown: string) => ({
  type: 'quest',
  character_name,
  quest_name,
  countdown,
})

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    for (const character_name of ['Larsson', 'Torva']) plugin.send({ type: 'telemetry', character_name, ew: 1, ns: 2 })
    plugin.send(quest('Larsson', 'Stipend Collection Timer', '6d 3h 11m'))
    plugin.send(quest('Torva', 'Stipend Collection Timer', 'READY'))
    plugin.send(quest('Larsson', 'Colosseum', '9m 30s'))
    await until('the quests', async () => {
      const { data } = await overlord.graph<{ quests: { totalCount: number } }>('{ quests { totalCount } }')
      return data.quests.totalCount === 3
    })
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

const quests = () => dashboard.dialog('Quest Status')
const rows = async () =>
  (await quests().getByRole('listitem').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim())

describe('the Quest Status', () => {
  it('lists ready quests first, then the soonest, and counts down', async () => {
    await dashboard.openFromMenu('Quest Status')
    await quests().getByRole('listitem').first().waitFor()
    const [first, second, third] = await rows()
    expect(first).toBe('Stipend Collection Timer Torva ready')
    expect(second).toMatch(/^Colosseum Larsson 9:\d\d$/)
    expect(third).toMatch(/^Stipend Collection Timer Larsson 6 d [23] h$/)
    await until('a second less', async () => (await rows())[1] !== second)
  })

  it('follows what a plugin reports', async () => {
    dashboard.plugin.send(quest('Larsson', 'Colosseum', 'READY'))
    await until('another quest ready', async () => (await rows()).includes('Colosseum Larsson ready'), 15_000)
    await quests().getByText('2 ready of 3').waitFor()
  })

  it('filters by quest, character and readiness', async () => {
    await quests().getByLabel('Character', { exact: true }).selectOption('Larsson')
    await until('one character', async () => (await rows()).length === 2)
    await quests().getByLabel('Ready only').check()
    await until('one quest', async () => (await rows()).join() === 'Colosseum Larsson ready')
    await quests().getByRole('searchbox').fill('stipend')
    await quests().getByText('No quest fits these filters.').waitFor()
    await quests().getByRole('searchbox').fill('')
    await quests().getByLabel('Ready only').uncheck()
    await quests().getByLabel('Character', { exact: true }).selectOption('')
  })

  it('shows quests by characters as a table', async () => {
    await quests().getByRole('button', { name: 'Table' }).click()
    const stipend = quests().getByRole('row', { name: /^Stipend/ })
    expect((await stipend.innerText()).replace(/\s+/g, ' ')).toMatch(/^Stipend Collection Timer 6 d [23] h ready$/)
  })

  it('passes axe, and logged no error', async () => {
    expect(await dashboard.axe(quests())).toEqual([])
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
