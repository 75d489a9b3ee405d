import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { parse } from 'graphql'
import { expect, it } from 'vitest'
import { beginTracing } from '../../shared/trace/spans.ts'
import { useTracing } from './use-tracing.ts'

type Hook = (given: never) => unknown
type Work = (args: unknown) => unknown
const plugin = useTracing()

/** What is run instead of an operation's work; the work itself where nothing is put around it. */
function around(hook: 'onExecute' | 'onSubscribe', text: string, operationName?: string): Work {
  let work: Work = (args) => `done with ${String(args)}`
  const [given, setter] = hook === 'onExecute' ? ['executeFn', 'setExecuteFn'] : ['subscribeFn', 'setSubscribeFn']
  const args = { document: parse(text), operationName }
  ;(plugin[hook] as Hook)({ args, [given]: work, [setter]: (fn: Work) => (work = fn) } as never)
  return work
}

it('each operation is a step of the trace by kind and name, where anybody collects', () => {
  const exporter = new InMemorySpanExporter()
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

  expect(around('onExecute', 'query Untraced { a }')('args')).toBe('done with args')
  expect(around('onSubscribe', 'subscription Untraced { a }')('args')).toBe('done with args')
  expect(exporter.getFinishedSpans()).toEqual([])

  beginTracing()
  expect(around('onExecute', 'query VitalsWindow { a }')('args')).toBe('done with args')
  expect(around('onExecute', 'mutation A { a } query B { a }', 'A')('args')).toBe('done with args')
  expect(around('onSubscribe', 'subscription RareFound { a }')('args')).toBe('done with args')
  around('onExecute', '{ a }')('args')
  around('onExecute', 'query A { a } query B { a }')('args')
  expect(exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes])).toEqual(
    [
      ['query', 'VitalsWindow'],
      ['mutation', 'A'],
      ['subscription', 'RareFound'],
      ['query', 'nameless'],
      ['query', 'nameless'],
    ].map(([type, name]) => [`${type} ${name}`, { 'graphql.operation.name': name, 'graphql.operation.type': type }]),
  )
})
