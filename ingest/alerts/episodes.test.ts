import { describe, expect, it } from 'vitest'
import { idleRule, watchRule, type WatchRuleRow } from './rules.ts'
import { aSetting, stamp, watch } from './testing/watch.ts'

const aRule = (part: Partial<WatchRuleRow> = {}) =>
  watchRule({
    id: 'low',
    name: 'Low',
    characters: null,
    tag: null,
    field: 'TAPERS',
    comparison: 'LT',
    number: 10,
    word: null,
    for_s: 0,
    quiet_s: 0,
    severity: 'CRITICAL',
    revision: 3,
    owner_name: 'me',
    area: null,
    ...part,
  })[0]!
const onVitals = (part: Partial<WatchRuleRow> = {}) =>
  aRule({ id: 'marked', field: 'VITAE', comparison: 'GTE', number: 5, ...part })
const low = { tapers: 9 }
const full = { tapers: 10 }
const GONE = { GONE: aSetting({ afterMs: 30_000 }) }

describe('a while in which a rule holds', () => {
  it('is reported once, when it held for long enough, and again only after it ended', async () => {
    const { telemetry, changes, open } = watch([aRule({ for_s: 10 })])
    expect(await telemetry(0, low)).toEqual([])
    expect(changes()).toEqual([['low', { since: 0, reported: null }]])
    expect(await telemetry(9.999, low)).toEqual([])
    expect(changes()).toEqual([])
    expect(await telemetry(10, low)).toHaveLength(1)
    expect(changes()).toEqual([['low', { since: 0, reported: 10 }]])
    expect([await telemetry(20, low), changes(), open()]).toEqual([[], [], ['low']])
    expect(await telemetry(21, full)).toEqual([])
    expect([changes(), open()]).toEqual([[['low', null]], []])
    expect([await telemetry(22, full), changes()]).toEqual([[], []])
    await telemetry(23, low)
    expect(await telemetry(33, low)).toHaveLength(1)
  })

  it('is reported with what the rule says, since when it held, and under a key of rule and character', async () => {
    const { telemetry } = watch([aRule({ for_s: 10, quiet_s: 60 })])
    await telemetry(0, { tapers: 3 })
    const [alert] = await telemetry(12, { tapers: 5 })
    expect(alert).toMatchObject({
      kind: 'WATCH',
      character: { id: 7, name: 'Larsson' },
      atMs: Date.parse(stamp(12)),
      severity: 'CRITICAL',
      text: 'Low: Larsson has tapers 5 (< 10 for 10 s)',
      details: {
        ruleId: 'low',
        rule: 'Low',
        owner: 'me',
        field: 'TAPERS',
        comparison: 'LT',
        threshold: 10,
        value: 5,
        forSeconds: 10,
        since: stamp(0),
      },
      key: 'WATCH:low:7',
      quietMs: 60_000,
      episode: 'low',
    })
  })

  it('goes on over rows that say nothing of it', async () => {
    const { telemetry, open } = watch([aRule({ for_s: 10 })])
    await telemetry(0, low)
    expect([await telemetry(5, { tapers: null }), open()]).toEqual([[], ['low']])
    expect(await telemetry(11, { tapers: null })).toEqual([])
    expect(await telemetry(12, low)).toHaveLength(1)
  })

  it('is known by its rule: each of several is reported by itself', async () => {
    const { telemetry, open } = watch([aRule(), aRule({ id: 'lower', number: 5 }), idleRule(aSetting())])
    expect((await telemetry(0, low)).map(({ episode }) => episode)).toEqual(['low'])
    expect((await telemetry(1, { tapers: 4 })).map(({ episode }) => episode)).toEqual(['lower'])
    expect((await telemetry(2, low)).map(({ episode }) => episode)).toEqual([])
    expect(open()).toEqual(['low'])
  })

  it('is not reported while its key is quiet, and reported a later one', async () => {
    const { telemetry } = watch([aRule({ quiet_s: 60 })])
    const reported: number[] = []
    for (let second = 0; second < 70; second += 5) {
      if ((await telemetry(second, low)).length) reported.push(second)
      await telemetry(second + 1, full)
    }
    expect(reported).toEqual([0, 60])
  })
})

describe('rules that change', () => {
  it('end whiles of rules that are gone, look elsewhere, or are of another revision', async () => {
    const { telemetry, memory, character, changes, open } = watch([
      aRule(),
      aRule({ id: 'kept' }),
      aRule({ id: 'gone' }),
    ])
    await telemetry(0, low)
    changes()
    memory.rules = { ...memory.rules!, episodes: [aRule({ revision: 4, for_s: 60 }), aRule({ id: 'kept' })] }
    character.rules = null
    await telemetry(1, { tapers: null })
    expect(changes()).toEqual([
      ['low', null],
      ['gone', null],
    ])
    expect(open()).toEqual(['kept'])
  })

  it('that look at a tag begin and end with it', async () => {
    const { telemetry, open } = watch([aRule({ tag: 'Main' })])
    const seen = async (second: number, tag: string | null) => {
      const alerts = await telemetry(second, { ...low, tag })
      return [alerts.length, open()]
    }
    expect(await seen(0, null)).toEqual([0, []])
    expect(await seen(1, 'main')).toEqual([1, ['low']])
    expect(await seen(2, null)).toEqual([0, ['low']])
    expect(await seen(3, '')).toEqual([0, []])
    expect(await seen(4, 'main')).toEqual([1, ['low']])
    expect(await seen(5, 'other')).toEqual([0, []])
  })
})

describe('a silence', () => {
  it.each([
    ['[ALR8] of as long as nobody is gone goes by', 0, 30, ['low']],
    ['[ALR8] of longer ends what was not reported', 0, 30.001, []],
    ['[ALR8] in which we were not there goes by up to 2 min', 119, 120, ['low']],
    ['[ALR8] in which we were not there ends it beyond', 119, 120.001, []],
    ['[ALR8] of which we were there for longer than that ends it', 60, 95, []],
    ['[ALR8] of which we were there for no longer than that goes by', 60, 90, ['low']],
  ])('%s', async (_, listeningSince, second, open) => {
    const fixture = watch([aRule({ for_s: 1000 })], GONE)
    fixture.memory.listeningSinceMs = Date.parse(stamp(listeningSince))
    await fixture.telemetry(0, low)
    await fixture.telemetry(second, { tapers: null })
    expect(fixture.open()).toEqual(open)
  })

  it.each([
    [1_800, ['low']],
    [1_800.001, []],
  ])('[ALR8] in which we were not there leaves what was reported for half an hour: %d s', async (second, open) => {
    const fixture = watch([aRule()], GONE)
    fixture.memory.listeningSinceMs = Date.parse(stamp(1_790))
    expect(await fixture.telemetry(0, low)).toHaveLength(1)
    await fixture.telemetry(second, { tapers: null })
    expect(fixture.open()).toEqual(open)
  })

  it.each([
    [30, ['low']],
    [30.001, []],
  ])('counts from 30 s where no setting says when somebody is gone: %d s', async (second, open) => {
    const fixture = watch([aRule({ for_s: 1000 })])
    await fixture.telemetry(0, low)
    await fixture.telemetry(second, { tapers: null })
    expect(fixture.open()).toEqual(open)
  })

  it('longer than 2 min ends what was not reported, however late somebody counts as gone', async () => {
    const fixture = watch([aRule({ for_s: 1000 })], { GONE: aSetting({ afterMs: 600_000 }) })
    await fixture.telemetry(0, low)
    await fixture.telemetry(120, { tapers: null })
    expect(fixture.open()).toEqual(['low'])
    await fixture.telemetry(240.001, { tapers: null })
    expect(fixture.open()).toEqual([])
  })

  it('of telemetry alone ends what telemetry reported, and not what vitals did', async () => {
    const fixture = watch([aRule({ for_s: 1000 }), onVitals({ for_s: 1000 })], GONE)
    await fixture.telemetry(0, low)
    await fixture.vitals(1, { vitae: 6 })
    for (const second of [20, 40]) await fixture.vitals(second)
    expect(fixture.open()).toEqual(['low', 'marked'])
    await fixture.telemetry(41, { tapers: null })
    expect(fixture.open()).toEqual(['marked'])
    await fixture.vitals(80)
    expect(fixture.open()).toEqual([])
  })
})

describe('a session', () => {
  it('that is another ends what held in the one before, and begins again', async () => {
    const { telemetry, open } = watch([aRule()])
    expect(await telemetry(0, { ...low, sessionId: 'one' })).toHaveLength(1)
    expect(await telemetry(1, { ...low, sessionId: 'one' })).toHaveLength(0)
    expect(await telemetry(2, { ...low, sessionId: 'two' })).toHaveLength(1)
    await telemetry(3, { tapers: null, sessionId: 'three' })
    expect(open()).toEqual([])
  })

  it('that takes turns with the one before is another socket of the same character', async () => {
    const { telemetry, character } = watch([aRule()])
    await telemetry(0, { ...low, sessionId: 'one' })
    expect(await telemetry(1, { ...low, sessionId: 'two' })).toHaveLength(1)
    expect(await telemetry(2, { ...low, sessionId: 'one' })).toEqual([])
    expect(await telemetry(3, { ...low, sessionId: 'two' })).toEqual([])
    expect([character.session, character.formerSession]).toEqual(['two', 'one'])
    expect(await telemetry(4, { ...low, sessionId: 'three' })).toHaveLength(1)
  })

  it('reported after vitals began something takes it over', async () => {
    const { telemetry, vitals, character, open } = watch([onVitals({ for_s: 100 })])
    await telemetry(0, { sessionId: 'one' })
    await vitals(1, { vitae: 6 })
    expect(character.episodes.get('marked')!.session).toBe('one')
    await telemetry(2, { sessionId: 'two' })
    expect(open()).toEqual(['marked'])
    expect(character.episodes.get('marked')!.session).toBe('two')
    await telemetry(3, { sessionId: 'three' })
    expect(open()).toEqual([])
  })

  it('takes over what began where no session was reported', async () => {
    const { telemetry, character } = watch([aRule({ for_s: 100 })])
    await telemetry(0, low)
    await telemetry(1, { ...low, sessionId: 'one' })
    expect(character.episodes.get('low')!.session).toBe('one')
  })
})

describe('what vitals reported', () => {
  it('[WCH1] holds while telemetry comes, and is reported when its time is there', async () => {
    const { telemetry, vitals } = watch([onVitals({ for_s: 10 })])
    expect(await vitals(0, { vitae: 6 })).toEqual([])
    expect(await telemetry(9)).toEqual([])
    const [alert] = await telemetry(10)
    expect(alert).toMatchObject({ episode: 'marked', details: { value: 6, since: stamp(0) } })
    expect(await telemetry(11)).toEqual([])
    expect(await vitals(12, { vitae: 7 })).toEqual([])
  })

  it('before a restart is reported with the vitals the database has, if they still fit', async () => {
    for (const [vitae, alerts] of [
      [6, 1],
      [4, 0],
    ] as const) {
      const { telemetry, character } = watch([onVitals({ for_s: 10 })])
      const episode = { revision: 3, sinceMs: Date.parse(stamp(0)), firedMs: null, session: null, row: null }
      character.episodes.set('marked', episode)
      character.vitalsAt = stamp(0)
      character.telemetryAt = stamp(0)
      character.vitalsBefore = { character: 'Larsson', vitae } as never
      expect(await telemetry(12)).toHaveLength(alerts)
    }
  })

  it('is reported by vitals that say nothing of it, too', async () => {
    const { vitals } = watch([onVitals({ for_s: 10 })])
    await vitals(0, { vitae: 6 })
    expect(await vitals(10, { health: 1 })).toHaveLength(1)
  })
})

describe('an area', () => {
  const circle = { id: 'a', note: 'The camp\nmore', shape: 'CIRCLE', radius: 2, points: [{ ew: 10, ns: 20 }] } as const
  const rule = (part: Partial<WatchRuleRow> = {}) =>
    aRule({ field: 'AREA', comparison: 'ENTERS', number: null, area: { ...circle, expires_at: null }, ...part })
  const inside = { ew: 11, ns: 20 }
  const outside = { ew: 13, ns: 20 }
  const texts = async (due: Promise<{ text: string }[]>) => (await due).map(({ text }) => text)
  const ENTERED = 'Low: Larsson entered “The camp”'

  it('[MRK5] is entered by who was outside before, once each time', async () => {
    const { telemetry } = watch([rule()])
    for (const [second, place, due] of [
      [0, outside, []],
      [1, inside, [ENTERED]],
      [2, { ew: 10.5, ns: 20 }, []],
      [3, { ew: null, ns: null }, []],
      [4, outside, []],
      [5, inside, [ENTERED]],
    ] as const)
      expect(await texts(telemetry(second, place))).toEqual(due)
  })

  it('[MRK5] is not entered by who is first heard inside, and left by who was inside', async () => {
    const { telemetry } = watch([rule(), rule({ id: 'out', comparison: 'LEAVES' })])
    expect(await texts(telemetry(0, inside))).toEqual([])
    expect(await texts(telemetry(1, outside))).toEqual(['Low: Larsson left “The camp”'])
    expect(await texts(telemetry(2, outside))).toEqual([])
  })

  it('[MRK5] is entered once the character has stayed for as long as the rule says', async () => {
    const { telemetry } = watch([rule({ for_s: 10 })])
    await telemetry(0, outside)
    expect(await texts(telemetry(1, inside))).toEqual([])
    expect(await texts(telemetry(11, inside))).toEqual([ENTERED])
  })

  it('[MRK5] that expired or was removed is neither entered nor left', async () => {
    const expired = { ...circle, expires_at: stamp(1) }
    const { telemetry } = watch([rule({ area: expired }), rule({ id: 'gone', area: null })])
    await telemetry(0, outside)
    expect(await texts(telemetry(1, inside))).toEqual([])
  })

  it('[MRK6] names the field AREA in its alert, by which a hidden place is kept back', async () => {
    const { telemetry } = watch([rule()])
    await telemetry(0, outside)
    expect((await telemetry(1, inside))[0]!.details).toMatchObject({ field: 'AREA', areaId: 'a', area: 'The camp' })
  })
})
