import { describe, expect, it } from 'vitest'
import { watchRows } from './watch-rows.ts'
import { gapMs, lastHeard } from './memory.ts'
import { aSetting, stamp, watch } from './testing/watch.ts'

const DEATH = { DEATH: aSetting({ quietMs: 60_000 }) }

describe('a death', () => {
  it('[ALR1] is vitae that leaves zero', async () => {
    const { vitals } = watch([], DEATH)
    expect(await vitals(0, { vitae: 0 })).toEqual([])
    expect(await vitals(1, { vitae: 5 })).toEqual([
      {
        kind: 'DEATH',
        character: expect.objectContaining({ id: 7, name: 'Larsson' }) as unknown,
        atMs: Date.parse(stamp(1)),
        severity: 'CRITICAL',
        text: 'Larsson died',
        details: { vitae: 5 },
        key: 'DEATH:7',
        quietMs: 60_000,
      },
    ])
  })

  it.each<[string, (number | null)[], number[]]>([
    ['is reported once while vitae stays', [0, 5, 5, 10], [1]],
    ['is not what somebody first seen with vitae died of', [5, 10], []],
    ['is reported although frames between say nothing of vitae', [0, null, 5], [2]],
    ['is none while vitae is nothing', [0, 0, null], []],
    ['is reported again only after its quiet time', [0, 5, 0, 5], [1]],
  ])('[ALR1] %s', async (_, vitae, reported) => {
    const { vitals } = watch([], DEATH)
    const found: number[] = []
    for (const [second, one] of vitae.entries()) if ((await vitals(second, { vitae: one })).length) found.push(second)
    expect(found).toEqual(reported)
  })

  it('is reported again once its quiet time is over, and at once where it has none', async () => {
    for (const [quietMs, second, alerts] of [
      [60_000, 60.9, 0],
      [60_000, 61, 1],
      [0, 2, 1],
    ] as const) {
      const { vitals } = watch([], { DEATH: aSetting({ quietMs }) })
      await vitals(0, { vitae: 0 })
      await vitals(1, { vitae: 5 })
      await vitals(1.5, { vitae: 0 })
      expect(await vitals(second, { vitae: 5 })).toHaveLength(alerts)
    }
  })

  it('is not reported where that is switched off, and vitae is kept all the same', async () => {
    for (const settings of [{ DEATH: aSetting({ enabled: false }) }, {}]) {
      const { vitals, memory, character } = watch([], settings)
      await vitals(0, { vitae: 0 })
      expect(await vitals(1, { vitae: 5 })).toEqual([])
      expect([character.vitae, [...memory.vitae]]).toEqual([5, [character]])
    }
  })

  it('stores vitae only where it changed', async () => {
    const { vitals, memory } = watch([], DEATH)
    await vitals(0, { vitae: 0 })
    expect(memory.vitae.size).toBe(1)
    memory.vitae.clear()
    await vitals(1, { vitae: 0 })
    await vitals(2, { vitae: null })
    expect(memory.vitae.size).toBe(0)
  })
})

describe('rows', () => {
  it('[ALR7] that came late change nothing, but show that somebody is there', async () => {
    const { vitals, telemetry, character } = watch([], DEATH)
    await vitals(0, { vitae: 0 })
    await vitals(10, { vitae: 0 })
    expect(await vitals(11, { vitae: 5, clientAt: stamp(1) })).toEqual([])
    expect([character.vitae, character.vitalsAt]).toEqual([0, stamp(11)])
    await telemetry(12, { tag: 'late', sessionId: 'late', clientAt: stamp(1) })
    expect([character.tag, character.session, character.telemetryAt]).toEqual([null, null, stamp(12)])
    await telemetry(13, { tag: 'now', sessionId: 'now' })
    expect([character.tag, character.session, character.telemetryAt]).toEqual(['now', 'now', stamp(13)])
  })

  it('are followed in the order they came, whatever their kind', async () => {
    const { base, follow } = watch([], DEATH)
    const telemetry = [0, 2, 4].map((second) => ({ ...base(second), clientAt: stamp(second * 100), tag: null }))
    const vitals = [
      { ...base(1), clientAt: stamp(1), vitae: 0 },
      { ...base(3), clientAt: stamp(300), vitae: 5 },
      { ...base(5), clientAt: stamp(500), vitae: 0 },
    ]
    // By its client's clock the first vitals came before the second telemetry, and so is not late.
    expect((await follow(telemetry, vitals)).map(({ atMs }) => atMs)).toEqual([Date.parse(stamp(3))])
  })

  it('of other tables are none of the watch’s', async () => {
    const nobody = { query: () => Promise.reject(new Error('asked the database')) }
    const ids = { memory: () => expect.fail('looked into memory') }
    const rows = new Map([['portal_sightings', [{ character: 'Larsson', receivedAt: stamp(0) }]]])
    expect(await watchRows(nobody as never, rows, ids as never)).toBeUndefined()
  })
})

describe('a line of chat', () => {
  const VORTEX = { VORTEX: aSetting({ words: ['whirling vortex', ''], quietMs: 60_000 }) }
  it('with a phrase that is looked for is reported, once for all who hear it', async () => {
    const { chat } = watch([], VORTEX)
    const text = 'You see a Whirling VORTEX appear!'
    expect(await chat(0, { text })).toEqual([
      {
        kind: 'VORTEX',
        character: { id: 7, name: 'Larsson' },
        atMs: Date.parse(stamp(0)),
        severity: 'WARNING',
        text,
        details: { channel: 'SAY' },
        key: 'VORTEX:you see a whirling vortex appear!',
        quietMs: 60_000,
      },
    ])
    expect(await chat(1, { text: text.toUpperCase() })).toEqual([])
    expect(await chat(60, { text })).toHaveLength(1)
  })

  it('without it is not reported, nor where that is switched off', async () => {
    expect(await watch([], VORTEX).chat(0, { text: 'You see a vortex.' })).toEqual([])
    const off = { VORTEX: aSetting({ words: ['vortex'], enabled: false }) }
    for (const settings of [off, {}]) expect(await watch([], settings).chat(0, { text: 'vortex' })).toEqual([])
  })

  it('of any length is reported cut', async () => {
    const { chat } = watch([], VORTEX)
    const [alert] = await chat(0, { text: `whirling vortex ${'x'.repeat(600)}` })
    expect([alert!.text.length, alert!.key.length]).toEqual([500, 207])
    const text = `whirling vortex ${'x'.repeat(483)}\u{1f600}` // the cut goes through a pair of surrogates
    const [cut] = await watch([], VORTEX).chat(0, { text })
    expect(cut!.text.isWellFormed()).toBe(true)
  })
})

describe('moments', () => {
  it.each([
    [stamp(0), stamp(1.5), 1500],
    [stamp(1), stamp(0), -1000],
    ['', stamp(0), Infinity],
  ])('from %s to %s are %d ms', (from, to, ms) => expect(gapMs(from, to)).toBe(ms))

  it.each([
    [stamp(1), stamp(2), stamp(2)],
    [stamp(2), stamp(1), stamp(2)],
    ['', stamp(1), stamp(1)],
    ['', '', ''],
  ])('%s of telemetry and %s of vitals: somebody was heard last at %s', (telemetryAt, vitalsAt, last) => {
    expect(lastHeard({ telemetryAt, vitalsAt } as never)).toBe(last)
  })
})
