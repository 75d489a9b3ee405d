import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { tableTools, type Task, type TableToolsOptions } from './table-tools.ts'

const log = pino({ level: 'silent' })
const task = { turnId: 'a turn', tools: [] as Task['tools'] } as Task

/** Tools of a graph that answers the first call once it is let go, and fails the call `bad`. */
function tools() {
  const asked: string[] = []
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  const ask = async (_: unknown, { input }: { input: { tool: string } }) => {
    asked.push(input.tool)
    if (input.tool === 'first') await held
    if (input.tool === 'bad') throw new Error('lost')
    return { runGmTool: { ok: true, result: {}, error: null } }
  }
  const graph = { ask } as unknown as TableToolsOptions['graph']
  return { asked, letGo, ...tableTools({ graph, task, flush: () => Promise.resolve(), log }) }
}
/** What is to happen at once has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('calls of tools in one step of a model', () => {
  it('[TAB99] run one after the other, as they were made, and one that fails keeps none back', async () => {
    const { call, asked, letGo } = tools()
    const { signal } = new AbortController()
    const calls = ['first', 'bad', 'second'].map((name) => call(name, {}, signal))
    await settled()
    expect(asked).toEqual(['first'])
    letGo()
    expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual([true, false, true])
    expect(asked).toEqual(['first', 'bad', 'second'])
  })

  it('[TAB99] that wait are not made once the turn was stopped', async () => {
    const { call, asked, letGo } = tools()
    const stop = new AbortController()
    const calls = ['first', 'second'].map((name) => call(name, {}, stop.signal))
    await settled()
    stop.abort()
    letGo()
    expect((await Promise.all(calls))[1]).toMatchObject({ ok: false, error: 'The call was stopped. (STOPPED)' })
    expect(asked).toEqual(['first'])
  })
})
