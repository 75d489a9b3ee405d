import { buildSchema, getOperationAST, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { costOf } from './cost.ts'

const schema = buildSchema(`
  type Query {
    one: Row
    plain: [Row!]!
    maybe: [Row]
    page(first: Int = 20): RowConnection
    open(first: Int, other: Int): [Row]
    history(points: Int = 50): [Row]
    chart(points: Int): Row
    node: Node
  }
  type RowConnection { nodes: [Row!]! totalCount: Int }
  type Row implements Node { id: ID a: Int b: Int one: Row plain: [Row] }
  interface Node { id: ID }
`)
const cost = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text)
  return costOf(schema, document, getOperationAST(document)!, variables)
}

describe('[LIM1] the rows of a list', () => {
  it.each([
    ['one object is one', '{ one { a b } }', 1 + 2],
    ['a list that says nothing of how many is ten', '{ plain { a } maybe { a b } }', 1 + 10 + 1 + 20],
    ['lists within lists multiply', '{ plain { plain { a } } }', 1 + 10 * (1 + 10)],
    ['`first` is that many', '{ page(first: 7) { nodes { a } } }', 1 + 7 * (1 + 1)],
    ['the default of `first`', '{ page { nodes { a } } }', 1 + 20 * 2],
    ['`first` without a default is ten', '{ open { a } }', 1 + 10],
    ['another argument says nothing', '{ open(other: 500) { a } }', 1 + 10],
    ['`first` counts beside another argument', '{ open(other: 500, first: 3) { a } }', 1 + 3],
    ['none is taken for one', '{ open(first: 0) { a } }', 1 + 1],
    ['a `first` that is no number is the executor’s to refuse', '{ open(first: "x") { a } }', 1 + 10],
    ['points are a tenth of a row, in a list of ten', '{ history(points: 200) { a } }', 1 + 20 * 10],
    ['the default of `points`', '{ history { a } }', 1 + 5 * 10],
    ['few points are one row', '{ history(points: 3) { a } }', 1 + 10],
    ['points of what is no list', '{ chart(points: 200) { a } }', 1 + 20],
  ])('%s', (_, text, expected) => expect(cost(text)).toBe(expected))

  it('may come by a variable, which counts before its default', () => {
    const text = 'query ($n: Int = 5) { open(first: $n) { a } }'
    expect([cost(text), cost(text, { n: 8 }), cost(text, { n: 'x' })]).toEqual([1 + 5, 1 + 8, 1 + 1])
    expect(cost('query ($n: Int) { open(first: $n) { a } }')).toBe(1 + 10)
  })
})

describe('[LIM1] what is spread', () => {
  it.each([
    ['a fragment counts wherever it is', '{ one { ...F } plain { ...F } } fragment F on Row { a b }', 1 + 2 + 1 + 20],
    ['a fragment written in place', '{ one { ... on Row { a b } ... { a } } }', 1 + 3],
    ['of an unknown type nothing', '{ one { ... on Nothing { a b } a } }', 1 + 1],
    ['a fragment that is not there nothing', '{ one { ...Missing a } }', 1 + 1],
    ['a fragment of an unknown type nothing', '{ one { ...F a } } fragment F on Nothing { a b }', 1 + 1],
    ['a fragment that spreads itself ends', '{ one { ...F } } fragment F on Row { a ...F }', 1 + 1],
    ['fields of an interface are one each', '{ node { id } }', 1 + 1],
    ['fields that are not there are one each', '{ one { nothing } }', 1 + 1],
    [
      'what the schema says of itself is nothing',
      '{ __typename __schema { types { name } } one { __typename a } }',
      1 + 1,
    ],
  ])('%s', (_, text, expected) => expect(cost(text)).toBe(expected))

  it('is measured once, however often fragments double it', () => {
    const chain = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Row { ...F${n + 1} ...F${n + 1} }`)
    expect(cost(`{ one { ...F0 } } ${chain.join(' ')} fragment F60 on Row { a }`)).toBe(1e12)
  })
})

it('[LIM1] of an operation the schema has no root for is nothing', () => {
  expect(cost('mutation { a }')).toBe(0)
})
