import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { type Dashboard, openDashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page
const selected = () => page.getByRole('toolbar', { name: 'Selected characters' })
const measured = () => page.getByRole('toolbar', { name: 'Measure' }).getByRole('status').innerText()
const camera = async () => new URLSearchParams((await page.evaluate(() => location.hash)).slice(1)).get('c')
const map = () => page.getByRole('application', { name: 'Map of Dereth' })
/** The pixel of a place while the middle is at 12N 12E with 40 pixels a unit, and no window is open. */
const pixel = async (ew: number, ns: number) => {
  const [cew, cns, k] = (await camera())!.split(',').map(Number) as [number, number, number]
  const { width, height } = page.viewportSize()!
  return { x: width / 2 + (ew - cew) * k, y: (52 + height - 46) / 2 - (ns - cns) * k }
}
async function lasso(corners: readonly (readonly [number, number])[]) {
  for (const [nth, [ew, ns]] of corners.entries()) {
    const { x, y } = await pixel(ew, ns)
    await page.mouse.move(x, y, { steps: 4 })
    if (nth === 0) await page.mouse.down()
  }
  await page.mouse.up()
}

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    for (const [character_name, ew, ns] of [
      ['Larsson', 10, 10],
      ['Aby', 13, 12],
      ['Bo', 14, 15],
    ] as const)
      plugin.send({ type: 'telemetry', character_name, ew, ns })
    await until('the characters', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
      return data.characters.totalCount === 3
    })
  })
  ;({ page } = dashboard)
  for (const title of ['Chat', 'Characters']) await page.getByRole('button', { name: `Close ${title}` }).click()
  await until('the map alone', async () => (await page.getByRole('dialog').count()) === 0)
  await page.evaluate(() => (location.hash = '#c=12.00,12.00,40.00&l=names'))
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('many characters on the map', () => {
  it('are selected by a lasso, which leaves the map where it was', async () => {
    await map().focus()
    await page.keyboard.press('z')
    await page.getByRole('toolbar', { name: 'Select many' }).waitFor()
    await lasso([
      [12, 11],
      [15, 11],
      [15, 16],
      [12, 16],
    ])
    await until('the two', async () => (await selected().innerText()).includes('2 selected · Aby, Bo'))
    expect(await camera()).toBe('12.00,12.00,40.00')
    await page.getByRole('toolbar', { name: 'Select many' }).waitFor({ state: 'detached' })
  })

  it('are picked one by one with Space, and let go by Escape', async () => {
    await map().focus()
    await page.keyboard.press('Escape')
    await selected().waitFor({ state: 'detached' })
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Space')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Space')
    await until('the two', async () => (await selected().innerText()).includes('2 selected · Aby, Bo'))
    await page.keyboard.press('Space')
    await until('the one', async () => (await selected().innerText()).includes('1 selected · Aby'))
  })

  it('are added to by Shift, Ctrl and dragging', async () => {
    await page.keyboard.down('Shift')
    await page.keyboard.down('Control')
    await lasso([
      [9, 9],
      [11, 9],
      [11, 11],
      [9, 11],
    ])
    await page.keyboard.up('Control')
    await page.keyboard.up('Shift')
    await until('the two', async () => (await selected().innerText()).includes('2 selected · Aby, Larsson'))
  })

  it('are sent a command together, and each refusal is said', async () => {
    await selected().getByRole('button', { name: 'Command…' }).click()
    const dialog = dashboard.dialog('Send a command to 2 characters')
    await dialog.getByLabel('Command', { exact: true }).fill('/say hi')
    await dialog.getByRole('button', { name: 'Send to 2' }).click()
    await until('both answers', async () => {
      const text = await page.getByRole('alert').allInnerTexts()
      return /Aby: [^]*Larsson: /.test(text.join())
    })
    await page.keyboard.press('Escape')
    const { data } = await dashboard.overlord.graph<{ audit: { nodes: { action: string; subject: string }[] } }>(
      '{ audit(where: { actions: ["sendCommand"] }) { nodes { action subject } } }',
    )
    expect(data.audit.nodes.map(({ subject }) => subject).sort()).toEqual(['Aby', 'Larsson'])
  })

  it('become a filter', async () => {
    await selected().getByRole('button', { name: 'Filter' }).click()
    const filters = dashboard.dialog('Map filters')
    await until('what it found', async () => (await filters.innerText()).includes('2 characters'))
    expect(await dashboard.axe(selected())).toEqual([])
    await filters.getByRole('button', { name: /^Close/ }).click()
    await selected().getByRole('button', { name: 'Select nobody' }).click()
  })
})

describe('measuring on the map', () => {
  it('says how far and which way, by clicks and by keys', async () => {
    await map().focus()
    await until('the address without windows', async () => (await camera()) === '12.00,12.00,40.00')
    await page.keyboard.press('d')
    const [a, b] = [await pixel(10, 10), await pixel(10, 14)]
    await page.mouse.click(a.x, a.y)
    await page.mouse.click(b.x, b.y)
    await until('the length', async () => (await measured()).startsWith('960 m, towards N'))
    await page.keyboard.press('Backspace')
    await until('the one left', async () => (await measured()) === 'Click the next place')
    await page.keyboard.press('Space')
    await until('the middle', async () => / m, towards NE$/.test(await measured()))
    await page.keyboard.press('Escape')
    await page.getByRole('toolbar', { name: 'Measure' }).waitFor({ state: 'detached' })
  })

  it('logged no error', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
