import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { ToolCaller } from '../mcp/in-process.ts'
import { callTool, type Asked, type Driver, type DriverEvent } from './driver.ts'
import { run, type TurnEvent } from './run.ts'

const log = pino({ level: 'silent' })
const tools: ToolCaller = {
  tools: [{ name: 'look', title: 'Look', description: 'Looks.', inputSchema: { type: 'object' } }],
  call: (name) => Promise.resolve({ ok: true, content: { name }, error: null }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
}
const asked = (over: Partial<Asked> = {}): Asked => ({
  messages: [{ role: 'user', text: 'x' }],
  tools,
  actAs: 'none',
  characterNames: () => Promise.resolve([]),
  signal: new AbortController().signal,
  ...over,
})
const text = (said: string): DriverEvent => ({ kind: 'TEXT', payload: { text: said } })
const driver = (answer: Driver['answer']): Driver => ({ kind: 'BUILTIN', model: null, answer })

async function eventsOf(of: Driver, over: Partial<Asked> = {}, longestMs?: number): Promise<TurnEvent[]> {
  const events: TurnEvent[] = []
  const options = { driver: of, log, ...(longestMs !== undefined && { longestMs }) }
  for await (const event of run(asked(over), options)) events.push(event)
  return events
}
const shapeOf = (events: readonly TurnEvent[]) => events.map(({ seq, kind }) => `${seq} ${kind}`)
const never = new Promise<never>(() => undefined)

describe('an answer', () => {
  it('is counted from 1, and ends once: by the driver, or for it', async () => {
    const silent = driver(async function* () {
      yield await Promise.resolve(text('a'))
    })
    expect(shapeOf(await eventsOf(silent))).toEqual(['1 TEXT', '2 DONE'])
    const talkative = driver(async function* () {
      yield await Promise.resolve(text('a'))
      yield { kind: 'DONE', payload: { reason: 'COMPLETE' } }
      yield text('too late')
    })
    expect(shapeOf(await eventsOf(talkative))).toEqual(['1 TEXT', '2 DONE'])
  })

  it('ends with an error that names a trace and nothing of what was thrown', async () => {
    const broken = driver(async function* () {
      yield await Promise.resolve(text('a'))
      throw new Error('password=hunter2')
    })
    const events = await eventsOf(broken)
    expect(shapeOf(events)).toEqual(['1 TEXT', '2 ERROR'])
    expect(JSON.stringify(events)).not.toContain('hunter2')
    expect(events.at(-1)!.payload).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  })

  it('that is stopped ends at once, whether or not the driver heeds it', async () => {
    const stop = new AbortController()
    const deaf = driver(async function* () {
      yield await Promise.resolve(text('a'))
      stop.abort()
      await never
    })
    const events = await eventsOf(deaf, { signal: stop.signal })
    expect(shapeOf(events)).toEqual(['1 TEXT', '2 ERROR'])
    expect(events.at(-1)!.payload).toMatchObject({ code: 'STOPPED' })
  })

  it('that takes too long ends with an error', async () => {
    const slow = driver(async function* () {
      yield await never
    })
    expect((await eventsOf(slow, {}, 20)).at(-1)!.payload).toMatchObject({ code: 'TOO_SLOW' })
  })

  it('has a result for each call of a tool, and secrets in neither', async () => {
    const calling = driver(async function* (of) {
      yield* callTool(of, 'look', { name: 'x', api_key: 'k', deep: [{ password: 'p' }], text: 'ovl_act_abc.def' })
    })
    const events = await eventsOf(calling)
    expect(shapeOf(events)).toEqual(['1 TOOL_CALL', '2 TOOL_RESULT', '3 DONE'])
    expect(events[0]!.payload).toMatchObject({
      name: 'look',
      title: 'Look',
      arguments: { name: 'x', api_key: '[redacted]', deep: [{ password: '[redacted]' }], text: '[redacted]' },
    })
    expect(events[1]!.payload).toMatchObject({ ok: true, id: (events[0]!.payload as { id: string }).id })
  })
})
