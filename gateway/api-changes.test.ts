import { describe, expect, it } from 'vitest'
import { apiChanges } from './api-changes.ts'

const api = (fields: string, rest = '') => `type Query { here: Int ${fields} } ${rest}`

describe('changes of the public API', () => {
  it.each([
    ['a field that goes', api('old: Int'), api('')],
    ['a field that may become null', api('old: Int!'), api('old: Int')],
    ['a value that goes', api('is: Kind', 'enum Kind { A B }'), api('is: Kind', 'enum Kind { A }')],
    ['an argument that goes', api('old(a: Int): Int'), api('old: Int')],
    ['an argument that must be given', api('old: Int'), api('old(a: Int!): Int')],
    ['a type that goes', api('old: Thing', 'type Thing { a: Int }'), api('old: Int')],
  ])('break by %s', (_, before, after) => expect(apiChanges(before, after).breaking).not.toEqual([]))

  it.each([
    ['a field', api('old: Int @deprecated(reason: "x")'), api('')],
    ['a value', api('is: Kind', 'enum Kind { A B @deprecated(reason: "x") }'), api('is: Kind', 'enum Kind { A }')],
    ['an argument', api('old(a: Int @deprecated(reason: "x")): Int'), api('old: Int')],
    ['a type', api('old: Thing @deprecated(reason: "x")', 'type Thing { a: Int }'), api('')],
  ])('do not break by %s that was deprecated before', (_, before, after) => {
    const { breaking, announced } = apiChanges(before, after)
    expect([breaking, announced.length > 0]).toEqual([[], true])
  })

  it('do not break by what comes', () => {
    expect(
      apiChanges(api('is: Kind', 'enum Kind { A }'), api('is(a: Int): Kind more: Int', 'enum Kind { A B }')),
    ).toMatchObject({ breaking: [], dangerous: { length: 2 } })
  })
})
