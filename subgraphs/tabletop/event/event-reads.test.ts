import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Pool } from '../../../shared/db/pool.ts'
import { aTable } from '../testing/table.ts'
import { eventReads } from './event-reads.ts'

const table = aTable()
const WHISPER = `mutation ($input: GmWhisperInput!) { gmWhisper(input: $input) { to } }`

/** The pool of the table, and how many statements went through it. */
function counted() {
  let statements = 0
  const query = (...given: Parameters<Pool['query']>) => {
    statements++
    return table.pool.query(...given)
  }
  return { pool: { query } as unknown as Pool, statements: () => statements }
}

describe('reads of events', () => {
  it('[TAB86] are one statement for all who follow a session, and each sees what it may', async () => {
    const [leader, player] = await table.two()
    const other = await table.person('other')
    const { id: sessionId } = await table.game(leader, player)
    await table.join(leader, sessionId, other)
    const { code } = await table.ask(leader, WHISPER, { input: { sessionId, userId: player.id, message: 'psst' } })
    expect(code).toBeNull()
    const { pool, statements } = counted()
    const reads = eventReads(pool)
    const newest = await Promise.all([1, 2, 3].map(() => reads.newest(sessionId)))
    expect([new Set(newest).size, statements()]).toEqual([1, 1])
    const span = { after: '0', upTo: newest[0]!, limit: 100 }
    const stranger = randomUUID()
    const pages = await Promise.all(
      [leader.id, player.id, other.id, stranger].map((userId) => reads.page({ sessionId, userId }, span)),
    )
    expect(statements()).toBe(2)
    const hasWhisper = pages.map((page) => page.some(({ kind }) => kind === 'WHISPER'))
    expect(hasWhisper).toEqual([true, true, false, false])
    expect(pages[3]).toEqual([])
    expect(pages[0]).toEqual((await eventReads(pool).page({ sessionId, userId: leader.id }, span)).slice())
    for (const event of pages.flat()) for (const own of ['visibleTo', 'members']) expect(event).not.toHaveProperty(own)
  })

  it('[TAB86] begin after their reader asked: nobody gets what was read before', async () => {
    const [leader, player] = await table.two()
    const { id: sessionId } = await table.game(leader, player)
    const reads = eventReads(table.pool)
    const before = await reads.newest(sessionId)
    const underWay = reads.newest(sessionId)
    await new Promise(setImmediate)
    await table.say(leader, sessionId, '/roll 2')
    expect(BigInt((await reads.newest(sessionId))!)).toBeGreaterThan(BigInt(before!))
    await underWay
  })

  it('[TAB86] of a page that is full leave nothing out for who sees less of it', async () => {
    const [leader, player] = await table.two()
    const { id: sessionId } = await table.game(leader, player)
    const other = await table.person('other')
    await table.join(leader, sessionId, other)
    for (let n = 0; n < 3; n++)
      await table.ask(leader, WHISPER, { input: { sessionId, userId: player.id, message: `psst ${n}` } })
    await table.say(leader, sessionId, '/roll 2')
    const reads = eventReads(table.pool)
    const upTo = (await reads.newest(sessionId))!
    const all = await reads.page({ sessionId, userId: other.id }, { after: '0', upTo, limit: 100 })
    const first = await reads.page({ sessionId, userId: other.id }, { after: '0', upTo, limit: all.length })
    expect(first).toEqual(all)
  })
})
