import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contract } from './registry.ts'
import { clientMoment, spanSeconds, unsignedId } from '../../shared/contract/fields.ts'
import { readItem } from './inventory/item.ts'
import { topic, topicPart } from '../../shared/contract/topics.ts'

const golden = path.join(import.meta.dirname, 'golden')
const frame = (type: string) =>
  JSON.parse(readFileSync(path.join(golden, `${type}.json`), 'utf8')) as Record<string, unknown>
const decode = (type: string, raw: Record<string, unknown>) => contract.get(type)!.decode(raw)

describe('the contract', () => {
  const files = readdirSync(golden).map((file) => path.basename(file, '.json'))
  it('has one golden frame for every type, and of some an older shape', () => {
    expect(files.filter((file) => !file.includes('.')).sort()).toEqual([...contract.keys()].sort())
    for (const file of files) expect(contract.has(file.replace(/\.older$/, ''))).toBe(true)
  })

  it.each(files.filter((file) => file.endsWith('.older')))('[FRM3] understands %s', (file) => {
    const decoded = decode(file.replace('.older', ''), frame(file))
    expect(decoded).toMatchObject({ ok: true, dropped: [], unknown: [] })
  })

  it.each([...contract.keys()])('understands the golden %s frame to the last field', (type) => {
    const decoded = decode(type, frame(type))
    expect(decoded).toMatchObject({ ok: true, dropped: [], unknown: [] })
  })

  it('[FRM2] takes numbers as text, with point or comma', () => {
    const decoded = decode('telemetry', {
      ...frame('telemetry'),
      ew: '-44,31',
      kills_per_hour: ' 812.40 ',
      deaths: '3.0',
    })
    expect(decoded).toMatchObject({
      ok: true,
      frame: { ew: -44.31, kills_per_hour: 812.4, deaths: 3, total_deaths: 133 },
    })
  })

  it('[FRM3] takes older names of fields, today’s name first', () => {
    expect(decode('rare', { player_name: 'A', rare_name: 'B' })).toMatchObject({
      ok: true,
      frame: { character_name: 'A', name: 'B' },
    })
    expect(decode('chat', { character_name: 'A', message: 'old', text: 'new' })).toMatchObject({
      ok: true,
      frame: { text: 'new' },
    })
    expect(decode('vitals', { character_name: 'A', health: 50 })).toMatchObject({
      ok: true,
      frame: { health_percentage: 50 },
    })
  })

  it('[FRM4] names fields it does not know', () => {
    expect(decode('chat', { ...frame('chat'), mood: 'good' })).toMatchObject({ ok: true, unknown: ['mood'] })
  })

  it.each([
    ['kills', 3e9],
    ['kills', 'many'],
    ['z', 1e300],
    ['vt_state', 'x'.repeat(65)],
    ['session_id', {}],
  ])('[FRM5] leaves out %s = %s and keeps the frame', (field, value) => {
    const decoded = decode('telemetry', { ...frame('telemetry'), [field]: value })
    expect(decoded).toMatchObject({ ok: true, dropped: [field] })
    expect(decoded.ok && decoded.frame).not.toHaveProperty(field)
  })

  it.each([
    ['ew', undefined],
    ['ew', 'west'],
    ['ew', 1e300],
    ['character_name', ''],
    ['character_name', null],
    ['ns', NaN],
  ])('[FRM6] [TEL1] refuses telemetry whose %s is %s, with the path', (field, value) => {
    expect(decode('telemetry', { ...frame('telemetry'), [field]: value })).toMatchObject({
      ok: false,
      path: `/${field}`,
    })
  })

  it('[TEL1] asks of telemetry only a name and a place', () => {
    expect(decode('telemetry', { character_name: 'A', ew: 1, ns: 2 })).toEqual({
      ok: true,
      frame: { character_name: 'A', ew: 1, ns: 2 },
      dropped: [],
      unknown: [],
    })
  })

  it('[FRM5] [FRM6] counts the characters of a text as the database does: a pair of surrogates is one', () => {
    const decodeNames = (name: string, tag: string) =>
      decode('telemetry', { character_name: name, char_tag: tag, ew: 1, ns: 2 })
    expect(decodeNames('😀'.repeat(64), '😀'.repeat(64))).toMatchObject({ ok: true, dropped: [] })
    expect(decodeNames('A', `a${'😀'.repeat(64)}`)).toMatchObject({ ok: true, dropped: ['char_tag'] })
    expect(decodeNames('A', 'a'.repeat(129))).toMatchObject({ ok: true, dropped: ['char_tag'] })
    expect(decodeNames('😀'.repeat(65), '')).toMatchObject({ ok: false, path: '/character_name' })
  })

  it('[FRM8] cleans text of what the database refuses', () => {
    expect(decode('chat', { character_name: 'A', text: 'a\0b\ud800' })).toMatchObject({
      ok: true,
      frame: { text: 'ab\ufffd' },
    })
  })

  it('[FRM9] is not fooled by names of the prototype', () => {
    expect(contract.get('__proto__')).toBeUndefined()
    expect(contract.get('constructor')).toBeUndefined()
    const raw = JSON.parse(
      '{"character_name":"A","session":{"monsters":{"__proto__":{"kill_count":1},"constructor":{"kill_count":2}}}}',
    ) as Record<string, unknown>
    const decoded = decode('combat_stats', raw)
    expect(decoded).toMatchObject({ ok: true, frame: { session: { monsters: { constructor: { kill_count: 2 } } } } })
    expect(({} as { kill_count?: number }).kill_count).toBeUndefined()
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...contract.keys()), fc.dictionary(fc.string(), fc.jsonValue()), (type, raw) => {
        expect(typeof decode(type, { ...frame(type), ...(raw as object) }).ok).toBe('boolean')
        expect(typeof decode(type, raw as Record<string, unknown>).ok).toBe('boolean')
      }),
    )
  })
})

describe('a client’s moment', () => {
  const now = new Date('2026-06-20T12:00:00Z')
  it.each([
    ['2026-06-20T18:03:11.1234567Z', '2026-06-20T18:03:11.123Z'],
    ['2026-06-20T18:03:11', '2026-06-20T18:03:11.000Z'],
    ['2026-06-20T18:03:11+02:00', '2026-06-20T16:03:11.000Z'],
    ['yesterday', '2026-06-20T12:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '2026-06-20T12:00:00.000Z'],
    [undefined, '2026-06-20T12:00:00.000Z'],
  ])('[TIM2] %s is %s', (text, moment) => {
    expect(clientMoment(text, now).toISOString()).toBe(moment)
  })

  it.each([
    ['01:52:31', 6751],
    ['1.01:52:31', 93_151],
    ['120:00:00', 432_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('a span of %s is %s seconds', (text, seconds) => {
    expect(spanSeconds(text)).toBe(seconds)
  })
})

describe('an item record', () => {
  const girth = (frame('full_inventory')['items'] as Record<string, unknown>[])[0]!
  it('[INV4] has an unsigned id, as signed and unsigned tellers agree', () => {
    expect(readItem({ Id: -2147302131 })).toMatchObject({ gameId: 2147665165 })
    expect(readItem({ id: '2147665165' })).toMatchObject({ gameId: 2147665165 })
    expect(unsignedId(-1)).toBe(4294967295)
  })
  it('is read from property bags, computed fields and snake case alike', () => {
    expect(readItem(girth)).toMatchObject({
      name: 'Celdon Girth',
      armorLevel: 412,
      burden: 640,
      value: 21345,
      material: 57,
      setId: 13,
      workmanship: 7,
      wieldedLocation: 1024,
      containerId: 0,
      appraised: true,
      spells: [6105, 4704],
    })
    expect(
      readItem({ item_id: 7, name: 'Coin', object_class: 7, int_values: { 19: '5' }, stack_count: 3 }),
    ).toMatchObject({ gameId: 7, name: 'Coin', objectClass: 7, value: 5, stack: 3, appraised: false })
  })
  it('[INV7] takes -1 for absent, and a worn place of 0 for not worn', () => {
    expect(readItem({ Id: 1, ArmorLevel: -1, Value: -1, CurrentWieldedLocation: 0 })).toMatchObject({
      armorLevel: null,
      value: null,
      wieldedLocation: null,
    })
    expect(readItem({ Id: 1 })).toMatchObject({ wieldedLocation: undefined, containerId: undefined })
  })
  it.each([[null], [5], [{}], [{ Id: 'x' }], [{ Id: 1e12 }], [[1]]])('[INV5] is none when it is %j', (raw) => {
    expect(readItem(raw)).toHaveProperty('reason')
  })
})

describe('a topic', () => {
  it('carries any name without blanks, dots or stars', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (name) => /^[\w-]+$/.test(topicPart(name))))
    expect(topic('vitals', 'Boreal Fist')).toBe(`ev.vitals.${Buffer.from('Boreal Fist').toString('base64url')}`)
    expect(topic('vitals')).toBe('ev.vitals.*')
  })
})
