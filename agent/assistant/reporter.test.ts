import { describe, expect, it, vi } from 'vitest'
import { GraphFault } from '../graph/fault.ts'
import { reporter } from './reporter.ts'
import type { TurnEvent } from './run.ts'

interface Input {
  input: { turnId: string; events: readonly TurnEvent[] }
}
const event = (seq: number): TurnEvent => ({ seq, kind: 'STATUS', payload: { text: `${seq}` } })

/** A graph that takes reports, each when the test says so, and the reporter of one turn. */
function aTurn(answer: (nth: number) => { over: boolean } | Error) {
  const batches: number[][] = []
  const onOver = vi.fn()
  const ask = (_: unknown, { input }: Input) => {
    expect(input.turnId).toBe('a turn')
    batches.push(input.events.map(({ seq }) => seq))
    const said = answer(batches.length)
    return said instanceof Error
      ? Promise.reject(said)
      : Promise.resolve({ reportTurnEvents: { ...said, lastSeq: input.events.at(-1)!.seq } })
  }
  return { batches, onOver, events: reporter({ ask } as never, 'a turn', onOver) }
}

describe('the events of an answer', () => {
  it('reach the graph in their order, in batches of at most a hundred', async () => {
    const { batches, events, onOver } = aTurn(() => ({ over: false }))
    for (let seq = 1; seq <= 250; seq++) events.add(event(seq))
    await events.finish()
    expect(batches.flat()).toEqual(Array.from({ length: 250 }, (_, n) => n + 1))
    expect(Math.max(...batches.map(({ length }) => length))).toBe(100)
    expect(onOver).not.toHaveBeenCalled()
  })

  it('that come while a batch is on its way follow in the next', async () => {
    const { batches, events } = aTurn(() => ({ over: false }))
    events.add(event(1))
    await Promise.resolve()
    events.add(event(2))
    events.add(event(3))
    await events.finish()
    expect(batches).toEqual([[1], [2, 3]])
  })

  it('are sent no more once the graph says that the turn is over', async () => {
    const { batches, events, onOver } = aTurn(() => ({ over: true }))
    for (let seq = 1; seq <= 150; seq++) events.add(event(seq))
    await events.finish()
    events.add(event(151))
    await events.finish()
    expect(batches).toHaveLength(1)
    expect(onOver).toHaveBeenCalledTimes(1)
  })

  it('that the graph refuses stop the driver, and `finish` says why', async () => {
    const { batches, events, onOver } = aTurn(() => new Error('refused'))
    events.add(event(1))
    await expect(events.finish()).rejects.toThrow('refused')
    expect(onOver).toHaveBeenCalledTimes(1)
    events.add(event(2))
    await expect(events.finish()).rejects.toThrow('refused')
    expect(batches).toHaveLength(1)
  })

  it('that are text are joined while they wait, and lose what no database stores', async () => {
    const sent: TurnEvent[] = []
    const ask = (_: unknown, { input }: Input) => {
      sent.push(...input.events)
      return Promise.resolve({ reportTurnEvents: { over: false, lastSeq: 0 } })
    }
    const events = reporter({ ask } as never, 'a turn', () => undefined)
    for (let word = 1; word <= 5_000; word++)
      events.add({ seq: word, kind: 'TEXT', payload: { text: `${word}\0 \ud800` } })
    events.add({
      seq: 5_001,
      kind: 'TOOL_CALL',
      payload: { id: '1', name: 'a\0b', title: 'x', arguments: { long: 'y'.repeat(100_000) } },
    })
    events.add({ seq: 5_002, kind: 'DONE', payload: { reason: 'COMPLETE' } })
    await events.finish()
    expect(sent.length).toBeLessThan(10)
    expect(sent.map(({ seq }) => seq)).toEqual(sent.map((_, nth) => nth + 1))
    const text = sent.map((one) => (one.kind === 'TEXT' ? one.payload.text : '')).join('')
    expect(text).toBe(Array.from({ length: 5_000 }, (_, n) => `${n + 1} \ufffd`).join(''))
    expect(sent.at(-2)!.payload).toMatchObject({ name: 'ab', arguments: { omitted: 'too large' } })
    expect(sent.at(-1)!.kind).toBe('DONE')
  })

  it('that the graph refuses leave the answer with an end', async () => {
    const batches: TurnEvent[][] = []
    const ask = (_: unknown, { input }: Input) => {
      batches.push([...input.events])
      return batches.length === 1
        ? Promise.reject(new GraphFault('A turn has at most 2000 events.', 'BAD_USER_INPUT', null))
        : Promise.resolve({ reportTurnEvents: { over: true, lastSeq: 1 } })
    }
    const events = reporter({ ask } as never, 'a turn', () => undefined)
    events.add(event(1))
    await expect(events.finish()).rejects.toThrow('at most 2000')
    expect(batches[1]).toMatchObject([{ seq: 1, kind: 'ERROR' }])
  })

  it('that are none need no request', async () => {
    const { batches, events } = aTurn(() => ({ over: false }))
    await events.finish()
    expect(batches).toEqual([])
  })
})
