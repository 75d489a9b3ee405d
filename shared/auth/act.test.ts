import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryPubSub } from '../pubsub/memory.ts'
import { testDatabase } from '../testing/test-database.ts'
import { issueAct, MAX_ACT_MS, readAct, type Act } from './act.ts'
import { people, type People } from './people.ts'

const KEY = 'a key for tests only'
const NOW = Date.parse('2026-06-01T12:00:00Z')

describe('a credential that acts for somebody', () => {
  const act: Act = { user: randomUUID(), signIn: randomUUID(), turn: randomUUID(), purpose: 'assistant' }
  const secret = issueAct(KEY, act, NOW)

  it('is read until it runs out, five minutes at most after it was issued', () => {
    expect(MAX_ACT_MS).toBeLessThanOrEqual(300_000)
    expect(readAct(KEY, secret, NOW)).toEqual(act)
    expect(readAct(KEY, secret, NOW + MAX_ACT_MS - 1)).toEqual(act)
    expect(readAct(KEY, secret, NOW + MAX_ACT_MS)).toBeNull()
    // One that claims to last longer than any does was not issued for this moment.
    expect(readAct(KEY, secret, NOW - 1)).toBeNull()
  })

  it('is nothing with another key, another body, another signature, or something behind it', () => {
    expect(readAct('another key', secret, NOW)).toBeNull()
    const [body, signature] = secret.slice('ovl_act_'.length).split('.') as [string, string]
    const other = Buffer.from(JSON.stringify({ ...act, user: randomUUID(), until: NOW + 1000 })).toString('base64url')
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    for (const forged of [
      `ovl_act_${other}.${signature}`,
      `ovl_act_${body}.${flipped}`,
      `ovl_act_${body}.${signature}.x`,
      `ovl_act_${body}.`,
      `ovl_act_${body}`,
      'ovl_act_',
      secret.slice('ovl_act_'.length),
      `ovl_svc_${secret.slice('ovl_act_'.length)}`,
    ])
      expect(readAct(KEY, forged, NOW), forged).toBeNull()
  })
})

describe('who it acts for', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let known: People
  const pubsub = memoryPubSub()
  const one = async (text: string, values: unknown[]) =>
    (await database.pool.query<{ id: string }>(`${text} returning id::text as id`, values)).rows[0]!.id

  beforeAll(async () => {
    database = await testDatabase()
    known = people(database.pool, KEY, pubsub, { days: 30, idleDays: 7 })
  })
  afterAll(() => database[Symbol.asyncDispose]())

  /** A person who asked something, with the credential for it. */
  async function asking(role = 'operator') {
    const user = await one("insert into users (username, role) values ('u ' || gen_random_uuid(), $1)", [role])
    const signIn = await one(
      "insert into user_sessions (id_hash, user_id, ends_at) values ($1, $2, now() + interval '1 day')",
      [Buffer.from(randomUUID()), user],
    )
    const chat = await one('insert into assistant_sessions (user_id) values ($1)', [user])
    const turn = await one(
      "insert into assistant_turns (session_id, user_id, sign_in, message) values ($1, $2, $3, 'x')",
      [chat, user, signIn],
    )
    const act: Act = { user, signIn, turn, purpose: 'assistant' }
    return { act, secret: issueAct(KEY, act, Date.now()) }
  }
  const viewerOf = (secret: string) => known.viewerOfToken(secret)

  it('is the person with their role now, who can only read', async () => {
    const { act, secret } = await asking()
    expect(await viewerOf(secret)).toMatchObject({
      kind: 'user',
      id: act.user,
      role: 'operator',
      only: 'read',
      session: null,
    })
    await database.pool.query("update users set role = 'viewer' where id = $1", [act.user])
    expect(await viewerOf(secret)).toMatchObject({ role: 'viewer', only: 'read' })
  })

  it('is nobody once the turn is over', async () => {
    const { act, secret } = await asking()
    await database.pool.query('update assistant_turns set ended_at = now() where id = $1', [act.turn])
    expect(await viewerOf(secret)).toBeNull()
  })

  it('is nobody once the session it was asked with was revoked, ended or not used for long', async () => {
    for (const end of [
      'delete from user_sessions where id = $1',
      'update user_sessions set ends_at = now() where id = $1',
      "update user_sessions set seen_at = now() - interval '30 days' where id = $1",
    ]) {
      const { act, secret } = await asking()
      expect(await viewerOf(secret)).not.toBeNull()
      await database.pool.query(end, [act.signIn])
      expect(await viewerOf(secret), end).toBeNull()
    }
  })

  it('is nobody with the turn or the session of somebody else', async () => {
    const [mine, yours] = [await asking(), await asking('admin')]
    for (const mixed of [
      { ...mine.act, user: yours.act.user },
      { ...mine.act, turn: yours.act.turn },
      { ...mine.act, signIn: yours.act.signIn },
      { ...mine.act, turn: randomUUID() },
    ])
      expect(await viewerOf(issueAct(KEY, mixed, Date.now()))).toBeNull()
  })
})
