import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { closeEntry, CONSOLE, keepEntry } from './audit.ts'
import { verifyAudit } from './audit-chain.ts'

const KEPT = { audit: 365, command_audit: 90 }
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

beforeEach(async () => {
  await silently('truncate audit, command_audit, audit_chain')
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
    expect(await verify({ audit: -1, command_audit: -1 })).toEqual({ links: 102, rows: 50, faults: [] })
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
    expect((await verify({ audit: 0, command_audit: 0 })).faults.map(({ kind }) => kind)).toContain('REMOVED_EARLY')
  })
})
