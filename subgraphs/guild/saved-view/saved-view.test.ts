import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const SAVE_LAYOUT = `mutation ($name: String!, $body: JSON!) {
    saveLayout(input: { name: $name, layout: $body }) { layout { name layout } }
  }`
const SAVE_FILTER = `mutation ($list: String!, $name: String!, $body: JSON!) {
  saveFilter(input: { list: $list, name: $name, filter: $body }) { filter { list name filter } }
}`
const DELETE_LAYOUT = 'mutation ($name: String!) { deleteLayout(input: { name: $name }) { deletedLayoutName } }'
const DELETE_FILTER = `mutation ($list: String!, $name: String!) {
    deleteFilter(input: { list: $list, name: $name }) { deletedFilterName }
  }`
const LAYOUTS = '{ layouts { name layout } }'
const FILTERS = 'query ($list: String) { savedFilters(list: $list) { list name filter } }'

let people = 0
let viewer: Viewer
let other: Viewer
beforeAll(async () => {
  viewer = await guild.person('a viewer')
  other = await guild.person('another', 'admin')
})
const somebody = () => guild.person(`person ${++people}`)

describe('a saved view', () => {
  it('belongs to one person, replaces one of the same name, and is removed by its name', async () => {
    for (const [asker, body] of [
      [viewer, { a: 1 }],
      [other, [2]],
      [viewer, { a: 3 }],
    ] as const)
      expect((await guild.ask(asker, SAVE_LAYOUT, { name: 'main', body })).data).toEqual({
        saveLayout: { layout: { name: 'main', layout: body } },
      })
    expect((await guild.ask(viewer, LAYOUTS)).data).toEqual({ layouts: [{ name: 'main', layout: { a: 3 } }] })
    expect((await guild.ask(viewer, DELETE_LAYOUT, { name: 'main' })).data).toEqual({
      deleteLayout: { deletedLayoutName: 'main' },
    })
    expect((await guild.ask(viewer, DELETE_LAYOUT, { name: 'main' })).code).toBe('NOT_FOUND')
    expect((await guild.ask(other, LAYOUTS)).data).toEqual({ layouts: [{ name: 'main', layout: [2] }] })
  })

  it('of a list is found in that list, by list and name', async () => {
    const asker = await somebody()
    for (const [list, name] of [
      ['items', 'b'],
      ['chat', 'z'],
      ['items', 'a'],
    ] as const)
      await guild.ask(asker, SAVE_FILTER, { list, name, body: { name } })
    const named = async (list?: string) => {
      const { data } = await guild.ask<{ savedFilters: { list: string; name: string }[] }>(asker, FILTERS, { list })
      return data.savedFilters.map(({ list, name }) => `${list} ${name}`)
    }
    expect(await named()).toEqual(['chat z', 'items a', 'items b'])
    expect(await named('items')).toEqual(['items a', 'items b'])
    expect((await guild.ask(asker, DELETE_FILTER, { list: 'chat', name: 'a' })).code).toBe('NOT_FOUND')
    await guild.ask(asker, DELETE_FILTER, { list: 'items', name: 'a' })
    expect(await named()).toEqual(['chat z', 'items b'])
  })

  it.each([
    ['no name', { name: ' ', body: {} }],
    ['a name of 81 characters', { name: 'x'.repeat(81), body: {} }],
    ['a number as its body', { name: 'x', body: 1 }],
    ['nothing as its body', { name: 'x', body: null }],
    ['one character too many', { name: 'x', body: ['x'.repeat(65_533)] }],
  ])('is refused with %s', async (_, input) => {
    expect(
      (await guild.ask<{ saveLayout: { layout: unknown } | null } | null>(viewer, SAVE_LAYOUT, input)).data
        ?.saveLayout ?? null,
    ).toBeNull()
  })

  it.each([
    ['a layout', SAVE_LAYOUT, 65_536],
    ['a filter', SAVE_FILTER, 8_192],
  ])('%s may be exactly as long as said', async (_, mutation, length) => {
    const asker = await somebody()
    const of = (characters: number) => ({ list: 'items', name: 'x'.repeat(80), body: ['x'.repeat(characters - 4)] })
    expect((await guild.ask(asker, mutation, of(length))).code).toBeNull()
    expect((await guild.ask(asker, mutation, of(length + 1))).code).toBe('BAD_USER_INPUT')
  })

  it.each(['', 'a b', 'x'.repeat(41), 'a/b'])('is for no list called "%s"', async (list) => {
    expect((await guild.ask(viewer, SAVE_FILTER, { list, name: 'x', body: {} })).code).toBe('BAD_USER_INPUT')
  })

  it.each([
    ['layouts', SAVE_LAYOUT, 'layouts', 20],
    ['filters', SAVE_FILTER, 'saved_filters', 200],
  ])(
    'is one of a bounded number of %s, where a replaced one does not count twice',
    async (_, mutation, table, most) => {
      const asker = await somebody()
      const save = (name: string) => guild.ask(asker, mutation, { list: 'items', name, body: {} })
      await save('first')
      await guild.pool.query(
        `insert into ${table} (user_id, name, body${table === 'layouts' ? '' : ', list'})
       select $1, n::text, '{}'${table === 'layouts' ? '' : ", 'items'"} from generate_series(2, $2::int) n`,
        [asker.id, most],
      )
      expect((await save('first')).code).toBeNull()
      expect(await save('one more')).toMatchObject({ code: 'BAD_USER_INPUT' })
      const { rows } = await guild.pool.query<{ count: number }>(`select count(*) from ${table} where user_id = $1`, [
        asker.id,
      ])
      expect(rows[0]!.count).toBe(most)
    },
  )

  it('is nothing that a token has', async () => {
    for (const source of [LAYOUTS, FILTERS])
      expect((await guild.ask(aToken('t', 'admin'), source)).code).toBe('FORBIDDEN')
    const refused = await guild.ask(aToken('t', 'admin'), SAVE_LAYOUT, { name: 'x', body: {} })
    expect(refused).toMatchObject({ code: 'FORBIDDEN', message: 'A token keeps nothing here.' })
  })
})
