import { buildSchema, GraphQLError, parse, type ExecutionArgs } from 'graphql'
import { describe, expect, it } from 'vitest'
import { checkVariables, useErrors, withCodes } from './use-errors.ts'

type Hook = (given: never) => unknown
const TRACE = expect.stringMatching(/^[0-9a-f]{16}$/) as unknown
const INTERNAL_HINT = 'Try again. If it persists, report the trace to an admin: it is also in the log.'

describe('[ERR1] an error of an answer', () => {
  it('that says nothing of itself is one of ours, with the way out and a trace', () => {
    const { errors } = withCodes({ errors: [new Error('broken')] })
    expect(
      errors!.map((error) => [error instanceof GraphQLError, error.message, (error as GraphQLError).extensions]),
    ).toEqual([[true, 'broken', { code: 'INTERNAL_SERVER_ERROR', hint: INTERNAL_HINT, trace: TRACE }]])
  })

  it('keeps what it says of itself, and where in the answer and document it belongs', () => {
    const document = parse('{ a }')
    const cause = new Error('cause')
    const original = new GraphQLError('no', {
      nodes: document.definitions,
      path: ['a', 0],
      originalError: cause,
      extensions: { code: 'FORBIDDEN', more: 1 },
    })
    const [error] = withCodes({ errors: [original] }).errors!
    expect(error!.extensions).toEqual({
      code: 'FORBIDDEN',
      more: 1,
      hint: 'Ask an admin for the role it needs.',
      trace: TRACE,
    })
    expect([error!.message, error!.path, error!.nodes, error!.originalError]).toEqual([
      'no',
      ['a', 0],
      document.definitions,
      cause,
    ])
    const atPlace = new GraphQLError('no', { source: original.source!, positions: [2] })
    expect(withCodes({ errors: [atPlace] }).errors![0]!.locations).toEqual([{ line: 1, column: 3 }])
  })

  it('that lacks nothing stays the same, and one that lacks something does not', () => {
    const extensions = { code: 'FORBIDDEN', hint: 'h', trace: 't' }
    const whole = new GraphQLError('no', { extensions })
    const answer = withCodes({ errors: [whole] })
    expect(answer.errors![0]).toBe(whole)
    for (const missing of ['code', 'hint', 'trace'] as const) {
      const original = new GraphQLError('no', { extensions: { ...extensions, [missing]: undefined } })
      expect(withCodes({ errors: [original] }).errors![0]).not.toBe(original)
    }
  })

  it('is looked for only where there are errors', () => {
    const answer = { data: { a: 1 }, errors: undefined }
    expect(withCodes(answer)).toBe(answer)
    expect(withCodes({ data: 1, errors: [] as Error[] })).toEqual({ data: 1, errors: [] })
  })
})

describe('variables', () => {
  const schema = buildSchema('type Query { a(n: Int): Int }')
  const judge = (text: string, variableValues?: Record<string, unknown>, operationName?: string) =>
    checkVariables({ schema, document: parse(text), variableValues, operationName } as ExecutionArgs)?.map(
      ({ message, extensions }) => [extensions['code'], message],
    ) ?? null
  it('that do not fit are the caller’s', () => {
    expect(judge('query ($n: Int!) { a(n: $n) }')).toEqual([
      ['BAD_USER_INPUT', 'Variable "$n" of required type "Int!" was not provided.'],
    ])
    expect(judge('query ($n: Int) { a(n: $n) }', { n: 'x' })).toEqual([
      ['BAD_USER_INPUT', 'Variable "$n" got invalid value "x"; Int cannot represent non-integer value: "x"'],
    ])
  })
  it('are listed up to five, and that there are more', () => {
    const names = Array.from({ length: 9 }, (_, n) => `$n${n}`)
    const found = judge(`query (${names.map((name) => `${name}: Int!`).join()}) { a }`)!
    expect(found).toHaveLength(6)
    expect(found[5]![1]).toBe('Too many errors processing variables, error limit reached. Execution aborted.')
  })
  it('that fit, or that nobody asks for, are fine', () => {
    expect(judge('query ($n: Int) { a(n: $n) }', { n: 1, other: 'x' })).toBeNull()
    expect(judge('{ a }', { n: 'x' })).toBeNull()
    expect(judge('query A { a } query B($n: Int!) { a(n: $n) }', {}, 'A')).toBeNull()
    expect(judge('query A { a } query B($n: Int!) { a(n: $n) }', {}, 'B')).toHaveLength(1)
    expect(judge('query A { a } query B($n: Int!) { a(n: $n) }', {}, 'C')).toBeNull()
  })
})

describe('a document that is refused', () => {
  const plugin = useErrors()
  const refused = (code: string, hint: string) => ({
    message: 'no',
    extensions: { code, hint, trace: TRACE },
  })

  it('because it cannot be read has a code, is a 400, and shows a trace of its own each time', () => {
    const given: GraphQLError[] = []
    const done = (plugin.onParse as Hook)({} as never) as Hook
    done({ result: new GraphQLError('no'), replaceParseResult: (error: GraphQLError) => given.push(error) } as never)
    done({ result: parse('{ a }'), replaceParseResult: () => expect.fail('it was read') } as never)
    const [error] = given
    expect(error!.extensions['http']).toEqual({ spec: true, status: 400 })
    const [first, second] = [error!.toJSON(), error!.toJSON()]
    const hint = 'See `locations` for where it ceases to be one.'
    for (const shown of [first, second]) expect(shown).toEqual(refused('GRAPHQL_PARSE_FAILED', hint))
    expect(first.extensions!['trace']).not.toBe(second.extensions!['trace'])
  })

  it('because it does not fit the schema likewise, error by error', () => {
    const given: GraphQLError[][] = []
    const done = (plugin.onValidate as Hook)({} as never) as Hook
    const own = new GraphQLError('no', { extensions: { code: 'BAD_USER_INPUT' } })
    const setResult = (errors: GraphQLError[]) => given.push(errors)
    done({ valid: false, result: [new GraphQLError('no'), own], setResult } as never)
    done({ valid: true, result: [own], setResult } as never)
    expect(given.map((errors) => errors.map((error) => error.toJSON()))).toEqual([
      [
        refused('GRAPHQL_VALIDATION_FAILED', 'See `locations`; the schema stands in the playground at /graphiql.'),
        refused('BAD_USER_INPUT', 'See the field’s description in the schema.'),
      ],
    ])
    expect(given[0]![0]!.extensions['http']).toEqual({ spec: true, status: 400 })
  })
})

describe('an operation', () => {
  const plugin = useErrors()
  const schema = buildSchema('type Query { a(n: Int): Int }')
  const args = { schema, document: parse('query ($n: Int!) { a(n: $n) }'), variableValues: {} }

  it.each(['onExecute', 'onSubscribe'] as const)('with variables that do not fit is not run: %s', (hook) => {
    const answers: { errors: GraphQLError[] }[] = []
    const setResultAndStopExecution = (answer: (typeof answers)[0]) => answers.push(answer)
    void (plugin[hook] as Hook)({ args, setResultAndStopExecution } as never)
    expect(answers.map(({ errors }) => errors.map(({ extensions }) => extensions['code']))).toEqual([
      ['BAD_USER_INPUT'],
    ])
  })

  it('is answered with errors that have what they lacked', () => {
    const given: { errors: GraphQLError[] }[] = []
    const { onExecuteDone } = (plugin.onExecute as Hook)({
      args: { ...args, document: parse('{ a }') },
      setResultAndStopExecution: () => expect.fail('it is fine'),
    } as never) as { onExecuteDone: Hook }
    const done = (result: unknown) => void onExecuteDone({ result, setResult: (r: never) => given.push(r) } as never)
    done({ data: 1 })
    done(null)
    done((async function* () {})())
    done('text')
    expect(given).toEqual([])
    done({ data: null, errors: [new Error('broken')] })
    expect(given.map(({ errors }) => errors.map(({ extensions }) => extensions['code']))).toEqual([
      ['INTERNAL_SERVER_ERROR'],
    ])
  })
})
