import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlertEvent } from '../../shared/contract/watch.ts'
import { transaction } from '../../shared/db/pool.ts'
import { testDatabase, type TestDatabase } from '../../shared/testing/test-database.ts'
import { idCache } from '../rows/id-cache.ts'
import { freshMemory } from './memory.ts'
import { insertAlerts, raiseAlerts } from './raise.ts'
import type { Due, Memory, Watched } from './watched.ts'

let database: TestDatabase
let larsson: { id: number; name: string }
beforeAll(async () => {
  database = await testDatabase()
  larsson = await aCharacter('Larsson')
})
afterAll(() => database[Symbol.asyncDispose]())

async function aCharacter(name: string) {
  const { rows } = await database.pool.query<{ id: number; name: string }>(
    'insert into characters (name, first_seen_at, last_seen_at) values ($1, now(), now()) returning id, name',
    [name],
  )
  return rows[0]!
}
const NOON = Date.UTC(2026, 5, 20, 12)
const stamp = (second: number) => new Date(NOON + second * 1000).toISOString()
let keys = 0
const due = (other: Partial<Due> = {}): Due => ({
  kind: 'DEATH',
  character: larsson,
  atMs: NOON,
  severity: 'CRITICAL',
  text: 'Larsson died',
  details: { vitae: 5 },
  key: `key ${++keys}`,
  quietMs: 0,
  ...other,
})
const insert = (...alerts: Due[]) => transaction(database.pool, (client) => insertAlerts(client, alerts))
const rowsOf = async (text: string) => (await database.pool.query<Record<string, unknown>>(text)).rows

describe('alerts that are stored', () => {
  it('are published with the id they got, in the order they came', async () => {
    const [first, second] = await insert(
      due(),
      due({ kind: 'VORTEX', character: null, text: 'vortex', atMs: NOON + 1 }),
    )
    expect(first!.topic).toBe('ev.alert.' + first!.topic.split('.')[2]!)
    const [one, two] = [first!.event as AlertEvent, second!.event as AlertEvent]
    expect(one).toEqual({
      id: one.id,
      kind: 'DEATH',
      character: 'Larsson',
      at: stamp(0),
      severity: 'CRITICAL',
      text: 'Larsson died',
      details: { vitae: 5 },
    })
    expect([two.kind, two.character, two.at]).toEqual(['VORTEX', null, stamp(0.001)])
    expect(Number(two.id)).toBe(Number(one.id) + 1)
    expect(await rowsOf(`select kind, text, details, character_id from alerts where id = ${one.id}`)).toEqual([
      { kind: 'DEATH', text: 'Larsson died', details: { vitae: 5 }, character_id: larsson.id },
    ])
  })

  it('are none where none are due', async () => {
    expect(await insert()).toEqual([])
  })

  it.each([
    [60_000, 59, 0],
    [60_000, 60, 1],
    [0, 0.5, 1],
    [0, -1, 1],
  ])('are quiet for %d ms after one of the same key: %d s later', async (quietMs, seconds, stored) => {
    const one = due({ quietMs })
    expect(await insert(one)).toHaveLength(1)
    expect(await insert({ ...one, atMs: NOON + seconds * 1000 })).toHaveLength(stored)
    expect(await insert({ ...one, key: `another ${++keys}` })).toHaveLength(1)
  })

  it('that are reported once for good are stored once', async () => {
    expect(await insert(due({ once: 'gone' }))).toHaveLength(1)
    expect(await insert(due({ once: 'gone', atMs: NOON + 1e9 }), due({ once: 'gone too' }))).toHaveLength(1)
  })

  it('are all of a batch, however many', async () => {
    const many = Array.from({ length: 2_001 }, () => due())
    expect(await insert(...many)).toHaveLength(2_001)
  })

  it('may hold what the database refuses in JSON', async () => {
    const [stored] = await insert(due({ details: { text: 'a\0b' } }))
    const id = (stored!.event as AlertEvent).id
    expect(await rowsOf(`select details from alerts where id = ${id}`)).toEqual([{ details: { text: 'ab' } }])
  })
})

describe('what a batch leaves behind', () => {
  const watched = (character: { id: number; name: string }, vitae = 0) => ({ ...character, vitae }) as Watched
  const episode = (since: number, fired: number | null, other: object = {}) => ({
    revision: 1,
    sinceMs: NOON + since * 1000,
    firedMs: fired === null ? null : NOON + fired * 1000,
    session: 's',
    row: null,
    ...other,
  })
  /** Stores what a batch has in mind. */
  async function raise(fill: (memory: Memory) => void) {
    const ids = idCache()
    const memory = ids.memory(freshMemory)
    fill(memory)
    const published = await transaction(database.pool, (client) => raiseAlerts(client, ids))
    return { memory, kinds: published.map(({ event }) => (event as AlertEvent).kind) }
  }
  const changed = (character: Watched, rule: string, one: object | null) => (memory: Memory) =>
    void memory.changed.set(`${character.id} ${rule}`, { character, rule, episode: one as never })
  const states = (id: number) =>
    rowsOf(`select rule, revision, since, fired_at, session from watch_states where character_id = ${id} order by rule`)

  it('is nothing in memory, and vitae in the database', async () => {
    const [one, two] = [watched(await aCharacter('One'), 5), watched(await aCharacter('Two'), 0)]
    const { memory, kinds } = await raise((memory) => {
      memory.vitae.add(two).add(one)
      memory.due.push(due())
      changed(one, 'r', episode(0, null))(memory)
    })
    expect([kinds, memory.due, memory.changed.size, memory.vitae.size]).toEqual([['DEATH'], [], 0, 0])
    const vitae = () =>
      rowsOf(
        `select character_id as id, vitae from watch_characters where character_id in (${one.id}, ${two.id})
          order by 1`,
      )
    expect(await vitae()).toEqual([
      { id: one.id, vitae: 5 },
      { id: two.id, vitae: 0 },
    ])
    await raise((memory) => void memory.vitae.add({ ...one, vitae: 0 }))
    expect((await vitae())[0]).toEqual({ id: one.id, vitae: 0 })
  })

  it('are episodes as they stand, until they end', async () => {
    const one = watched(await aCharacter('Three'))
    await raise((memory) => {
      changed(one, 'a', episode(0, null))(memory)
      changed(one, 'b', episode(1, 2, { session: null }))(memory)
    })
    expect(await states(one.id)).toEqual([
      { rule: 'a', revision: 1, since: stamp(0), fired_at: null, session: 's' },
      { rule: 'b', revision: 1, since: stamp(1), fired_at: stamp(2), session: null },
    ])
    await raise((memory) => {
      changed(one, 'a', episode(0, 5))(memory)
      changed(one, 'b', null)(memory)
    })
    expect(await states(one.id)).toEqual([
      { rule: 'a', revision: 1, since: stamp(0), fired_at: stamp(5), session: 's' },
    ])
  })

  it('that another process reported before is not reported again', async () => {
    const one = watched(await aCharacter('Four'))
    const reported = (rule: string) => due({ kind: 'WATCH', character: one, episode: rule })
    const again = async (state: object) => {
      const { kinds } = await raise((memory) => {
        changed(one, 'r', state)(memory)
        memory.due.push(reported('r'), due({ character: one }))
      })
      return kinds
    }
    expect(await again(episode(0, 5))).toEqual(['WATCH', 'DEATH'])
    expect(await again(episode(0, 6))).toEqual(['DEATH'])
    expect(await states(one.id)).toMatchObject([{ fired_at: stamp(5) }])
    expect(await again(episode(7, 8))).toEqual(['WATCH', 'DEATH'])
    expect(await again(episode(7, 9, { revision: 2 }))).toEqual(['WATCH', 'DEATH'])
  })
})
