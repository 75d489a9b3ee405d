import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { everyPage, PAGE } from '../testing/every-page.ts'
import { aGuild } from '../testing/guild.ts'

const guild = aGuild()
const CREATE = `mutation ($title: String!, $body: String! = "") {
  createNote(input: { title: $title, body: $body }) { note { id title body state author commentCount } }
}`
const UPDATE = `mutation ($id: ID!, $title: String, $body: String, $state: NoteState) {
  updateNote(input: { id: $id, title: $title, body: $body, state: $state }) { note { title body state } }
}`
const COMMENT = `mutation ($id: ID!, $text: String!) {
  commentOnNote(input: { noteId: $id, text: $text }) { note { commentCount comments { nodes { id text author } } } }
}`
const BOARD = `query ($where: BoardWhere, $first: Int! = 50, $after: String) {
  board(where: $where, first: $first, after: $after) { totalCount nodes { title } pageInfo { endCursor hasNextPage } }
}`

let viewer: Viewer
let operator: Viewer
let admin: Viewer
beforeAll(async () => {
  viewer = await guild.person('a viewer')
  operator = await guild.person('an operator', 'operator')
  admin = await guild.person('an admin', 'admin')
})
const make = async (title: string, body = '') =>
  (await guild.ask<{ createNote: { note: { id: string } } }>(operator, CREATE, { title, body })).data.createNote.note

describe('a note', () => {
  it('is open, trimmed, and by who wrote it', async () => {
    expect(await make('  A title ', ' text ')).toEqual({
      id: expect.stringMatching(/^\d+$/) as string,
      title: 'A title',
      body: 'text',
      state: 'OPEN',
      author: 'an operator',
      commentCount: 0,
    })
  })

  it('changes only in what is given', async () => {
    const { id } = await make('Before', 'body')
    const changed = async (input: object) =>
      (await guild.ask<{ updateNote: { note: object } }>(operator, UPDATE, { id, ...input })).data.updateNote.note
    expect(await changed({ state: 'DONE' })).toEqual({ title: 'Before', body: 'body', state: 'DONE' })
    expect(await changed({ title: 'After' })).toEqual({ title: 'After', body: 'body', state: 'DONE' })
    expect(await changed({ body: '', state: 'OPEN' })).toEqual({ title: 'After', body: '', state: 'OPEN' })
  })

  it.each([
    ['title', '', 'A title has 1 to 200 characters.'],
    ['title', '  ', 'A title has 1 to 200 characters.'],
    ['title', 'x'.repeat(201), 'A title has 1 to 200 characters.'],
    ['body', 'x'.repeat(10_001), 'A body has 0 to 10000 characters.'],
  ])('is refused for its %s, case %#', async (field, text, message) => {
    const { id } = await make('Fine')
    expect(await guild.ask(operator, CREATE, { title: 'Fine', [field]: text })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message,
    })
    expect(await guild.ask(operator, UPDATE, { id, [field]: text })).toMatchObject({ code: 'BAD_USER_INPUT', message })
  })

  it('may be as long as it may be', async () => {
    const made = await make('x'.repeat(200), 'y'.repeat(10_000))
    expect(made).toMatchObject({ title: 'x'.repeat(200), body: 'y'.repeat(10_000) })
  })

  it('is written by operators, and removed by admins', async () => {
    const { id } = await make('Whose')
    for (const [mutation, input] of [
      [CREATE, { title: 'x' }],
      [UPDATE, { id, title: 'x' }],
      [COMMENT, { id, text: 'x' }],
    ] as const)
      expect((await guild.ask(viewer, mutation, input)).code).toBe('FORBIDDEN')
    const remove = (asker: Viewer) =>
      guild.ask(asker, 'mutation ($id: ID!) { deleteNote(input: { id: $id }) { deletedNoteId } }', { id })
    expect([(await remove(viewer)).code, (await remove(operator)).code]).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    expect((await remove(admin)).data).toEqual({ deleteNote: { deletedNoteId: id } })
    expect((await remove(admin)).code).toBe('NOT_FOUND')
    const { data } = await guild.ask(viewer, 'query ($id: ID!) { boardNote(id: $id) { id } }', { id })
    expect(data).toEqual({ boardNote: null })
  })

  it.each(['x', '1x', '-1', '9999999999999999999', '999999'])('is not found by the id %s', async (id) => {
    for (const [asker, mutation, input] of [
      [operator, UPDATE, { id, title: 'x' }],
      [operator, COMMENT, { id, text: 'x' }],
      [admin, 'mutation ($id: ID!) { deleteNote(input: { id: $id }) { deletedNoteId } }', { id }],
      [admin, 'mutation ($id: ID!) { deleteComment(input: { id: $id }) { deletedCommentId } }', { id }],
    ] as const)
      expect((await guild.ask(asker, mutation, input)).code).toBe('NOT_FOUND')
  })
})

describe('comments', () => {
  it('are listed oldest first, with who wrote them, and removed by admins', async () => {
    const { id } = await make('Discussed')
    await guild.ask(operator, COMMENT, { id, text: ' first ' })
    type Commented = { commentOnNote: { note: { commentCount: number; comments: { nodes: { id: string }[] } } } }
    const { data } = await guild.ask<Commented>(admin, COMMENT, { id, text: 'second' })
    expect(data.commentOnNote.note).toMatchObject({
      commentCount: 2,
      comments: {
        nodes: [
          { text: 'first', author: 'an operator' },
          { text: 'second', author: 'an admin' },
        ],
      },
    })
    const [first] = data.commentOnNote.note.comments.nodes
    const remove = 'mutation ($id: ID!) { deleteComment(input: { id: $id }) { deletedCommentId } }'
    expect((await guild.ask(operator, remove, { id: first!.id })).code).toBe('FORBIDDEN')
    expect((await guild.ask(admin, remove, { id: first!.id })).code).toBeNull()
  })

  it('are listed page by page, each once, also after one that was removed', async () => {
    const { id } = await make('Paged')
    for (const text of ['1', '2', '3', '4', '5']) await guild.ask(operator, COMMENT, { id, text })
    const query = `query ($id: ID!, $after: String) {
      boardNote(id: $id) { comments(first: 2, after: $after) { edges { cursor node { id text } } ${PAGE} } }
    }`
    const page = async (after: string | null) =>
      (await guild.ask<{ boardNote: { comments: never } }>(operator, query, { id, after })).data.boardNote.comments
    const paged = await everyPage<{ id: string; text: string }>(page)
    expect(paged.map(({ text }) => text)).toEqual(['1', '2', '3', '4', '5'])
    await guild.pool.query('delete from board_comments where id = $1', [paged[1]!.id])
    const cursor = Buffer.from(JSON.stringify([paged[1]!.id])).toString('base64url')
    expect(await page(cursor)).toMatchObject({
      edges: [{ node: { text: '3' } }, { node: { text: '4' } }],
      totalCount: 4,
    })
    const forged = Buffer.from('["x"]').toString('base64url')
    expect((await guild.ask(operator, query, { id, after: forged })).code).toBe('BAD_USER_INPUT')
  })

  it('say something, in at most 4,000 characters, 500 of a note', async () => {
    const { id } = await make('Full')
    const message = 'A comment has 1 to 4000 characters.'
    for (const text of ['', '  ', 'x'.repeat(4_001)])
      expect(await guild.ask(operator, COMMENT, { id, text })).toMatchObject({ code: 'BAD_USER_INPUT', message })
    await guild.pool.query(
      `insert into board_comments (note_id, text, author_kind, author_id, author_name)
       select $1, 'x', 'user', '1', 'x' from generate_series(1, 499)`,
      [id],
    )
    expect((await guild.ask(operator, COMMENT, { id, text: 'x'.repeat(4_000) })).code).toBeNull()
    expect(await guild.ask(operator, COMMENT, { id, text: 'one more' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'This note has 500 comments already. Write a new note.',
    })
  })
})

describe('the board', () => {
  type Page = {
    board: { totalCount: number; nodes: { title: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } }
  }
  const page = async (input: Record<string, unknown>) => (await guild.ask<Page>(viewer, BOARD, input)).data.board
  it('is listed newest first, page by page, by state and by text', async () => {
    await guild.pool.query('delete from board_notes')
    await make('one')
    const { id } = await make('two', 'about 100%')
    await make('three', 'about 100')
    await guild.ask(operator, UPDATE, { id, state: 'DONE' })
    const titles = ({ nodes }: Page['board']) => nodes.map(({ title }) => title)
    const first = await page({ first: 2 })
    expect([titles(first), first.totalCount, first.pageInfo.hasNextPage]).toEqual([['three', 'two'], 3, true])
    const second = await page({ first: 2, after: first.pageInfo.endCursor })
    expect([titles(second), second.pageInfo.hasNextPage]).toEqual([['one'], false])
    expect(titles(await page({ where: { state: 'OPEN' } }))).toEqual(['three', 'one'])
    expect(titles(await page({ where: { state: 'DONE' } }))).toEqual(['two'])
    expect(titles(await page({ where: { text: '100%' } }))).toEqual(['two'])
    expect(titles(await page({ where: { text: 'THREE' } }))).toEqual(['three'])
  })
  it.each([{ first: 201 }, { first: -1 }, { after: 'x' }])('refuses the page %j', async (input) => {
    expect((await guild.ask(viewer, BOARD, input)).code).toBe('BAD_USER_INPUT')
  })
})
