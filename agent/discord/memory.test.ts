import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openMemory } from './memory.ts'

const log = pino({ level: 'silent' })
const HOUR = 3_600_000

/** A graph that holds values of one token. */
function aGraph(values: Record<string, unknown> = {}) {
  const writes: [string, unknown][] = []
  let gate: Promise<void> = Promise.resolve()
  const ask = async (_: unknown, { input }: { input?: { key: string; value: unknown } }) => {
    if (!input) return { storedValues: Object.entries(values).map(([key, value]) => ({ key, value })) }
    await gate
    writes.push([input.key, structuredClone(input.value)])
    return {}
  }
  return {
    graph: { ask } as never,
    writes,
    block() {
      let open!: () => void
      gate = new Promise((resolve) => (open = resolve))
      return () => open()
    },
  }
}

afterEach(() => vi.useRealTimers())

describe('the memory of the bot', () => {
  it('has the cursors and mutes that were stored, and nothing of what does not fit', async () => {
    const { graph } = aGraph({
      'cursor/events': { after: '12', done: { 'channel 1': '15' } },
      'cursor/chat': { after: 3 },
      'mutes/1': [{ kind: 'idle', character: 'A', until: null }, { kind: 'nothing' }, null],
      other: 1,
    })
    const memory = await openMemory(graph, log)
    expect(memory.cursor('events')).toEqual({ after: '12', done: { 'channel 1': '15' } })
    expect(memory.cursor('chat')).toBeNull()
    expect(memory.mutes('1')).toEqual([{ kind: 'idle', character: 'A', until: null }])
    expect(memory.mutes('2')).toEqual([])
  })

  it('stores one cursor of a stream at a time, and of those that wait the newest', async () => {
    const { graph, writes, block } = aGraph()
    const memory = await openMemory(graph, log)
    const open = block()
    const saves = ['1', '2', '3'].map((after) => memory.saveCursor('events', { after, done: {} }))
    open()
    await Promise.all(saves)
    expect(writes).toEqual([
      ['cursor/events', { after: '1', done: {} }],
      ['cursor/events', { after: '3', done: {} }],
    ])
  })

  it('mutes a kind for a channel, of one character or all, until its time is over', async () => {
    vi.useFakeTimers({ now: 0 })
    const { graph, writes } = aGraph()
    const memory = await openMemory(graph, log)
    await memory.mute('1', { kind: 'idle', character: 'Larsson', until: HOUR })
    expect(memory.isMuted('1', 'idle', 'LARSSON')).toBe(true)
    expect([
      memory.isMuted('1', 'idle', 'B'),
      memory.isMuted('1', 'death', 'Larsson'),
      memory.isMuted('2', 'idle', 'Larsson'),
    ]).toEqual([false, false, false])
    vi.setSystemTime(HOUR)
    expect(memory.isMuted('1', 'idle', 'Larsson')).toBe(false)
    await memory.mute('1', { kind: 'idle', character: null, until: null })
    expect(memory.isMuted('1', 'idle', 'anybody')).toBe(true)
    expect(memory.isMuted('1', 'idle', null)).toBe(true)
    expect(await memory.unmute('1', 'idle', 'somebody')).toBe(0)
    expect(await memory.unmute('1', 'idle', null)).toBe(1)
    expect(memory.isMuted('1', 'idle', 'anybody')).toBe(false)
    expect(writes.at(-1)).toEqual(['mutes/1', []])
  })

  it('does not mute what could not be stored', async () => {
    const { graph } = aGraph()
    const memory = await openMemory(graph, log)
    await memory.mute('1', { kind: 'death', character: 'a', until: null })
    const failing = { ask: () => Promise.reject(new Error('away')) }
    Object.assign(graph, failing)
    await expect(memory.mute('1', { kind: 'idle', character: null, until: null })).rejects.toThrow('away')
    expect(memory.mutes('1')).toEqual([{ kind: 'death', character: 'a', until: null }])
  })

  it('replaces a mute of the same kind and character, and keeps at most a hundred', async () => {
    const { graph } = aGraph()
    const memory = await openMemory(graph, log)
    await memory.mute('1', { kind: 'idle', character: 'a', until: Date.now() + HOUR })
    await memory.mute('1', { kind: 'idle', character: 'A', until: null })
    expect(memory.mutes('1')).toEqual([{ kind: 'idle', character: 'A', until: null }])
    for (let n = 0; n < 120; n++) await memory.mute('1', { kind: 'death', character: `c${n}`, until: null })
    expect(memory.mutes('1')).toHaveLength(100)
    expect(memory.mutes('1').at(-1)).toMatchObject({ character: 'c119' })
  })
})
