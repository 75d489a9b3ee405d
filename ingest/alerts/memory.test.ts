import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AlertKind } from '../../shared/contract/watch.ts'
import type { Client } from '../../shared/db/pool.ts'
import { idCache } from '../rows/id-cache.ts'
import { NOON, stamp, testWriterAtNoon } from '../writer/testing/noon.ts'
import { freshMemory, note, prepareMemory } from './memory.ts'
import { loadRules } from './rules.ts'
import type { Due } from './watched.ts'

const { at, newName } = testWriterAtNoon()
const client = () => at.pool as unknown as Client

const addRule = (name: string, fields: { enabled?: boolean; field?: string } = {}) =>
  at.pool.query(
    `insert into watch_rules (owner_kind, owner_id, owner_name, name, field, comparison, number, for_s, quiet_s,
       severity, enabled) values ('user', '1', 'me', $1, $2, 'LT', 10, 2, 3, 'CRITICAL', $3)`,
    [name, fields.field ?? 'TAPERS', fields.enabled ?? true],
  )
const setRule = (kind: AlertKind, enabled: boolean) =>
  at.pool.query('update alert_settings set enabled = $2 where kind = $1', [kind, enabled])

afterEach(async () => {
  vi.restoreAllMocks()
  await at.pool.query('delete from watch_rules')
  await at.pool.query('update alert_settings set enabled = true')
})

describe('the rules in the database', () => {
  it('are the built-in ones, in milliseconds and small letters, and those that people made', async () => {
    await at.pool.query(
      "update alert_settings set after_s = 1.5, quiet_s = 2.5, words = '{Idle,LOST}' where kind = 'IDLE'",
    )
    await addRule('On')
    await addRule('Off', { enabled: false })
    await addRule('Of no field', { field: 'COURAGE' })
    const { settings, episodes } = await loadRules(client())
    expect(settings.get('IDLE')).toEqual({ enabled: true, afterMs: 1_500, quietMs: 2_500, words: ['idle', 'lost'] })
    expect([...settings.keys()].sort()).toEqual([
      'DEATH',
      'GONE',
      'IDLE',
      'SERVER_DOWN',
      'SERVER_UP',
      'VORTEX',
      'WATCH',
    ])
    expect(episodes).toHaveLength(2)
    expect(episodes[0]).toMatchObject({ key: 'IDLE', kind: 'IDLE', severity: 'WARNING', forMs: 1_500, quietMs: 2_500 })
    expect(episodes[1]).toMatchObject({ kind: 'WATCH', severity: 'CRITICAL', forMs: 2_000, quietMs: 3_000 })
  })

  it.each([
    ['IDLE', 'WATCH'],
    ['WATCH', 'IDLE'],
  ] as const)('of %s are none where that is switched off', async (off, on) => {
    await addRule('Mine')
    await setRule(off, false)
    const { episodes, settings } = await loadRules(client())
    expect(episodes.map(({ kind }) => kind)).toEqual([on])
    expect(settings.get(off)!.enabled).toBe(false)
  })
})

describe('what is known before rows are looked at', () => {
  let now: number
  beforeEach(() => {
    now = NOON
    vi.spyOn(Date, 'now').mockImplementation(() => now)
  })
  const named = (...names: string[]) => names.map((character) => ({ character, receivedAt: stamp(0) }))

  it('are the rules of now: changes are seen after a second, and every character follows them', async () => {
    const ids = idCache()
    const name = newName()
    await at.store(NOON, { type: 'telemetry', character_name: name, ew: 1, ns: 1 })
    const rules = async () => (await prepareMemory(client(), ids, named(name))).rules
    const first = await rules()
    expect(first.episodes).toHaveLength(1)
    ids.memory(freshMemory).characters.get(name)!.rules = { telemetry: [], vitals: [] }
    await addRule('New')
    now += 1_000
    expect(await rules()).toBe(first)
    expect(ids.memory(freshMemory).characters.get(name)!.rules).toEqual({ telemetry: [], vitals: [] })
    now += 1
    expect((await rules()).episodes).toHaveLength(2)
    expect(ids.memory(freshMemory).characters.get(name)!.rules).toBeNull()
  })

  it('stay the same object while nothing changed', async () => {
    const ids = idCache()
    const first = (await prepareMemory(client(), ids)).rules
    now += 5_000
    expect((await prepareMemory(client(), ids)).rules).toBe(first)
  })

  it('are the characters that rows name, read once, and again after a minute of silence', async () => {
    const ids = idCache()
    const name = newName()
    await at.store(NOON, { type: 'telemetry', character_name: name, ew: 1, ns: 1, char_tag: 'before' })
    const tag = async (second: number) =>
      (await prepareMemory(client(), ids, [{ character: name, receivedAt: stamp(second) }])).characters.get(name)!.tag
    expect(await tag(0)).toBe('before')
    await at.pool.query("update characters set tag = 'after' where name = $1", [name])
    expect(await tag(60)).toBe('before')
    expect(await tag(60.001)).toBe('after')
  })

  it('of a character is read again by its first row of a batch alone', async () => {
    const ids = idCache()
    const name = newName()
    await at.store(NOON, { type: 'telemetry', character_name: name, ew: 1, ns: 1, char_tag: 'before' })
    await prepareMemory(client(), ids, named(name))
    await at.pool.query("update characters set tag = 'after' where name = $1", [name])
    const rows = [0, 100].map((second) => ({ character: name, receivedAt: stamp(second) }))
    expect((await prepareMemory(client(), ids, rows)).characters.get(name)!.tag).toBe('before')
  })

  it('is of at most 20,000 characters, then of those named alone', async () => {
    const ids = idCache()
    const name = newName()
    await at.store(NOON, { type: 'telemetry', character_name: name, ew: 1, ns: 1 })
    const memory = ids.memory(freshMemory)
    for (let n = 0; n < 19_999; n++) memory.characters.set(`C${n}`, {} as never)
    await prepareMemory(client(), ids, named(name))
    expect(memory.characters.size).toBe(20_000)
    await prepareMemory(client(), ids, named(name), named('Nobody'))
    expect([...memory.characters.keys()]).toEqual([name])
  })
})

describe('a queued alert', () => {
  const due = (atMs: number, quietMs: number, key = 'k'): Due => ({ atMs, quietMs, key }) as Due

  it('is left out within the quiet time of its key, and counts again at its end', () => {
    const memory = freshMemory()
    for (const alert of [due(0, 10), due(9, 10), due(9, 10, 'other'), due(10, 10), due(19, 10)]) note(memory, alert)
    expect(memory.due.map(({ atMs, key }) => [atMs, key])).toEqual([
      [0, 'k'],
      [9, 'other'],
      [10, 'k'],
    ])
  })

  it('without quiet time is queued each time, and nothing is kept of it', () => {
    const memory = freshMemory()
    for (let n = 0; n < 3; n++) note(memory, due(0, 0))
    expect([memory.due.length, memory.quiet.size]).toEqual([3, 0])
  })

  it('leaves at most 20,000 keys behind', () => {
    const memory = freshMemory()
    for (let n = 0; n < 20_000; n++) note(memory, due(0, 10, `k${n}`))
    expect(memory.quiet.size).toBe(20_000)
    note(memory, due(0, 10, 'one more'))
    expect([...memory.quiet.keys()]).toEqual(['one more'])
  })
})
