import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { type Dashboard, openDashboard } from './dashboard.ts'

let dashboard: Dashboard
let page: Page
const filters = () => dashboard.dialog('Map filters')
const said = async (key: string) => new URLSearchParams((await page.evaluate(() => location.hash)).slice(1)).get(key)
const legend = () => page.getByRole('complementary', { name: 'Legend' }).innerText()

/** Pixels of the map that have exactly this colour, such as `rgb(1, 2, 3)`. */
const pixels = (colour: string) =>
  page.evaluate((css) => {
    const [r, g, b] = css.match(/\d+/g)!.map(Number)
    return [...document.querySelectorAll<HTMLCanvasElement>('[role=application] canvas')].reduce((sum, canvas) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      let found = 0
      for (let i = 0; i < data.length; i += 4)
        if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255) found++
      return sum + found
    }, 0)
  }, colour)

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    const all = [
      ['Larsson', 'mules', 10, 10],
      ['Aby', 'hunters', 14, 12],
      ['Bo', 'hunters', 12, 15],
    ] as const
    const send = () => {
      for (const [character_name, char_tag, ew, ns] of all)
        plugin.send({
          type: 'telemetry',
          character_name,
          char_tag,
          ew,
          ns,
          vt_state: char_tag === 'mules' ? 'Idle' : 'hunt',
          kills_per_hour: ew * 100,
        })
      plugin.send({ type: 'vitals', character_name: 'Bo', health_percentage: 35 })
    }
    send()
    await until('the characters', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>('{ characters { totalCount } }')
      return data.characters.totalCount === 3
    })
  })
  ;({ page } = dashboard)
  await page.evaluate(() => (location.hash = '#c=12.00,12.00,40.00&l=names'))
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

describe('filters of the map', () => {
  it('colour what their words find, which the address and the legend say', async () => {
    await page.locator('[role=application]').focus()
    await page.keyboard.press('x')
    await filters().waitFor()
    await filters().getByLabel('New filter').fill('tag:hunters')
    await page.keyboard.press('Enter')
    await until('what it found', async () => (await filters().innerText()).includes('2 characters'))
    const swatch = filters().getByRole('button', { name: /^Colour of tag:hunters/ })
    const colour = await swatch.evaluate((element) => getComputedStyle(element).backgroundColor)
    await until('two dots in this colour', async () => (await pixels(colour)) > 60)
    await until('the address', async () => (await said('q')) === 'faded;RED tag:hunters')
    expect(await legend()).toContain('tag:hunters')
  })

  it('are several at once, the first that fits before the others', async () => {
    await filters().getByLabel('New filter').fill('aby')
    await page.keyboard.press('Enter')
    await filters().getByLabel('New filter').fill('near:10N,10E,1')
    await page.keyboard.press('Enter')
    await until('what they found', async () => (await filters().innerText()).match(/1 character\b/g)?.length === 2)
    await until('the address', async () => (await said('q'))?.split(';').length === 4)
  })

  it('are the where of characters: the playground has it at one press', async () => {
    const link = filters().getByRole('link', { name: 'Open tag:hunters in the playground' })
    const url = new URL((await link.getAttribute('href'))!, dashboard.overlord.url)
    const { where } = JSON.parse(new URLSearchParams(url.hash.slice(1)).get('variables')!) as { where: unknown }
    expect(where).toEqual({ tags: ['hunters'] })
    const playground = await page.context().newPage()
    await playground.goto(url.href)
    await until('the query', async () => (await playground.locator('body').innerText()).includes('MapFiltered'))
    await playground.close()
  })

  it.each(['state:idle', 'health:<50', 'kills:>1300'])('narrow by what characters do: %s', async (words) => {
    await filters().getByLabel('New filter').fill(words)
    await page.keyboard.press('Enter')
    const row = filters()
      .getByRole('listitem')
      .filter({ has: page.getByLabel(`Use ${words}`) })
    await until('the one it finds', async () => (await row.innerText()).includes('1 character'))
    await row.getByRole('button', { name: `Remove ${words}` }).click()
  })

  it('say what is wrong with their words, and what the graph refuses', async () => {
    await filters().getByLabel('New filter').fill('tag:nobody')
    await page.keyboard.press('Enter')
    await until('the refusal', async () => (await filters().getByRole('alert').innerText()).includes('nobody'))
    await filters().getByLabel('New filter').fill('level:5')
    await page.keyboard.press('Enter')
    await until('the fault', async () => (await filters().getByRole('alert').allInnerTexts()).join().includes('level:'))
    for (const words of ['level:5', 'tag:nobody'])
      await filters()
        .getByRole('button', { name: `Remove ${words}` })
        .click()
  })

  it('are kept as presets, which come back whole', async () => {
    await filters().getByRole('button', { name: 'Hide the others' }).click()
    await filters().getByRole('button', { name: 'Saved' }).click()
    await filters().getByLabel('Name of this search').fill('Hunt')
    await page.keyboard.press('Enter')
    await filters().getByRole('button', { name: 'Hunt', exact: true }).waitFor()
    await filters().getByRole('button', { name: 'Saved' }).click()
    for (const words of ['tag:hunters', 'aby', 'near:10N,10E,1'])
      await filters()
        .getByRole('button', { name: `Remove ${words}` })
        .click()
    await filters().getByRole('button', { name: 'Fade the others' }).click()
    await until('nothing in the address', async () => (await said('q')) === null)
    await filters().getByRole('button', { name: 'Saved' }).click()
    await filters().getByRole('button', { name: 'Hunt', exact: true }).click()
    await until('the preset', async () =>
      Boolean((await said('q'))?.startsWith('hidden;RED tag:hunters;ORANGE aby;YELLOW near')),
    )
  })

  it('are free of what axe finds', async () => {
    expect(await dashboard.axe(filters())).toEqual([])
  })

  it('show only favourites, and all again, from the menu of the map', async () => {
    await filters()
      .getByRole('button', { name: /^Close/ })
      .click()
    await page.evaluate(() => localStorage.setItem('overlord.favourites', '["Bo"]'))
    await page.reload()
    await page.getByRole('button', { name: 'What the map shows' }).click()
    const only = page.getByRole('menuitemcheckbox', { name: 'Only favourites' })
    await only.click()
    await until('the address', async () => (await said('q')) === 'hidden;GREEN favourite')
    await until('the legend', async () => (await legend()).includes('favourite'))
    await only.click()
    await until('all of them', async () => (await said('q')) === null)
    await page.keyboard.press('Escape')
  })

  it('leave room for colours by tag and by owner, with a legend', async () => {
    await page.getByRole('button', { name: 'What the map shows' }).click()
    await page.getByRole('menuitemradio', { name: 'Tag' }).click()
    await until('the tags', async () => /hunters[^]*mules/.test(await legend()))
    const { overlord } = dashboard
    const { data } = await overlord.graph<{ users: { nodes: { id: string; username: string }[] } }>(
      '{ users { nodes { id username } } }',
    )
    const [{ id, username: name }] = data.users.nodes as [{ id: string; username: string }]
    await overlord.graph(
      `mutation { setOwner(input: { character: "Larsson", userId: "${id}" }) { ownership { username } } }`,
    )
    await page.getByRole('menuitemradio', { name: 'Owner' }).click()
    await until('the owner', async () => !(await legend()).includes('mules') && (await legend()).includes(name))
    await page.keyboard.press('Escape')
  })

  it('logged no error', () => {
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })
})
