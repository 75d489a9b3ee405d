import { concatAST, parse, Source } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readDeclarations, type FieldAccess } from './declarations.ts'
import { directivesDocument } from './directives.ts'

const read = (sdl: string) =>
  readDeclarations(concatAST([parse(new Source(sdl, 'subgraphs/x/schema.graphql')), directivesDocument]))
/** Every fault that is reported for a schema. */
function faultsOf(sdl: string): string[] {
  try {
    read(sdl)
    return []
  } catch (error) {
    const [head, ...faults] = (error as Error).message.split('\n  ')
    expect(head).toBe('Access is not declared as it must be:')
    return faults
  }
}
const forViewers: FieldAccess = {
  role: 'viewer',
  refusal: null,
  person: null,
  owner: null,
  othersOnly: null,
  place: null,
  filtered: null,
  guarded: null,
  shared: false,
  renewsSession: false,
  agentOnly: false,
  tokenStorage: false,
}
const HERE = 'in subgraphs/x/schema.graphql'

describe('a field that says nothing', () => {
  it('is for any viewer if its type says so, wherever the type says it', () => {
    const declared = read('type A @access { a: Int } extend type A { b: Int } type B { c: Int } extend type B @access')
    expect(declared.get('A')).toEqual(
      new Map([
        ['a', forViewers],
        ['b', forViewers],
      ]),
    )
    expect(declared.get('B')).toEqual(new Map([['c', forViewers]]))
  })

  it('does not compose if neither does its type', () => {
    expect(faultsOf('type A { a: Int b: Int @access }')).toEqual([
      `A.a ${HERE} declares no @access, and neither does A.`,
    ])
  })

  it('does not compose as a query, mutation or subscription', () => {
    expect(
      faultsOf('type Query { q: Int } extend type Mutation { m: Int } type Subscription { s: Int @shared }'),
    ).toEqual([
      `Query.q ${HERE} declares no @access.`,
      `Mutation.m ${HERE} declares no @access.`,
      `Subscription.s ${HERE} declares no @access.`,
    ])
  })

  it('does not compose as a mutation or subscription even where the type says something; a query does', () => {
    expect(
      faultsOf('type Query @access { q: Int } type Mutation @access { m: Int } type Subscription @access { s: Int }'),
    ).toEqual([`Mutation.m ${HERE} declares no @access.`, `Subscription.s ${HERE} declares no @access.`])
  })
})

describe('declarations', () => {
  it('a field may ask for more than its type, and not for less', () => {
    const declared = read(`
      type A @access(role: OPERATOR, refusal: "no") { a: Int @access b: Int c: Int @access(role: ADMIN) }
      type B @access { a: Int @access(role: OPERATOR, refusal: "never") }`)
    expect([...declared.get('A')!].map(([name, { role, refusal }]) => [name, role, refusal])).toEqual([
      ['a', 'operator', 'no'],
      ['b', 'operator', 'no'],
      ['c', 'admin', null],
    ])
    expect(declared.get('B')!.get('a')).toEqual({ ...forViewers, role: 'operator', refusal: 'never' })
  })

  it('say all that is applied', () => {
    const declared = read(`
      type Mutation { m(id: ID): Int @access(role: ADMIN) @person(refusal: "p") @owner(of: "session", argument: "id")
        @othersOnly(argument: "id") @renewsSession }
      type Subscription { s: Int @access @shared @filtered(by: "alert") }
      type A @access { p: Int @place q: Int @place(of: "name", rough: true) @guarded(by: "frame") }`)
    expect(declared.get('Mutation')!.get('m')).toEqual({
      ...forViewers,
      role: 'admin',
      person: 'p',
      owner: { of: 'session', argument: 'id' },
      othersOnly: 'id',
      renewsSession: true,
    })
    expect(declared.get('Subscription')!.get('s')).toEqual({ ...forViewers, shared: true, filtered: 'alert' })
    expect(declared.get('A')!.get('p')).toEqual({ ...forViewers, place: { of: 'character', rough: false } })
    expect(declared.get('A')!.get('q')).toEqual({
      ...forViewers,
      place: { of: 'name', rough: true },
      guarded: 'frame',
    })
  })

  it.each([
    [
      'Mutation.m',
      'm(id: ID): Int @access @owner(of: "ship", argument: "id")',
      'has an @owner of something unknown: ship.',
    ],
    [
      'Mutation.m',
      'm(id: ID): Int @access @owner(of: "session", argument: "of")',
      'has no argument of, by which its access is decided.',
    ],
    ['Mutation.m', 'm: Int @access @othersOnly(argument: "id")', 'has no argument id, by which its access is decided.'],
    ['Query.q', 'q: Int @access @filtered(by: "whim")', 'names a rule that is unknown: whim.'],
    ['A.a', 'a: Int @access @guarded(by: "whim")', 'names a rule that is unknown: whim.'],
    ['Query.q', 'q: Int @access @shared', 'is @shared, which only a subscription can be.'],
    [
      'Subscription.s',
      's: Int @access @shared @person(refusal: "p")',
      'is @shared and depends on the person who asks: it can be one of them.',
    ],
    [
      'Subscription.s',
      's(id: ID): Int @access @shared @owner(of: "session", argument: "id")',
      'is @shared and depends on the person who asks: it can be one of them.',
    ],
    ['Query.q', 'q: Int @access @renewsSession', 'has @renewsSession, which only a mutation can have.'],
    ['Query.q', 'q: Int @access @place', 'has no parent object whose character could be looked at.'],
    [
      'Subscription.s',
      's: Int @access @guarded(by: "frame")',
      'has no parent object whose character could be looked at.',
    ],
    ['A.a', 'a: Int @access @agentOnly', 'is @agentOnly, which only an operation can be.'],
    ['A.a', 'a: Int @access @tokenStorage', 'is @tokenStorage, which only an operation can be.'],
    [
      'Query.q',
      'q: Int @access(role: ADMIN) @agentOnly',
      'is @agentOnly, and declares besides what only others can meet.',
    ],
    [
      'Mutation.m',
      'm: Int @access @agentOnly @person(refusal: "p")',
      'is @agentOnly, and declares besides what only others can meet.',
    ],
    [
      'Subscription.s',
      's: Int @access @agentOnly @shared',
      'is @agentOnly, and declares besides what only others can meet.',
    ],
    [
      'Mutation.m',
      'm(input: ID): Int @access @owner(of: "session", argument: "put.id")',
      'has no argument put.id, by which its access is decided.',
    ],
    [
      'Mutation.m',
      'm(input: In!): Int @access @othersOnly(argument: "input.of") } input In { id: ID',
      'has no argument input.of, by which its access is decided.',
    ],
    ['A.a', 'a: Int! @access @place', 'is a @place and can be neither null nor an empty list.'],
  ])('%s does not compose where it cannot hold: %s', (name, field, fault) => {
    expect(faultsOf(`type ${name.split('.')[0]} { ${field} }`)).toEqual([`${name} ${HERE} ${fault}`])
  })

  it('may be decided by a field of an input', () => {
    const field = 'm(input: In!): Int @access @owner(of: "session", argument: "input.of.id")'
    expect(faultsOf(`type Mutation { ${field} } input In { of: Of } input Of { id: ID }`)).toEqual([])
  })

  it('of a place that must be there compose if it can be an empty list', () => {
    expect(faultsOf('type A @access { a: [Int!]! @place }')).toEqual([])
  })

  it('report a fault even if the file is unknown', () => {
    const nowhere = parse('type A { a: Int }', { noLocation: true })
    expect(() => readDeclarations(nowhere)).toThrow(
      'Access is not declared as it must be:\n  A.a declares no @access, and neither does A.',
    )
  })
})
