import { describe, expect, it } from 'vitest'
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import { idCache } from '../rows/id-cache.ts'
import { clockOf } from './client-clock.ts'
import { watchFrames } from './watch-rows.ts'
import { freshMemory } from './memory.ts'
import { idleRule, watchRule, type Rules, type WatchRuleRow } from './rules.ts'

const aRule = (part: Partial<WatchRuleRow>) =>
  watchRule({
    id: 'r',
    name: 'Rule',
    characters: null,
    tag: null,
    field: 'TAPERS',
    comparison: 'LT',
    number: 10,
    word: null,
    for_s: 0,
    quiet_s: 0,
    severity: 'INFO',
    revision: 1,
    owner_name: 'me',
    area: null,
    ...part,
  })[0]!
const at = (minutes: number) => new Date(Date.UTC(2026, 5, 20) + minutes * 60_000).toISOString()
const row = (part: object) =>
  ({ character: 'Larsson', state: null, clientAt: at(0), receivedAt: at(0), ...part }) as TelemetryEvent

describe('a watch rule', () => {
  it.each([
    ['LT', 9, true],
    ['LT', 10, false],
    ['LTE', 10, true],
    ['LTE', 11, false],
    ['GT', 10, false],
    ['GT', 11, true],
    ['GTE', 10, true],
    ['GTE', 9, false],
    ['EQ', 10, true],
    ['EQ', 9, false],
    ['NEQ', 10, false],
    ['NEQ', 9, true],
  ] as const)('[WCH1] %s 10 of %d is %s', (comparison, tapers, holds) =>
    expect(aRule({ comparison }).holds(row({ tapers }))).toBe(holds),
  )
  it('[WCH1] says nothing of a row that says nothing of its field', () =>
    expect(aRule({}).holds(row({ tapers: null }))).toBeNull())
  it('[WCH1] compares states without regard to case', () => {
    const rule = { field: 'STATE', number: null, word: 'Stuck' }
    expect(aRule({ ...rule, comparison: 'EQ' }).holds(row({ state: ' stuck' }))).toBe(true)
    expect(aRule({ ...rule, comparison: 'NEQ' }).holds(row({ state: 'stuck' }))).toBe(false)
  })
  it('watches the characters it names, a tag, or all characters', () => {
    expect(aRule({ characters: ['A'] }).watches('A', null)).toBe(true)
    expect(aRule({ characters: ['A'] }).watches('B', null)).toBe(false)
    expect(aRule({ tag: 'Main' }).watches('B', 'main')).toBe(true)
    expect(aRule({ tag: 'Main' }).watches('B', null)).toBe(false)
    expect(aRule({}).watches('B', null)).toBe(true)
  })
})

describe('the rule of idling', () => {
  const rule = idleRule({ enabled: true, afterMs: 90_000, quietMs: 7, words: ['', 'lost'] })

  it('[ALR4] holds for states of its words, without regard to case and blanks', () => {
    const states = ['Lost', ' LOST ', '', '  ', 'Combat', null, 'Combat', 'lost']
    expect(states.map((state) => rule.holds(row({ state })))).toEqual([
      true,
      true,
      true,
      true,
      false,
      null,
      false,
      true,
    ])
    expect([rule.key, rule.kind, rule.severity, rule.source]).toEqual(['IDLE', 'IDLE', 'WARNING', 'telemetry'])
    expect([rule.forMs, rule.quietMs, rule.watches('Anybody', null)]).toEqual([90_000, 7, true])
  })

  it('[ALR4] says who has been idle for how long', () =>
    expect(rule.describe(row({ state: 'Lost' }))).toEqual({
      text: 'Larsson has been idle for 1.5 min',
      details: { state: 'Lost', forSeconds: 90 },
    }))

  it('[ALR4] knows more states than it remembers', () => {
    for (let n = 0; n < 1_001; n++) expect(rule.holds(row({ state: `State ${n}` }))).toBe(false)
    expect(rule.holds(row({ state: 'lOsT' }))).toBe(true)
  })
})

describe('looking at rows', () => {
  const noDatabase = { query: () => Promise.reject(new Error('asked the database')) } as unknown as Client
  function known(rules: Partial<Rules> = {}) {
    const all = idCache()
    const memory = all.memory(freshMemory)
    const idle = { enabled: true, afterMs: 300_000, quietMs: 0, words: ['idle'] }
    memory.rules = {
      version: 1,
      settings: new Map([['DEATH', { ...idle, quietMs: 300_000 }]]),
      episodes: [idleRule(idle)],
      ...rules,
    }
    memory.checkedMs = Infinity
    memory.characters.set('Larsson', {
      id: 1,
      name: 'Larsson',
      tag: null,
      session: null,
      formerSession: null,
      vitalsBefore: null,
      vitae: 0,
      telemetryAt: at(0),
      vitalsAt: at(600), // its vitals were heard
      clock: clockOf(null, null),
      round: 0,
      episodes: new Map(),
      place: null,
      rules: null,
    })
    return { all, memory }
  }
  it.each([
    ['goes on over an outage of ours of up to 2 min while it is not reported', 2, 1.9, 1],
    ['ends with a longer one', 2, 2.1, 0],
    ['that has fired continues across one of up to 30 min', 6, 29.9, 1],
    ['that has fired ends with a longer one', 6, 30.1, 2],
  ])('[ALR8] a while %s', async (_, minutes, outage, expected) => {
    const { all, memory } = known()
    const idle = async (from: number, to: number) => {
      for (let minute = from; minute < to; minute += 0.25)
        await watchFrames(noDatabase, [row({ state: 'idle', receivedAt: at(minute), at: at(minute) })], [], all)
    }
    await idle(0, minutes)
    const back = minutes - 0.25 + outage
    memory.listeningSinceMs = Date.parse(at(back - 0.4))
    for (const watched of memory.characters.values()) watched.vitalsAt = at(back) // else it would be read again
    await idle(back, back + (minutes < 5 ? 3 : 5.5))
    expect(memory.due).toHaveLength(expected)
  })

  it('reads a character again that is watched just as all are forgotten', async () => {
    const { all, memory } = known()
    const larsson = memory.characters.get('Larsson')!
    for (let n = 1; n < 20_000; n++) memory.characters.set(`Other ${n}`, larsson)
    const asked: unknown[] = []
    const database = {
      query: (_: string, [names]: [string[]]) => {
        asked.push(names)
        return { rows: names.map((name) => ({ id: 1, name, tag: null, vitae: null })) }
      },
    } as unknown as Client
    await watchFrames(database, [row({ receivedAt: at(1) }), row({ character: 'New', receivedAt: at(1) })], [], all)
    expect(asked[0]).toEqual(['New', 'Larsson'])
  })

  it('costs little a row and asks the database nothing while nothing changes', async () => {
    const { all, memory } = known()
    const ROWS = 100_000
    const vitals = Array.from(
      { length: ROWS },
      (_, n) =>
        ({ character: 'Larsson', vitae: 0, clientAt: at(n / ROWS - 1), receivedAt: at(n / ROWS) }) as VitalsEvent,
    )
    const telemetry = vitals.map(({ clientAt, receivedAt }) =>
      row({ state: 'combat', tag: null, clientAt, receivedAt }),
    )
    const begun = performance.now()
    await watchFrames(noDatabase, telemetry, vitals, all)
    const micros = ((performance.now() - begun) * 1000) / (2 * ROWS)
    console.log(`${micros.toFixed(2)} µs a row`)
    expect(memory.due).toEqual([])
    expect(micros).toBeLessThan(10)
  })
})
