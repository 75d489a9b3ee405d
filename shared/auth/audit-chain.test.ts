import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { closeEntry, CONSOLE, keepEntry } from './audit.ts'
import { verifyAudit } from './audit-chain.ts'

const KEPT = { audit: 365, command_audit: 90, mcp_calls: 365, assistant_sessions: 90 }
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const query = (text: string, values: unknown[] = []) => database.pool.query(text, values)
const verify = (kept = KEPT) => verifyAudit(database.pool, kept)
const faults = async () => (await verify()).faults.map(({ kind, source }) => `${kind} ${source}`)
const entry = (action: string) => keepEntry(database.pool, { by: CONSOLE, action, details: { a: 1 } }, null)
/** Changes rows as somebody with the database could, with the triggers off. */
const silently = async (text: string, values: unknown[] = []) => {
  const client = await database.pool.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    await client.query(text, values)
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** A call of a tool; returns its id. */
const call = async () => {
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into mcp_calls (at, viewer_kind, viewer_id, viewer_name, transport, tool, arguments, duration_ms, outcome)
     values (now(), 'token', '1', 'bot', 'HTTP', 'get_live_players', '{}', 3, 'OK') returning id`,
  )
  return rows[0]!.id
}
/** A question with its answer; returns who asked, in which chat, and the question's row_id in the chain. */
const question = async () => {
  const { rows } = await database.pool.query<{ user: string; session: string; turn: string; id: string }>(
    `with u as (insert into users (username, role) values ('asker ' || gen_random_uuid(), 'viewer') returning id),
       s as (insert into assistant_sessions (user_id) select id from u returning id, user_id)
     insert into assistant_turns (session_id, user_id, sign_in, message)
     select id, user_id, gen_random_uuid(), 'who is online' from s
     returning user_id as user, session_id as session, id as turn, audit_id as id`,
  )
  const asked = rows[0]!
  await query(
    `with e as (insert into assistant_events (turn_id, session_id, seq, kind, payload, trace)
       values ($1, $2, 0, 'TEXT', '{"text": "Larsson"}', 't'), ($1, $2, 1, 'DONE', '{}', 't'))
     update assistant_turns set ended_at = now() where id = $1`,
    [asked.turn, asked.session],
  )
  return asked
}

beforeEach(async () => {
  await silently('truncate audit, command_audit, mcp_calls, assistant_sessions, audit_chain cascade')
  await silently("update audit_head set seq = 0, hash = sha256('overlord audit')")
})

describe('the audit’s chain', () => {
  it('fits what is written, completed and removed in time, by many at once', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, (_, n) => entry(`action ${n}`)))
    await Promise.all(ids.map((id) => closeEntry(database.pool, id, 'OK')))
    await query(
      `insert into command_audit (viewer_kind, viewer_id, viewer_name, character_name, command)
       values ('user', '1', 'Admin', 'Larsson', '/radar')`,
    )
    expect(await verify()).toEqual({ links: 101, rows: 51, faults: [] })
    await query('delete from audit where id = $1', [ids[0]])
    expect(await verify({ ...KEPT, audit: -1, command_audit: -1 })).toEqual({ links: 102, rows: 50, faults: [] })
  })

  it.each([
    ['a changed entry', "update audit set details = '{}' where id = $1", 'CHANGED audit'],
    ['an entry whose time was changed', "update audit set at = at - interval '1 s' where id = $1", 'CHANGED audit'],
    ['a missing entry', 'delete from audit where id = $1', 'MISSING audit'],
    [
      'an added entry',
      "insert into audit (viewer_kind, viewer_name, action) select 'user', 'x', 'y' where $1::bigint > 0",
      'UNKNOWN audit',
    ],
    ['a changed link', "update audit_chain set row_hash = sha256('x') where row_id = $1", 'LINK_CHANGED audit_chain'],
    ['a missing link', 'delete from audit_chain where row_id = $1', 'LINK_MISSING audit_chain'],
  ])('finds %s, and no other', async (_, tamper, found) => {
    await entry('before')
    const id = await entry('this')
    await entry('after')
    await silently(tamper, [id])
    expect(await faults()).toContain(found)
    const { faults: all } = await verify()
    expect(all.filter(({ source, rowId }) => source === 'audit' && rowId !== id && found !== 'UNKNOWN audit')).toEqual(
      [],
    )
  })

  it.each([
    ['a changed entry', "update audit set viewer_name = 'mallory' where id = $1", 'CHANGED audit'],
    ['another outcome', "update audit set outcome = 'FORBIDDEN' where id = $1", 'CHANGED audit'],
    [
      'an entry made old and removed',
      "with old as (update audit set at = '2020-01-01' where id = $1) select",
      'REMOVED_EARLY audit',
    ],
  ])('finds %s by plain statements', async (_, tamper, found) => {
    const id = await entry('this')
    await closeEntry(database.pool, id, 'OK')
    await query(tamper, [id])
    if (found.startsWith('REMOVED')) await query('delete from audit where id = $1', [id])
    expect(await faults()).toEqual([found])
  })

  it('finds that the newest entries are gone, with their links', async () => {
    await entry('kept')
    const id = await entry('gone')
    await silently('delete from audit where id = $1', [id])
    await silently('delete from audit_chain where row_id = $1', [id])
    expect(await faults()).toEqual(['LINK_MISSING audit_head'])
  })

  it('finds an entry removed before its time, by whomever, and none where nothing is kept for ever', async () => {
    const id = await entry('removed')
    await query('delete from audit where id = $1', [id])
    expect(await faults()).toEqual(['REMOVED_EARLY audit'])
    await silently("update audit_chain set row_at = now() - interval '400 days'")
    expect((await verify({ ...KEPT, audit: 0, command_audit: 0 })).faults.map(({ kind }) => kind)).toContain(
      'REMOVED_EARLY',
    )
  })

  it.each([
    ['a changed call', 'update mcp_calls set arguments = \'{"a": 1}\' where id = $1', 'CHANGED mcp_calls'],
    ['a removed call', 'delete from mcp_calls where id = $1', 'REMOVED_EARLY mcp_calls'],
  ])('finds %s of an MCP tool', async (_, tamper, found) => {
    const id = await call()
    await call()
    expect(await verify()).toEqual({ links: 2, rows: 2, faults: [] })
    await query(tamper, [id])
    expect(await faults()).toEqual([found])
  })

  it.each([
    ['a changed question', "update assistant_turns set message = 'x' where audit_id = $1", 'CHANGED'],
    [
      'a changed answer',
      `update assistant_events set payload = '{"text": "x"}' where seq = 0
       and turn_id = (select id from assistant_turns where audit_id = $1)`,
      'CHANGED',
    ],
    [
      'a removed part of an answer',
      'delete from assistant_events where turn_id = (select id from assistant_turns where audit_id = $1) and seq = 0',
      'CHANGED',
    ],
    ['a removed question', 'delete from assistant_turns where audit_id = $1', 'REMOVED_EARLY'],
  ])('finds %s of the assistant', async (_, tamper, found) => {
    const { id } = await question()
    await question()
    expect(await verify()).toEqual({ links: 4, rows: 2, faults: [] })
    await query(tamper, [id])
    expect(await faults()).toEqual([`${found} assistant_turns`])
  })

  it.each([
    ['its owner deletes the chat', 'deleteAssistantSession', 'session', 'delete from assistant_sessions where id = $1'],
    ['an admin deletes the account', 'deleteUser', 'user', 'delete from users where id = $1'],
  ] as const)('a question may be removed when %s, and only then', async (_, action, key, removal) => {
    const asked = await question()
    const by = { kind: 'user' as const, id: asked.user, name: 'asker' }
    const id = await keepEntry(database.pool, { by, action, subject: asked[key] }, null)
    await query(removal, [asked[key]])
    await closeEntry(database.pool, id, 'OK')
    expect((await verify()).faults).toEqual([])
    const other = await question()
    await query(removal, [other[key]])
    expect(await faults()).toEqual(['REMOVED_EARLY assistant_turns'])
  })

  it('a chat may be removed when it was kept for as long as chats are', async () => {
    const { session } = await question()
    await silently("update audit_chain set row_at = now() - interval '91 days'")
    await query('delete from assistant_sessions where id = $1', [session])
    expect(await faults()).not.toContain('REMOVED_EARLY assistant_turns')
  })
})
