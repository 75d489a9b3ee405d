import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { privacyOf } from '../../../shared/access/privacy.ts'
import { aViewer, settingsOf } from '../../../shared/access/testing/viewers.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import type { ChatWhere } from './conditions.ts'
import { listenersLoader } from './listeners.ts'
import { countChat, listChat, storedChat } from './store.ts'

let database: TestDatabase
const settings = settingsOf({ Ann: { owner: 'ann', placeShown: 'EXACT' } })
const admin = privacyOf(aViewer('admin'), settings, 'admins')
const stranger = privacyOf(aViewer('viewer'), settings, 'admins')

/** Lines by id: who heard what, in which channel, and the first line of the utterance. */
const lines: [id: number, name: string, text: string, channel: string, sender: string | null, first: number | null][] =
  [
    [1, 'Ann', '[Trade] Smith says, "one"', 'TRADE', 'Smith', null],
    [2, 'Bob', '[Trade] Smith says, "two"', 'TRADE', 'Smith', null],
    [3, 'Bob', '[Trade] Smith says, "one"', 'TRADE', 'Smith', 1],
    [4, 'Cid', '[Trade] Smith says, "one"', 'TRADE', 'Smith', 1],
    [5, 'Ann', 'You evaded Drudge!', 'OTHER', null, null],
    [6, 'Ann', 'Smith tells you, "hush"', 'TELL', 'Smith', null],
    [7, 'Ann', '[Olthoi] Smith says, "three"', 'OTHER', 'Smith', null],
  ]

beforeAll(async () => {
  database = await testDatabase()
  for (const name of ['Ann', 'Bob', 'Cid'])
    await database.pool.query('insert into characters (name, first_seen_at, last_seen_at) values ($1, now(), now())', [
      name,
    ])
  for (const [id, name, text, channel, sender, first] of lines)
    await database.pool.query(
      `insert into chat (id, character_id, received_at, at, text, channel, sender, first_id)
       select $1, id, now(), now(), $2, $3, $4, $5 from characters where name = $6`,
      [id, text, channel, sender, first, name],
    )
})
afterAll(() => database[Symbol.asyncDispose]())

const cases: [string, ChatWhere, ids: number[], streamed: number[]][] = [
  ['everything', {}, [7, 6, 5, 2, 1], [1, 2, 5, 6, 7]],
  ['talk', { kinds: ['TALK'] }, [7, 6, 2, 1], [1, 2, 6, 7]],
  ['game text', { kinds: ['GAME_TEXT'] }, [5], [5]],
  ['what one heard first and later', { characters: ['Bob'] }, [2, 1], [2, 3]],
  ['what one heard later', { characters: ['Cid'] }, [1], [4]],
  ['what some heard, once', { characters: ['Bob', 'Cid'] }, [2, 1], [2, 3]],
  ['what all heard', { characters: ['Ann', 'Bob', 'Cid'], kinds: ['TALK'] }, [7, 6, 2, 1], [1, 2, 6, 7]],
  ['what nobody heard', { characters: ['Nobody'] }, [], []],
  ['words of one channel', { characters: ['Bob'], text: 'ONE', channels: ['TRADE'] }, [1], [3]],
]

describe('utterances', () => {
  it.each(cases)(
    'of %s are listed newest first, page by page, counted and streamed once',
    async (_, where, ids, streamed) => {
      const { pool } = database
      const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => Number(id))
      expect(idsOf(await listChat(pool, where, { first: 10 }, admin))).toEqual(ids)
      expect(await countChat(pool, where, admin)).toBe(ids.length)
      const paged: number[] = []
      for (let after: string | null = null; paged.length < ids.length;) {
        const [row] = await listChat(pool, where, { first: 1, after }, admin)
        paged.push(Number(row!.id))
        after = Buffer.from(JSON.stringify([row!.id])).toString('base64url')
      }
      expect(paged).toEqual(ids)
      const facts = storedChat(pool, where, admin)
      expect((await facts.page('0', '99', 10)).map((row) => Number(facts.idOf(row)))).toEqual(streamed)
      for (const [nth, position] of streamed.entries())
        expect((await facts.page(String(position), '99', 10)).map((row) => Number(facts.idOf(row)))).toEqual(
          streamed.slice(nth + 1),
        )
    },
  )

  it('name everybody who heard them, each with their own line', async () => {
    const rows = await listChat(database.pool, {}, { first: 10 }, admin)
    const loader = listenersLoader(database.pool)
    const heard = await Promise.all(rows.map(async (row) => (await loader.load(row)).map(({ character }) => character)))
    expect(heard).toEqual([['Ann'], ['Ann'], ['Ann'], ['Bob'], ['Ann', 'Bob', 'Cid']])
  })

  it('leave out the private messages of others, listed, counted and streamed', async () => {
    for (const where of [{}, { characters: ['Ann'] }, { text: 'hush' }, { channels: ['TELL'] }]) {
      const ids = (await listChat(database.pool, where, { first: 10 }, stranger)).map(({ id }) => id)
      expect(ids).not.toContain('6')
      expect(await countChat(database.pool, where, stranger)).toBe(ids.length)
      expect((await storedChat(database.pool, where, stranger).page('5', '6', 10)).length).toBe(0)
    }
  })
})
