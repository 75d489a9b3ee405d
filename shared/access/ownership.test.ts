import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../auth/viewer.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  isForOperators,
  isForOwnerAlone,
  isHiddenFromOthers,
  isOwnedKind,
  refusalOf,
  tokensOwn,
  type OwnedKind,
} from './ownership.ts'
import { aViewer } from './testing/viewers.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
type Seeded = 'me' | 'you' | 'token' | 'mySession' | 'yourSession' | 'myRule' | 'tokenRule' | 'myChat' | 'yourChat'
type Audience = 'EVERYONE' | 'OPERATORS' | 'ONLY_ME'
const id: Record<Seeded | 'myTurn' | 'yourTurn' | `${'my' | 'your'} ${Audience}`, string> = {} as never

beforeAll(async () => {
  database = await testDatabase()
  const insert = async (text: string, values: unknown[]) =>
    (await database.pool.query<{ id: string }>(`${text} returning id::text as id`, values)).rows[0]!.id
  const user = (name: string) => insert('insert into users (username, role) values ($1, $2)', [name, 'operator'])
  const session = (user: string, hash: string) =>
    insert(
      "insert into user_sessions (id_hash, user_id, ends_at, idle_s) values ($1, $2, now() + interval '1 day', 3600)",
      [Buffer.from(hash), user],
    )
  const rule = (kind: string, owner: string) =>
    insert(
      `insert into watch_rules (owner_kind, owner_id, owner_name, name, field, comparison,
           number, for_s, quiet_s, severity, enabled)
       values ($1, $2, 'x', 'x', 'KILLS', 'GT', 1, 0, 0, 'INFO', true)`,
      [kind, owner],
    )
  const mark = (owner: string, audience: string) =>
    insert(
      `insert into map_marks (owner_kind, owner_id, owner_name, shape, ew, ns, note, colour, audience)
       values ('user', $1, 'x', 'PIN', '{1}', '{2}', 'x', 'RED', $2)`,
      [owner, audience],
    )
  id.me = await user('me')
  id.you = await user('you')
  id.token = randomUUID()
  for (const audience of ['EVERYONE', 'OPERATORS', 'ONLY_ME'] as const) {
    id[`my ${audience}`] = await mark(id.me, audience)
    id[`your ${audience}`] = await mark(id.you, audience)
  }
  id.mySession = await session(id.me, 'one')
  id.yourSession = await session(id.you, 'two')
  id.myRule = await rule('user', id.me)
  id.tokenRule = await rule('token', id.token)
  const chat = (user: string) => insert('insert into assistant_sessions (user_id) values ($1)', [user])
  const turn = (user: string, chat: string) =>
    insert(
      "insert into assistant_turns (session_id, user_id, sign_in, message) values ($1, $2, gen_random_uuid(), 'x')",
      [chat, user],
    )
  id.myChat = await chat(id.me)
  id.yourChat = await chat(id.you)
  id.myTurn = await turn(id.me, id.myChat)
  id.yourTurn = await turn(id.you, id.yourChat)
  await database.pool.query(
    `insert into character_settings (name, owner_id, changed_by)
      values ('Mine', $1, 'x'), ('Yours', $2, 'x'), ('Nobodys', null, 'x')`,
    [id.me, id.you],
  )
})
afterAll(() => database[Symbol.asyncDispose]())

const me = (): Viewer => aViewer('operator', { id: id.me })
const token = (): Viewer => aViewer('operator', { kind: 'token', id: id.token, owner: false })
/** A token with the same id as a person. */
const sameId = (): Viewer => aViewer('operator', { kind: 'token', id: id.me, owner: false })

async function refused(kind: OwnedKind, viewer: Viewer, value: unknown): Promise<string | null> {
  const refusal = await refusalOf(kind, viewer, value, database.pool)
  return refusal && `${String(refusal.extensions['code'])}: ${refusal.message}`
}

describe('ownership', () => {
  it('knows what can be owned, and what tokens can own', () => {
    const all = [
      'account',
      'character',
      'session',
      'watchRule',
      'mapMark',
      'assistantSession',
      'assistantTurn',
      'ship',
      '',
    ]
    const kinds = all.filter(isOwnedKind)
    expect(kinds).toEqual(all.slice(0, 7))
    expect(kinds.filter(tokensOwn)).toEqual(['watchRule', 'mapMark'])
    expect(kinds.filter(isForOperators)).toEqual(['mapMark'])
    expect(kinds.filter(isForOwnerAlone)).toEqual(['assistantSession', 'assistantTurn'])
    expect(kinds.filter(isHiddenFromOthers)).toEqual(['session', 'assistantSession', 'assistantTurn'])
  })

  it('account: the own one, which is meant if none is named; tokens have none', async () => {
    const admins = 'FORBIDDEN: Only admins may do this.'
    expect(await refused('account', me(), id.me)).toBeNull()
    expect(await refused('account', me(), null)).toBeNull()
    expect(await refused('account', me(), undefined)).toBeNull()
    expect(await refused('account', me(), id.you)).toBe(admins)
    expect(await refused('account', sameId(), id.me)).toBe(admins)
    expect(await refused('account', token(), null)).toBe('FORBIDDEN: A token has no sessions.')
  })

  it('character: its owner; without an owner, no one', async () => {
    const owners = 'FORBIDDEN: Only a character’s owner, or an admin, may do this.'
    expect(await refused('character', me(), 'Mine')).toBeNull()
    for (const name of ['Yours', 'Nobodys', 'Unheard of', 'M\0ne', 'mine'])
      expect(await refused('character', me(), name)).toBe(owners)
    expect(await refused('character', sameId(), 'Mine')).toBe(owners)
  })

  it('session: an operator does not end sessions of others, nor learns that there are any', async () => {
    const none = 'NOT_FOUND: There is no such session.'
    expect(await refused('session', me(), id.mySession)).toBeNull()
    expect(await refused('session', me(), id.mySession.toUpperCase())).toBeNull()
    for (const session of [id.yourSession, randomUUID(), 'x', `${id.mySession}0`, `0${id.mySession}`])
      expect(await refused('session', me(), session)).toBe(none)
    expect(await refused('session', sameId(), id.mySession)).toBe(none)
  })

  it('watch rule: an operator does not edit rules of others; a token has its own', async () => {
    const others = 'FORBIDDEN: Only who made a rule, or an admin, may change it.'
    expect(await refused('watchRule', me(), id.myRule)).toBeNull()
    expect(await refused('watchRule', token(), id.tokenRule)).toBeNull()
    expect(await refused('watchRule', me(), id.tokenRule)).toBe(others)
    expect(await refused('watchRule', token(), id.myRule)).toBe(others)
    expect(await refused('watchRule', sameId(), id.myRule)).toBe(others)
    for (const rule of [randomUUID(), 'x', `${id.myRule}0`, `0${id.myRule}`])
      expect(await refused('watchRule', me(), rule)).toBe('NOT_FOUND: There is no such rule.')
  })

  it('[MRK3] mark: its owner and operators, but of a mark that one does not see there is none', async () => {
    const viewer = aViewer('viewer', { id: id.me })
    const none = 'NOT_FOUND: There is no such mark.'
    for (const audience of ['EVERYONE', 'OPERATORS', 'ONLY_ME'] as const)
      expect(await refused('mapMark', viewer, id[`my ${audience}`])).toBeNull()
    for (const [audience, ofViewer, ofOperator] of [
      ['EVERYONE', 'FORBIDDEN: Only who made a mark, or an operator, may change it.', null],
      ['OPERATORS', none, null],
      ['ONLY_ME', none, none],
    ] as const) {
      expect(await refused('mapMark', viewer, id[`your ${audience}`])).toBe(ofViewer)
      expect(await refused('mapMark', me(), id[`your ${audience}`])).toBe(ofOperator)
      expect(await refused('mapMark', sameId(), id[`my ${audience}`])).toBe(ofOperator)
    }
    for (const mark of [randomUUID(), 'x']) expect(await refused('mapMark', me(), mark)).toBe(none)
  })

  it('assistant: what somebody asked is theirs alone, and others do not learn that it is there', async () => {
    for (const [kind, mine, yours, none] of [
      ['assistantSession', id.myChat, id.yourChat, 'NOT_FOUND: There is no such session.'],
      ['assistantTurn', id.myTurn, id.yourTurn, 'NOT_FOUND: There is no such question.'],
    ] as const) {
      expect(await refused(kind, me(), mine)).toBeNull()
      for (const other of [yours, randomUUID(), 'x', `${mine}0`, `0${mine}`])
        expect(await refused(kind, me(), other)).toBe(none)
      expect(await refused(kind, sameId(), mine)).toBe(none)
      expect(await refused(kind, aViewer('admin', { id: id.you }), mine)).toBe(none)
    }
  })
})
