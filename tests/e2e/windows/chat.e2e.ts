import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard
const LISTENERS = ['Anker', 'Larsson', 'Torva']
const hear = (text: string) => {
  for (const character_name of LISTENERS) dashboard.plugin.send({ type: 'chat', character_name, text })
}
const chat = () => dashboard.dialog('Chat')
const lines = async () => {
  const rows = await chat().getByRole('log', { name: 'Chat' }).locator('p').allInnerTexts()
  return rows.map((row) => row.replace(/\s+/g, ' ').replace(/^\d\d:\d\d/, ''))
}

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    for (const character_name of LISTENERS) plugin.send({ type: 'telemetry', character_name, ew: 1, ns: 2 })
    plugin.send({ type: 'chat', character_name: 'Larsson', text: '[Trade] Smith says, "WTS girth"' })
    plugin.send({ type: 'chat', character_name: 'Larsson', text: 'You evaded Drudge Slinker!' })
    await until('both lines', async () => {
      const { data } = await overlord.graph<{ chat: { totalCount: number } }>('{ chat { totalCount } }')
      return data.chat.totalCount === 2
    })
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('Chat', () => {
  it('shows what was said, and text of the game only on request', async () => {
    await until('the first line', async () => (await lines()).some(Boolean))
    expect(await lines()).toEqual(['Larsson[Trade] Smith says, "WTS girth"'])
    await chat().getByRole('button', { name: 'Game text' }).click()
    await until('the text of the game', async () => (await lines()).some((line) => line.includes('You evaded')))
    await chat().getByRole('button', { name: 'Game text' }).click()
  })

  it('shows one line for what several characters heard, and who heard it', async () => {
    hear('[Allegiance] Smith says, "all of us"')
    await until('the line', async () => (await lines()).some((line) => line.includes('all of us')))
    const heard = (await lines()).filter((line) => line.includes('all of us'))
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatch(/^\w+ \+2\[/)
    const title = (await chat()
      .getByTitle(/^Heard by/)
      .last()
      .getAttribute('title'))!
    expect(title.replace('Heard by ', '').split(', ').sort()).toEqual(LISTENERS)
  })

  it('has nothing that axe finds wrong, and logged no error', async () => {
    expect(await dashboard.axe(chat())).toEqual([])
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
