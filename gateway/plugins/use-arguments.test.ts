import { GraphQLError, parse, type DocumentNode, type ExecutionArgs } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Role, Viewer } from '../../shared/auth/viewer.ts'
import { checkArguments, inspectDocument, useArguments, type Introspection } from './use-arguments.ts'

const as = (role: Role | null) => ({ viewer: role ? ({ role } as Viewer) : undefined })

/** What is said of an operation: code and text of the error; null when nothing is. */
function refusal(
  text: string | DocumentNode,
  variableValues: unknown = {},
  introspection: Introspection = 'viewer',
  role: Role | null = 'viewer',
) {
  const document = typeof text === 'string' ? parse(text) : text
  const args = { document, variableValues, contextValue: as(role) } as unknown as ExecutionArgs
  const errors = checkArguments(introspection)(args)
  return errors && errors.map(({ extensions, message }) => `${String(extensions['code'])}: ${message}`).join()
}
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) })
const nestedList = (depth: number): unknown => (depth === 0 ? 1 : [nestedList(depth - 1)])

const NUL = 'BAD_USER_INPUT: Text cannot hold NUL characters.'
const LONG_LIST = 'BAD_USER_INPUT: A list has at most 1000 entries.'
const LONG_TEXT = 'BAD_USER_INPUT: A text has at most 100000 characters.'
const DEEP = 'BAD_USER_INPUT: Arguments are at most 32 lists and objects deep.'
const PROTO = 'BAD_USER_INPUT: An argument’s field cannot be called __proto__.'
const INTROSPECTION = 'FORBIDDEN: You may not ask the schema about itself here.'

describe('variables', () => {
  it.each([
    ['a NUL character', 'a\0b', NUL],
    ['a text that is long', 'x'.repeat(100_000), null],
    ['a text too long', 'x'.repeat(100_001), LONG_TEXT],
    ['a long list', Array(1_000).fill(0), null],
    ['a list too long', Array(1_001).fill(0), LONG_LIST],
    ['a fault behind entries that are right', [1, null, 'a', 'a\0'], NUL],
    ['a fault within an object', { a: 1, b: { c: ['\0'] } }, NUL],
    ['a NUL character in a name', { 'a\0': 1 }, NUL],
    ['a name too long', { ['x'.repeat(100_001)]: 1 }, LONG_TEXT],
    ['a field called __proto__', JSON.parse('{"a":{"__proto__":1}}'), PROTO],
    ['objects that are deep', nested(31), null],
    ['objects too deep', nested(32), DEEP],
    ['lists that are deep', nestedList(31), null],
    ['lists too deep', nestedList(32), DEEP],
    ['nothing', null, null],
    ['numbers and truths', [1, true, 1.5], null],
  ])('with %s', (_, value, said) => {
    expect(refusal('query ($v: V) { a(v: $v) }', { v: value })).toBe(said)
  })

  it('may be left out', () => {
    expect([refusal('{ a }', undefined), refusal('{ a }', null)]).toEqual([null, null])
  })
})

describe('arguments written into a document', () => {
  it.each([
    ['a NUL character', '{ a(v: "x\\u0000y") }', NUL],
    ['a text too long', `{ a(v: "${'x'.repeat(100_001)}") }`, LONG_TEXT],
    ['a list too long', `{ a(v: [${'1 '.repeat(1_001)}]) }`, LONG_LIST],
    ['a long list', `{ a(v: [${'1 '.repeat(1_000)}]) }`, null],
    ['a field called __proto__', '{ a(v: { b: { __proto__: 1 } }) }', PROTO],
    ['another field', '{ a(v: { proto: "x" }) }', null],
    ['two faults', '{ a(v: "x\\u0000y", w: { __proto__: 1 }) }', NUL],
    ['two faults the other way round', '{ a(w: { __proto__: 1 }, v: "x\\u0000y") }', PROTO],
  ])('with %s', (_, text, said) => {
    expect(refusal(text)).toBe(said)
  })

  it('count before variables do', () => {
    expect(refusal('{ a(v: { __proto__: 1 }) }', { v: '\0' })).toBe(PROTO)
  })
})

describe('asking the schema about itself', () => {
  it.each<[Introspection, string]>([
    ['viewer', 'viewer operator admin'],
    ['operator', 'operator admin'],
    ['admin', 'admin'],
    ['nobody', ''],
  ])('is for %s, and so for: %s', (introspection, allowed) => {
    for (const text of ['{ __schema { a } }', '{ __type(name: "A") { a } }', '{ a { __schema { b } } }']) {
      const may = (['viewer', 'operator', 'admin'] as const).filter(
        (role) => refusal(text, {}, introspection, role) === null,
      )
      expect(may.join(' ')).toBe(allowed)
      expect(refusal(text, {}, introspection, null)).toBe(INTROSPECTION)
    }
  })

  it('is not for the assistant’s own process, whatever its role', () => {
    const contextValue = { viewer: { role: 'admin', only: 'agent' } as Viewer }
    const args = { document: parse('{ __schema { a } }'), variableValues: {}, contextValue }
    const errors = checkArguments('viewer')(args as unknown as ExecutionArgs)
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
  })

  it('is not what an operation does that asks for the name of a type', () => {
    expect(refusal('{ __typename a { __typename schema type } }', {}, 'nobody')).toBeNull()
  })
})

describe('a document that was looked at', () => {
  it.each([
    ['{ a }', { asks: false, isInParts: false, trouble: null }],
    ['{ __schema { a } b }', { asks: true, isInParts: false, trouble: null }],
    ['{ a ... @defer { b } }', { asks: false, isInParts: true, trouble: null }],
    ['{ a @stream b @skip(if: true) }', { asks: false, isInParts: true, trouble: null }],
    ['{ a @skip(if: true) }', { asks: false, isInParts: false, trouble: null }],
    ['fragment F on Query { __schema { a } }', { asks: false, isInParts: false, trouble: null }],
    ['query { ...F } fragment F on Query { __schema { a } }', { asks: true, isInParts: false, trouble: null }],
  ])('%s', (text, found) => {
    const document = parse(text)
    expect(inspectDocument(document)).toEqual(found)
    expect(inspectDocument(document)).toBe(inspectDocument(document))
  })
})

describe('a document that is read', () => {
  function read(text: string): DocumentNode {
    let parseFn: ((source: string) => DocumentNode) | undefined
    const { onParse } = useArguments('viewer')
    void onParse!({ setParseFn: (fn: typeof parseFn) => void (parseFn = fn) } as never)
    return parseFn!(text)
  }
  it('has at most 10,000 tokens', () => {
    const ofTokens = (count: number) => `{${' a'.repeat(count - 2)}}`
    expect(read(ofTokens(9_999)).definitions).toHaveLength(1)
    const refused = () => read(ofTokens(10_002))
    expect(refused).toThrow('This document has more tokens than the 10000 that are served.')
    expect(refused).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
    )
  })
  it('is nested at most 200 brackets deep', () => {
    const refused = () => read(`{ a(b: ${'['.repeat(5_000)}`)
    expect(refused).toThrow('The document is nested deeper than 200 brackets.')
    expect(refused).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
    )
  })
  it('is refused as the parser does where it is no GraphQL', () => {
    expect(() => read('{ a(')).toThrow('Syntax Error: Expected Name, found <EOF>.')
    expect(() => read('{ a(')).toThrow(GraphQLError)
  })
})
