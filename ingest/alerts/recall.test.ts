import { describe, expect, it } from 'vitest'
import type { Client } from '../../shared/db/pool.ts'
import { testWriterAtNoon, NOON, stamp } from '../writer/testing/noon.ts'
import { clockOf } from './client-clock.ts'
import { freshMemory } from './memory.ts'
import { recall } from './recall.ts'
import type { Watched } from './watched.ts'

const { at, newName } = testWriterAtNoon()
const recalled = async (name: string, before?: Partial<Watched>) => {
  const memory = freshMemory()
  memory.round = 9
  if (before) memory.characters.set(name, before as Watched)
  await recall(at.pool as unknown as Client, memory, [name, 'Nobody'])
  expect([...memory.characters.keys()]).toEqual([name])
  return memory.characters.get(name)!
}

describe('what the database knows of a character', () => {
  it('is its tag and session, when it was heard, its vitals and its vitae', async () => {
    const character_name = newName()
    const telemetry = { type: 'telemetry', ew: 1, ns: 1, char_tag: 'main', session_id: 's', timestamp: stamp(-2) }
    await at.store(NOON, { character_name, ...telemetry })
    await at.store(NOON + 1000, { type: 'vitals', character_name, vitae: 5, health_current: 7, timestamp: stamp(0.5) })
    const found = await recalled(character_name)
    expect(found).toMatchObject({
      name: character_name,
      tag: 'main',
      session: 's',
      formerSession: null,
      vitae: 5,
      telemetryAt: stamp(0),
      vitalsAt: stamp(1),
      round: 9,
      rules: null,
    })
    expect(found.clock).toEqual(
      clockOf({ clientAt: stamp(-2), receivedAt: stamp(0) }, { clientAt: stamp(0.5), receivedAt: stamp(1) }),
    )
    expect(found.vitalsBefore).toMatchObject({ character: character_name, health: 7, maxHealth: null, vitae: 5 })
    expect(new Date(found.vitalsBefore!.receivedAt).toISOString()).toBe(stamp(1))
    expect(found.episodes.size).toBe(0)
  })

  it('may be nothing but its name', async () => {
    const name = newName()
    await at.pool.query('insert into characters (name, first_seen_at, last_seen_at) values ($1, now(), now())', [name])
    const found = await recalled(name)
    expect(found).toMatchObject({ tag: null, session: null, vitae: null, telemetryAt: '', vitalsAt: '' })
    expect([found.vitalsBefore, found.clock]).toEqual([null, clockOf(null, null)])
  })

  it('are the episodes that go on, by rule', async () => {
    const name = newName()
    const { rows } = await at.pool.query<{ id: number }>(
      'insert into characters (name, first_seen_at, last_seen_at) values ($1, now(), now()) returning id',
      [name],
    )
    await at.pool.query(
      `insert into watch_states (rule, character_id, revision, since, fired_at, session)
       values ('a', $1, 2, $2, $3, 's'), ('b', $1, 1, $2, null, null)`,
      [rows[0]!.id, stamp(0), stamp(5)],
    )
    expect([...(await recalled(name)).episodes]).toEqual([
      ['a', { revision: 2, sinceMs: NOON, firedMs: NOON + 5000, session: 's', row: null }],
      ['b', { revision: 1, sinceMs: NOON, firedMs: null, session: null, row: null }],
    ])
  })

  it('leaves alone what only memory knows: its clock, and the session before', async () => {
    const name = newName()
    await at.store(NOON, { type: 'vitals', character_name: name, vitae: 1 })
    const clock = clockOf(null, null)
    const found = await recalled(name, { clock, formerSession: 'before' })
    expect([found.clock === clock, found.formerSession, found.session]).toEqual([true, 'before', null])
  })
})
