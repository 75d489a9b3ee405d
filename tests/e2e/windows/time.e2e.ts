import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard
/** Between the two states that the plugin reports, in whole seconds. */
let then = 0

const SECOND = 1_000
const APART = 4 * SECOND

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    const tell = async (ew: number, health_percentage: number, word: string) => {
      plugin.send({ type: 'telemetry', character_name: 'Larsson', ew, ns: 3, kills: ew })
      plugin.send({ type: 'vitals', character_name: 'Larsson', health_percentage })
      plugin.send({ type: 'chat', character_name: 'Larsson', text: `[Allegiance] Sawato says, "${word}"` })
      await until(word, async () => {
        const { data } = await overlord.graph<{ chat: { nodes: { text: string }[] } }>('{ chat { nodes { text } } }')
        return data.chat.nodes.some(({ text }) => text.includes(word))
      })
    }
    await tell(10, 50, 'before')
    then = Math.ceil(Date.now() / SECOND) * SECOND + SECOND
    await until('a later moment', () => Date.now() > then + APART, APART + 5 * SECOND)
    for (const vitae of [0, 5]) plugin.send({ type: 'vitals', character_name: 'Larsson', health_percentage: 50, vitae })
    await until('the death', async () => {
      const { data } = await overlord.graph<{ guildEvents: { nodes: { kind: string }[] } }>(
        '{ guildEvents { nodes { kind } } }',
      )
      return data.guildEvents.nodes.some(({ kind }) => kind === 'DEATH')
    })
    // Through a portal: between two places nearby it would be shown on its way.
    await tell(60, 90, 'after')
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

const page = () => dashboard.page
const bar = () => page().getByRole('region', { name: 'Time' })
const badge = () => page().getByRole('group', { name: 'Not live' })
const roster = async () => (await page().getByRole('listbox', { name: 'Characters' }).innerText()).replace(/\s+/g, ' ')
const chat = async () => await dashboard.dialog('Chat').getByRole('log').innerText()
const isPast = async () => (await roster()).includes('10.0E') && !(await chat()).includes('after')
const isNow = async () => (await roster()).includes('60.0E') && (await chat()).includes('after')

async function choose(moment: number) {
  const local = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
  await bar()
    .getByLabel(/^Moment, /)
    .fill(local)
  await bar()
    .getByLabel(/^Moment, /)
    .blur()
}

describe('the clock of the dashboard', () => {
  it('[CLK1] shows the map’s characters and the chat as they were, and says that it is not live', async () => {
    await until('the present', isNow)
    await page().keyboard.press('h')
    await bar().waitFor()
    expect(await badge().count()).toBe(0)
    await choose(then)
    await badge().waitFor()
    await until('the past', isPast)
    expect(await chat()).toContain('before')
    expect(await dashboard.axe(bar())).toEqual([])
    expect(await dashboard.axe(badge())).toEqual([])
  })

  it('says in windows without history that they show now', async () => {
    await dashboard.openFromMenu('Quest Status')
    await dashboard.dialog('Quest Status').getByText('Shows now').waitFor()
    await dashboard.dialog('Quest Status').getByRole('button', { name: 'Close Quest Status' }).click()
  })

  it('keeps the moment in the address, and opens there again', async () => {
    await until('the address', () =>
      page()
        .url()
        .includes(`t=${new Date(then).toISOString().slice(0, 19)}Z`),
    )
    await page().reload()
    await badge().waitFor()
    await until('the past', isPast)
  })

  it('[CLK3] plays by the space bar until it is live again', async () => {
    await bar().getByLabel('Speed').selectOption('60')
    await page().getByRole('application').focus()
    await page().keyboard.press('Space')
    await until('live', async () => (await badge().count()) === 0)
    await until('the present', isNow)
  })

  it('is the clock of the window Timeline too, and shows an event of it at one press', async () => {
    await dashboard.openFromMenu('Timeline')
    const timeline = dashboard.dialog('Timeline')
    const event = timeline.getByRole('button', { name: /Larsson/ })
    await event.waitFor()
    await event.click()
    await badge().waitFor()
    await timeline.getByRole('listitem').locator('[aria-current=time]').waitFor()
    expect(await dashboard.axe(timeline)).toEqual([])
    await timeline.getByLabel('Kinds of events').selectOption('RARE')
    await timeline.getByText('Nothing of this kind').waitFor()
    await timeline.getByRole('button', { name: 'Back to live' }).click()
    await until('live', async () => (await badge().count()) === 0)
    await timeline.getByRole('button', { name: 'Close Timeline' }).click()
  })

  it('shows an event in the window Timeline as soon as it happened', async () => {
    await dashboard.openFromMenu('Timeline')
    const timeline = dashboard.dialog('Timeline')
    await timeline.getByRole('button', { name: /Larsson/ }).waitFor()
    const begun = Date.now()
    // The first may come before the stream has begun.
    for (const name of ['Hieroglyph of Mana', 'Hieroglyph of Health']) {
      dashboard.plugin.send({ type: 'rare', character_name: 'Larsson', name, ew: 60, ns: 3 })
      await timeline.getByRole('button', { name: new RegExp(name) }).waitFor()
    }
    expect(Date.now() - begun, 'before the stretch is renewed anyway').toBeLessThan(12 * SECOND)
    await timeline.getByRole('button', { name: 'Close Timeline' }).click()
  })

  it('goes back to live by one button, also on a phone', async () => {
    await page().keyboard.press('h')
    await page().setViewportSize({ width: 390, height: 844 })
    await choose(then)
    await badge().waitFor()
    expect(await dashboard.axe(bar())).toEqual([])
    await badge().getByRole('button', { name: 'Back to live' }).click()
    await until('live', async () => (await badge().count()) === 0)
    await until('an address without a moment', () => !page().url().includes('t='))
  })
})
