import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { keyOf, rootFieldsOf } from './root-fields.ts'

const keys = (text: string, name?: string) =>
  rootFieldsOf(parse(text), name).map((field) => [keyOf(field), field.name.value])

describe('root fields', () => {
  it('are those of the operation, by alias and name, and not what is below them', () => {
    expect(keys('{ a { x } b: c }')).toEqual([
      ['a', 'a'],
      ['b', 'c'],
    ])
  })
  it('are found in fragments, named or not', () => {
    expect(
      keys('mutation { ...F ... on Mutation { b } } fragment F on Mutation { a ...G } fragment G on Mutation { g }'),
    ).toEqual([
      ['a', 'a'],
      ['g', 'g'],
      ['b', 'b'],
    ])
  })
  it('end where a fragment spreads itself, or is not there', () => {
    expect(keys('{ ...F ...H } fragment F on Query { a ...F }')).toEqual([['a', 'a']])
  })
  it('are those of the operation that is named', () => {
    const two = 'query A { a } query B { b }'
    expect([keys(two, 'B'), keys(two, 'C'), keys(two)]).toEqual([[['b', 'b']], [], []])
  })
})
