import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'

let overlord: TestOverlord
let one: TestPerson
let other: TestPerson
let operator: TestPerson
beforeAll(async () => {
  overlord = await startOverlord()
  one = await aPerson(overlord, 'Keeper')
  other = await aPerson(overlord, 'Neighbour')
  operator = await aPerson(overlord, 'Helper', 'OPERATOR')
})
afterAll(async () => {
  for (const person of [one, other, operator]) await person[Symbol.asyncDispose]()
  await overlord[Symbol.asyncDispose]()
})

const SAVE = `mutation ($name: String!, $layout: JSON!) {
    saveLayout(input: { name: $name, layout: $layout }) { layout { name layout } }
  }`
const FILTER = `mutation ($list: String!, $name: String!, $filter: JSON!) {
    saveFilter(input: { list: $list, name: $name, filter: $filter }) { filter { name } }
  }`

describe('layouts and filters', () => {
  it('are each person’s own, saved again under the same name, and gone when deleted', async () => {
    await one.graph(SAVE, { name: 'home', layout: { windows: [1] } })
    await one.graph(SAVE, { name: 'home', layout: { windows: [1, 2], __nested: { deep: [null, 'é'] } } })
    await one.graph(FILTER, { list: 'items', name: 'home', filter: { equipped: true } })
    await one.graph(FILTER, { list: 'chat', name: 'home', filter: { text: 'rare' } })
    const MINE =
      '{ layouts { name layout } savedFilters { list name filter } items: savedFilters(list: "items") { filter } }'
    expect((await one.graph(MINE)).data).toEqual({
      layouts: [{ name: 'home', layout: { windows: [1, 2], __nested: { deep: [null, 'é'] } } }],
      savedFilters: [
        { list: 'chat', name: 'home', filter: { text: 'rare' } },
        { list: 'items', name: 'home', filter: { equipped: true } },
      ],
      items: [{ filter: { equipped: true } }],
    })
    expect((await other.graph(MINE)).data).toEqual({ layouts: [], savedFilters: [], items: [] })
    expect(await other.code('mutation { deleteLayout(input: { name: "home" }) { deletedLayoutName } }')).toBe(
      'NOT_FOUND',
    )
    expect(
      (
        await one.graph(`mutation {
          deleteLayout(input: { name: "home" }) { deletedLayoutName }
          deleteFilter(input: { list: "chat", name: "home" }) { deletedFilterName }
        }`)
      ).data,
    ).toEqual({ deleteLayout: { deletedLayoutName: 'home' }, deleteFilter: { deletedFilterName: 'home' } })
    expect((await one.graph('{ layouts { name } savedFilters { list } }')).data).toEqual({
      layouts: [],
      savedFilters: [{ list: 'items' }],
    })
  })

  it.each([
    ['too large', { name: 'x', layout: { text: 'x'.repeat(65_536) } }, 'BAD_USER_INPUT'],
    ['no object', { name: 'x', layout: 'text' }, 'BAD_USER_INPUT'],
    ['without a name', { name: ' ', layout: {} }, 'BAD_USER_INPUT'],
    ['with half a character, which the database cannot hold', { name: 'x', layout: { a: '\ud800' } }, 'BAD_USER_INPUT'],
    ['with a NUL character', { name: 'x', layout: { a: ['\0'] } }, 'BAD_USER_INPUT'],
  ])('that are %s are refused', async (_, variables, code) => {
    expect(await other.code(SAVE, variables)).toBe(code)
  })

  it('are bounded in number, however many are saved at once', async () => {
    const codes = await Promise.all(
      Array.from({ length: 25 }, (_, n) => other.code(SAVE, { name: `layout ${n}`, layout: {} })),
    )
    expect(codes.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(5)
    expect((await other.graph<{ layouts: unknown[] }>('{ layouts { name } }')).data.layouts).toHaveLength(20)
    expect(await other.code(SAVE, { name: 'layout 0', layout: { again: 1 } }).then(() => 'kept')).toBe('kept')
  })
})

const NOTE = '{ id title body state author commentCount comments { nodes { text author } } }'
interface Note {
  id: string
  title: string
  body: string
  state: string
  author: string
  commentCount: number
  comments: { nodes: { text: string; author: string }[] }
}

describe('the board', () => {
  it('is read by all viewers, written by operators, cleared by admins', async () => {
    const create = `mutation { createNote(input: { title: " Portal hub ", body: "moved north" }) { note ${NOTE} } }`
    expect(await one.code(create)).toBe('FORBIDDEN')
    const { data } = await operator.graph<{ createNote: { note: Note } }>(create)
    expect(data.createNote.note).toEqual({
      id: expect.any(String) as string,
      title: 'Portal hub',
      body: 'moved north',
      state: 'OPEN',
      author: 'Helper',
      commentCount: 0,
      comments: { nodes: [] },
    })
    const { id } = data.createNote.note
    const say =
      'mutation ($id: ID!) { commentOnNote(input: { noteId: $id, text: "done so" }) { note { commentCount } } }'
    const close = `mutation ($id: ID!) { updateNote(input: { id: $id, state: DONE }) { note ${NOTE} } }`
    expect([await one.code(say, { id }), await one.code(close, { id })]).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    await overlord.graph(say, { id })
    expect((await operator.graph<{ updateNote: { note: Note } }>(close, { id })).data.updateNote.note).toMatchObject({
      title: 'Portal hub',
      state: 'DONE',
      comments: { nodes: [{ text: 'done so', author: 'admin' }] },
    })
    expect(
      (
        await one.graph(
          `{ board(where: { state: DONE, text: "HUB" }) { totalCount
            nodes { title commentCount } } open: board(where: { state: OPEN }) { totalCount } }`,
        )
      ).data,
    ).toEqual({ board: { totalCount: 1, nodes: [{ title: 'Portal hub', commentCount: 1 }] }, open: { totalCount: 0 } })
    const remove = 'mutation ($id: ID!) { deleteNote(input: { id: $id }) { deletedNoteId } }'
    expect(await operator.code(remove, { id })).toBe('FORBIDDEN')
    await overlord.graph(remove, { id })
    expect((await one.graph('query ($id: ID!) { boardNote(id: $id) { id } }', { id })).data).toEqual({
      boardNote: null,
    })
  })

  it.each([
    ['mutation { createNote(input: { title: "  " }) { note { id } } }', 'BAD_USER_INPUT'],
    ['mutation { updateNote(input: { id: "999999", title: "x" }) { note { id } } }', 'NOT_FOUND'],
    ['mutation { updateNote(input: { id: "1; drop table users", title: "x" }) { note { id } } }', 'NOT_FOUND'],
    [
      'mutation { commentOnNote(input: { noteId: "999999999999999999999999", text: "x" }) { note { id } } }',
      'NOT_FOUND',
    ],
    ['{ board(first: 201) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ board(after: "WyJ4Il0") { totalCount } }', 'BAD_USER_INPUT'],
  ])('refuses %s', async (query, code) => {
    expect(await operator.code(query)).toBe(code)
  })

  it('pages, newest first', async () => {
    for (let n = 0; n < 3; n++)
      await operator.graph('mutation ($t: String!) { createNote(input: { title: $t }) { note { id } } }', {
        t: `note ${n}`,
      })
    const page =
      'query ($after: String) { board(first: 2, after: $after) { nodes { title } pageInfo { endCursor hasNextPage } } }'
    interface Page {
      board: { nodes: { title: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } }
    }
    const first = (await one.graph<Page>(page)).data.board
    const second = (await one.graph<Page>(page, { after: first.pageInfo.endCursor })).data.board
    expect(
      [first, second].map(({ nodes, pageInfo }) => [nodes.map(({ title }) => title), pageInfo.hasNextPage]),
    ).toEqual([
      [['note 2', 'note 1'], true],
      [['note 0'], false],
    ])
  })
})
