import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard

/** A place in the dungeon 0003, by metres from the corner of its landblock. */
const inDungeon = (x: number, y: number) => ({ ew: -101.95 + x / 240, ns: -101.95 + 3 * 0.8 + y / 240 })
const object = (id: number, name: string, object_class: string, x: number, y: number, z = -6) => ({
  id,
  name,
  object_class,
  ...inDungeon(x, y),
  z,
})
const drudge = object(-2147000001, 'Drudge Slinker', 'Monster', 70, -28)
const portal = object(7, 'Surface', 'Portal', 100, -40)
const torva = object(9, 'Torva', 'Player', 64, -48, 0)
const radar = (objects: object[], heading = 90) => ({
  type: 'nearby_objects',
  character_name: 'Larsson',
  landblock: '0x00030123',
  ...inDungeon(70, -40),
  z: -6,
  heading,
  objects,
})
const cells = [60, 70, 80, 90, 100].map((x) => ({ env_id: 612, x, y: -40, rotation: 0 }))

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    for (const character_name of ['Larsson', 'Torva']) plugin.send({ type: 'telemetry', character_name, ew: 1, ns: 2 })
    await until('the characters', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
      return data.characters.totalCount === 2
    })
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

const shown = () => dashboard.dialog('Radar: Larsson')
const picture = () => shown().getByRole('img', { name: /^Radar of Larsson/ })
const rows = async () => (await shown().getByRole('row').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim())
/** How many pixels of the picture are painted. */
const painted = () =>
  picture().evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height)
    return data.filter((value, n) => n % 4 === 3 && value > 0).length
  })

describe('the Radar', () => {
  it('opens from the window of a character, and says when no radar is on', async () => {
    const roster = dashboard.page.getByRole('listbox', { name: 'Characters' })
    await roster.getByRole('option', { name: /Larsson/ }).click()
    await dashboard.dialog('Larsson').getByRole('button', { name: 'Radar', exact: true }).click()
    await shown()
      .getByText(/The plugin sends it only while it is on: type/)
      .waitFor()
    expect(await dashboard.axe(shown())).toEqual([])
  })

  it('lists what a plugin reports near the character by distance, and says where it looks', async () => {
    dashboard.plugin.send(radar([portal, drudge, torva]))
    await picture().waitFor()
    expect(await rows()).toEqual([
      'Torva Player 6 m above 10 m SW',
      'Drudge Slinker Monster 12 m N',
      'Surface Portal 30 m E',
    ])
    await shown().getByText('Niffis Fighting Pits · heading 90° E').waitFor()
    await shown()
      .getByText(/^\d s old$/)
      .waitFor()
    expect(await picture().getAttribute('aria-label')).toContain('3 objects, heading 90° E')
  })

  it('draws every ring in a colour that stands out from the window', async () => {
    // West of the character nothing else is drawn: the colours of the row of pixels from the middle to the edge.
    const rings = () =>
      picture().evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement
        const ink = (canvas as HTMLCanvasElement).getContext('2d')!
        const { data } = ink.getImageData(0, Math.round(height / 2), Math.round(width / 2) - 20, 1)
        const line = getComputedStyle(canvas).getPropertyValue('--line-strong').trim().slice(1)
        const [red, green, blue] = [0, 2, 4].map((from) => Number.parseInt(line.slice(from, from + 2), 16))
        const near = (n: number) =>
          Math.abs(data[n]! - red!) + Math.abs(data[n + 1]! - green!) + Math.abs(data[n + 2]! - blue!) < 24
        let count = 0
        for (let n = 0, before = false; n < data.length; n += 4) {
          const isRing = data[n + 3]! > 60 && near(n)
          if (isRing && !before) count++
          before = isRing
        }
        return count
      })
    await until('four rings', async () => (await rings()) === 4)
  })

  it('paints the floor of the dungeon once a plugin has reported it', async () => {
    const without = await painted()
    dashboard.plugin.send({
      type: 'dungeon_map',
      character_name: 'Larsson',
      landblock: '0003',
      z_levels: [{ z: -6, cells }],
    })
    // Five tiles of 10 m side: far more than any object.
    await until('the floor', async () => (await painted()) > without + 2_000)
  })

  it('names the object under the pointer, and turns with the character', async () => {
    const box = (await picture().boundingBox())!
    const metre = (Math.min(box.width, box.height) / 2 - 12) / 80
    const middle = { x: box.width / 2, y: box.height / 2 }
    await picture().hover({ position: { x: middle.x + 30 * metre, y: middle.y } })
    await shown().getByText('Surface · Portal · 30 m').waitFor()
    await shown().getByRole('button', { name: 'Heading up' }).click()
    await picture().hover({ position: { x: middle.x, y: middle.y - 30 * metre } })
    await shown().getByText('Surface · Portal · 30 m').waitFor()
    await picture().click({ position: { x: middle.x, y: middle.y - 30 * metre } })
    await shown()
      .getByRole('row', { name: /Surface/, selected: true })
      .waitFor()
  })

  it('zooms by wheel, keys and buttons', async () => {
    await shown().getByText('rings every 20 m (0.08 map units)').waitFor()
    await picture().focus()
    for (let press = 0; press < 4; press++) await dashboard.page.keyboard.press('+')
    await shown().getByText('rings every 10 m (0.04 map units)').waitFor()
    for (let press = 0; press < 4; press++) await shown().getByRole('button', { name: 'Zoom out' }).click()
    await shown()
      .getByText(/rings every (20|25) m/)
      .waitFor()
    await picture().hover()
    for (let turn = 0; turn < 8; turn++) await dashboard.page.mouse.wheel(0, 100)
    await shown()
      .getByText(/rings every (100|50) m/)
      .waitFor()
  })

  it('walks the list by keys, follows the plugin, and keeps the object that was chosen', async () => {
    await shown().getByRole('grid', { name: 'Objects by distance' }).focus()
    await dashboard.page.keyboard.press('Home')
    await shown().getByRole('row', { name: /Torva/, selected: true }).waitFor()
    dashboard.plugin.send(radar([{ ...drudge, ...inDungeon(70, -38) }, torva]))
    await until('a nearer drudge', async () => (await rows())[0] === 'Drudge Slinker Monster 2.0 m N')
    await shown().getByRole('row', { name: /Torva/, selected: true }).waitFor()
  })

  it('hides a kind by the legend', async () => {
    await shown().getByRole('button', { name: 'Monsters 1' }).click()
    await until('no monster', async () => (await rows()).length === 1)
    await shown().getByRole('button', { name: 'Monsters 1' }).click()
  })

  it('says that the last picture is old once no more come', async () => {
    expect(await dashboard.axe(shown())).toEqual([])
    await shown()
      .getByText(/The radar stopped: the last picture is 1\d s old/)
      .waitFor()
    expect(await dashboard.axe(shown())).toEqual([])
  })

  it('logged no error', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
