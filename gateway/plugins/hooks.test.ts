// What each plugin makes of an operation, hook by hook.
import { buildSchema, parse, type ExecutionArgs } from 'graphql'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Declared } from '../declared/declared.ts'
import { Documents } from '../documents/documents.ts'
import { refusing } from './refusing.ts'
import { checkCost, MAX_FIELDS } from './use-cost.ts'
import { inTime, useDeadline } from './use-deadline.ts'
import { useDocuments } from './use-documents.ts'
import { noteOperation, useLog } from './use-log.ts'
import { useRenewal } from './use-renewal.ts'

type Hook = (given: never) => unknown
type Work = (args: unknown) => unknown
const viewer = { name: 'Larsson', role: 'viewer' } as Viewer

describe('an operation that is refused', () => {
  it.each(['onExecute', 'onSubscribe'] as const)('is answered with what is wrong with it and not run: %s', (hook) => {
    const answers: unknown[] = []
    const ask = (args: unknown) =>
      (hooks[hook] as Hook)({ args, setResultAndStopExecution: (answer: unknown) => answers.push(answer) } as never)
    const hooks = refusing((args) => ((args as unknown) === 'bad' ? (['wrong'] as never) : null))
    ask('good')
    expect(answers).toEqual([])
    ask('bad')
    expect(answers).toEqual([{ errors: ['wrong'] }])
  })
})

describe('[LIM1] the cost of an operation', () => {
  const schema = buildSchema('type Query { list(first: Int): [Row] } type Row { a: Int }')
  const refusals = (text: string, operationName?: string, variableValues?: Record<string, unknown>) =>
    checkCost({ schema, document: parse(text), operationName, variableValues } as ExecutionArgs)?.map(
      ({ message, extensions }) => [extensions['code'], message],
    ) ?? null
  it('is served up to 250,000 fields, and refused beyond by how many there would be', () => {
    expect(MAX_FIELDS).toBe(250_000)
    expect(refusals(`{ list(first: ${MAX_FIELDS - 1}) { a } }`)).toBeNull()
    expect(refusals(`{ list(first: ${MAX_FIELDS}) { a } }`)).toEqual([
      ['TOO_COSTLY', 'This would answer up to 250,001 fields; at most 250,000 are served at once.'],
    ])
    expect(refusals('query ($n: Int) { list(first: $n) { a } }', undefined, { n: 1e9 })).toHaveLength(1)
    expect(refusals('query ($n: Int) { list(first: $n) { a } }')).toBeNull()
  })
  it('is that of the operation that is named; none where there is no such operation', () => {
    const two = 'query A { list(first: 1000000) { a } } query B { list(first: 1) { a } }'
    expect([refusals(two, 'A')?.length, refusals(two, 'B'), refusals(two, 'C'), refusals(two)]).toEqual([
      1,
      null,
      null,
      null,
    ])
  })
})

describe('an operation that takes long', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const never = new Promise(() => undefined)
  const slow = (seconds: number) => ({
    errors: [
      expect.objectContaining({
        message: `This took longer than ${seconds} seconds.`,
        extensions: expect.objectContaining({ code: 'TOO_SLOW' }) as unknown,
      }) as unknown,
    ],
  })

  it('is answered with an error once its time is over, and not before', async () => {
    let answer: unknown = 'none yet'
    void inTime(30, never).then((result) => (answer = result))
    await vi.advanceTimersByTimeAsync(29_999)
    expect(answer).toBe('none yet')
    await vi.advanceTimersByTimeAsync(1)
    expect(answer).toEqual(slow(30))
  })
  it('is answered as it is when that comes first, and leaves no timer behind', async () => {
    expect(await inTime(30, Promise.resolve('an answer'))).toBe('an answer')
    await expect(inTime(30, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(vi.getTimerCount()).toBe(0)
  })
  it('that answers at once is not waited for', () => {
    const answer = { data: null }
    expect(inTime(30, answer)).toBe(answer)
    expect(vi.getTimerCount()).toBe(0)
  })
  it.each([
    ['onExecute', 'executeFn', 'setExecuteFn'],
    ['onSubscribe', 'subscribeFn', 'setSubscribeFn'],
  ] as const)('is watched by %s', async (hook, given, setter) => {
    let work: Work | undefined
    const asked: unknown[] = []
    const original = (args: unknown) => (asked.push(args), never)
    ;(useDeadline(2)[hook] as Hook)({ [given]: original, [setter]: (fn: Work) => void (work = fn) } as never)
    const answer = work!('the arguments')
    await vi.advanceTimersByTimeAsync(2_000)
    expect([await answer, asked]).toEqual([slow(2), ['the arguments']])
  })
})

describe('documents', () => {
  const OURS = 'query Ours { me }'
  const plugin = useDocuments(new Documents({ any: OURS }, 'nobody'))
  const params = (query: string, context: object) => {
    const set: unknown[] = []
    const asked = { params: { query, variables: 1 }, context, setParams: (given: unknown) => set.push(given) }
    ;(plugin.onParams as Hook)(asked as never)
    return set
  }
  it('that a viewer may not send are refused, unless they were looked at before', () => {
    expect(params(OURS, { viewer })).toEqual([{ query: OURS, variables: 1 }])
    expect(() => params('{ free }', { viewer })).toThrow('Your role is served the documents of our own pages')
    expect(params('{ free }', { viewer, isDocumentKnown: true })).toEqual([])
    expect(params('', { viewer })).toEqual([])
  })
  it('of ours are parsed once, and no others are', () => {
    const parsed: unknown[] = []
    const parseIt = (source: string) =>
      (plugin.onParse as Hook)({
        params: { source },
        setParsedDocument: (document: unknown) => parsed.push(document),
      } as never)
    parseIt(OURS)
    parseIt(OURS)
    parseIt('{ free }')
    expect(parsed).toHaveLength(2)
    expect(parsed[0]).toBe(parsed[1])
    expect(parsed[0]).toMatchObject({ kind: 'Document' })
  })
})

describe('the log', () => {
  function logged(level: string, run: (log: pino.Logger) => void) {
    const lines: Record<string, unknown>[] = []
    run(pino({ level, base: null, timestamp: false }, { write: (line: string) => void lines.push(JSON.parse(line)) }))
    return lines
  }
  const args = (text: string, contextValue: object) => ({ document: parse(text), contextValue }) as ExecutionArgs
  it('says at debug who ran which operation', () => {
    const lines = logged('debug', (log) => {
      noteOperation(log, args('query VitalsWindow { a }', { viewer }))
      noteOperation(log, args('mutation { a }', {}))
      noteOperation(log, args('query A { a } query B { a }', { viewer }))
    })
    expect(lines).toEqual([
      { level: 20, operation: 'VitalsWindow', viewer: 'Larsson', msg: 'query' },
      { level: 20, msg: 'mutation' },
      { level: 20, viewer: 'Larsson', msg: 'operation' },
    ])
    expect(logged('info', (log) => noteOperation(log, args('{ a }', { viewer })))).toEqual([])
  })
  it('is written for queries and subscriptions', () => {
    const lines = logged('debug', (log) => {
      const { onExecute, onSubscribe } = useLog(log)
      ;(onExecute as Hook)({ args: args('query A { a }', { viewer }) } as never)
      ;(onSubscribe as Hook)({ args: args('subscription B { a }', { viewer }) } as never)
    })
    expect(lines.map(({ operation, msg }) => [operation, msg])).toEqual([
      ['A', 'query'],
      ['B', 'subscription'],
    ])
  })
})

describe('the session', () => {
  const declared: Declared = { shared: new Set(), resumable: new Set<string>(), renewing: new Set(['setPassword']) }
  /** How often the session was renewed by a mutation, and what it answered; null where its execution was left alone. */
  async function renewed(text: string, data: unknown, hasSession = true) {
    let times = 0
    let work: Work | null = null
    const context = hasSession ? { renewSession: () => Promise.resolve(void times++) } : {}
    const args = { document: parse(text), contextValue: context }
    ;(useRenewal(() => declared).onExecute as Hook)({
      args,
      executeFn: (given: unknown) => Promise.resolve({ data, given }),
      setExecuteFn: (fn: Work) => void (work = fn),
    } as never)
    const run = work as Work | null
    return { times: run ? (expect(await run('args')).toEqual({ data, given: 'args' }), times) : null }
  }
  it.each([
    ['mutation { setPassword }', { setPassword: true }, 1],
    ['mutation { done: setPassword }', { done: true }, 1],
    ['mutation { a: setPassword b: setPassword }', { a: null, b: true }, 1],
    ['mutation { ...F } fragment F on Mutation { setPassword }', { setPassword: true }, 1],
    ['mutation { setPassword }', { setPassword: null }, 0],
    ['mutation { setPassword }', null, 0],
    ['mutation { other }', { other: true }, null],
    ['mutation { setPassword: other }', { setPassword: true }, null],
  ])('after %s, answered %j, is renewed %s times', async (text, data, times) => {
    expect(await renewed(text, data)).toEqual({ times })
  })
  it('is left as it is where no cookie can be sent', async () => {
    expect(await renewed('mutation { setPassword }', { setPassword: true }, false)).toEqual({ times: null })
  })
})
