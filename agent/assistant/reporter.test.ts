import { describe, expect, it, vi } from 'vitest'
import { reporter } from './reporter.ts'
import type { TurnEvent } from './run.ts'

interface Input {
  input: { turnId: string; events: readonly TurnEvent[] }
}
const event = (seq: number): TurnEvent => ({ seq, kind: 'TEXT', payload: { text: `${seq}` } })

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

  it('that are none need no request', async () => {
    const { batches, events } = aTurn(() => ({ over: false }))
    await events.finish()
    expect(batches).toEqual([])
  })
})
