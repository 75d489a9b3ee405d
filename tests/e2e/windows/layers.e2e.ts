import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson } from '../../../shared/testing/people.ts'
import { until } from '../../../shared/testing/until.ts'
import { openPage } from '../lights/browser.ts'
import { type Dashboard, openDashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page
/** When the walk began, in milliseconds. */
let begun = 0

/** Trails of six hours have one place in 24 seconds. */
const APART_MS = 26_000

const legend = (of: Page) => of.getByRole('complementary', { name: 'Legend' }).innerText()
const said = async (key: string) => new URLSearchParams((await page.evaluate(() => location.hash)).slice(1)).get(key)
const choice = (name: string) => page.getByRole('menuitemcheckbox', { name })
const openChoices = (of: Page) => of.getByRole('button', { name: 'What the map shows' }).click()

/** A number for what the canvas below the dots has on it. */
const ground = () =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[role=application] canvas')!
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return data.reduce((sum, value, n) => (sum + value * ((n % 977) + 1)) % 1_000_000_007, 0)
  })

beforeAll(async () => {
  begun = Date.now()
  dashboard = await openDashboard(async (overlord, plugin) => {
    const stand = (ew: number) => {
      plugin.send({ type: 'telemetry', character_name: 'Larsson', ew, ns: 10 })
      plugin.send({ type: 'telemetry', character_name: 'Aby', ew, ns: 12 })
    }
    stand(10)
    const stood = Date.now()
    await until('the next place of long trails', () => Date.now() > stood + APART_MS, 2 * APART_MS)
    stand(11.5)
    await until('their trails', async () => {
      const { data } = await overlord.graph<{ trails: { path: { ew: number[] } }[] }>(
        '{ trails(seconds: 3600) { path { ew } } }',
      )
      return data.trails.length === 2 && data.trails.every(({ path }) => path.ew.length > 1)
    })
  })
  ;({ page } = dashboard)
  // Neither terrain nor dots: what changes below them is the layer.
  await page.evaluate(() => (location.hash = '#c=12.00,11.00,40.00&l=grid'))
  await until('the map without its terrain', async () => (await said('l')) === 'grid')
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('a layer of the map', () => {
  it.each([
    ['Presence of the guild', 'presence', /^[1-9]/],
    ['Trails of the last hour', 'hour', /^2 /],
    ['Trails of any time', 'span', /^2 /],
  ])('%s is drawn, counted and kept in the address; and goes again', async (name, id, count) => {
    const before = await ground()
    await openChoices(page)
    await choice(name).click()
    await until('the count', async () => count.test((await choice(name).innerText()).replace(name, '').trim()))
    await until('its picture', async () => (await ground()) !== before)
    await until('the address', async () => (await said('l'))?.split(',').includes(id) === true)
    await choice(name).click()
    await until('the picture without it', async () => (await ground()) === before)
    await page.keyboard.press('Escape')
  })
})

describe('the trails between two moments', () => {
  const trails = () => dashboard.dialog('Trails of any time')
  const field = (ms: number) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 19)

  it('are chosen in a window, which says how fine they are, and stand in the address', async () => {
    await dashboard.openFromMenu('Trails of any time')
    await trails()
      .getByLabel('From', { exact: true })
      .fill(field(begun - 120_000))
    await trails()
      .getByLabel('To', { exact: true })
      .fill(field(begun - 60_000))
    await trails().getByText('1 min, every frame').waitFor()
    await trails().getByRole('button', { name: 'Show on the map' }).click()
    await until('nobody', async () => (await trails().getByRole('status').innerText()).includes('0 trails'))
    await trails().getByRole('button', { name: 'The last 24 h' }).click()
    await until('the address', async () => /Z\/.*Z/.test((await said('tw')) ?? ''))
    await trails().getByText('1 d, one place in five minutes').waitFor()
    await trails()
      .getByLabel('To', { exact: true })
      .fill(field(begun - 86_400_000 * 3))
    await trails().getByText('before the second').waitFor()
    expect(await trails().getByRole('button', { name: 'Show on the map' }).isDisabled()).toBe(true)
    expect(await dashboard.axe(trails())).toEqual([])
  })
})

describe('the colours by owner', () => {
  it('show those who are no admin which characters are theirs, and nobody else', async () => {
    const { overlord } = dashboard
    const person = await aPerson(overlord, 'Marigold')
    const { data } = await overlord.graph<{ users: { nodes: { id: string; username: string }[] } }>(
      '{ users { nodes { id username } } }',
    )
    const idOf = (name: string) => data.users.nodes.find(({ username }) => username === name)!.id
    const own = (character: string, id: string) =>
      overlord.graph('mutation ($input: SetOwnerInput!) { setOwner(input: $input) { ownership { username } } }', {
        input: { character, userId: id },
      })
    await own('Larsson', idOf('Marigold'))
    await own('Aby', idOf('admin'))
    const { page: theirs, watch } = await openPage(page.context().browser()!, overlord.url)
    const [name, value] = person.cookie.split('=') as [string, string]
    await theirs.context().addCookies([{ name, value, url: overlord.url }])
    await theirs.goto(overlord.url)
    await openChoices(theirs)
    await theirs.getByRole('menuitemradio', { name: 'Owner' }).click()
    await until('theirs', async () => (await legend(theirs)).includes('Mine'))
    expect(await legend(theirs)).not.toContain('admin')
    expect(watch).toEqual({ strangers: [], complaints: [] })
    await theirs.context().close()
  })

  it('logged no error', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
