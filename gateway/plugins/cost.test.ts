import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { buildSchema, Kind, parse, print, type ExecutionArgs } from 'graphql'
import { describe, expect, it } from 'vitest'
import { costOf } from './cost.ts'
import { checkCost, MAX_FIELDS } from './use-cost.ts'

const schema = buildSchema(readFileSync(path.join(import.meta.dirname, '..', 'api.graphql'), 'utf8'))
/** The cost of a document's operation; of several the greatest. */
const cost = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text)
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  return Math.max(...operations.map((operation) => costOf(schema, document, operation, variables)))
}

describe('the cost of an operation', () => {
  it('[LIM1] is its fields, each for every row of the lists around it', () => {
    expect(cost('{ character(name: "A") { name live } }')).toBe(3)
    expect(cost('{ characters(first: 20) { totalCount nodes { name } } }')).toBe(1 + 20 * (1 + 1 + 1))
    expect(cost('{ characters { nodes { name } } }')).toBe(1 + 100 * 2)
  })

  it('[LIM1] multiplies lists within lists, through variables, their defaults and fragments alike', () => {
    const nested = (first: string, head = '') =>
      `query Q${head} { characters(first: ${first}) { nodes {
        ...C } } } fragment C on Character { rares(first: ${first}) { nodes { name } } }`
    const expected = 1 + 30 * (1 + (1 + 30 * 2))
    expect(cost(nested('30'))).toBe(expected)
    expect(cost(nested('$n', '($n: Int!)'), { n: 30 })).toBe(expected)
    expect(cost(nested('$n', '($n: Int! = 30)'))).toBe(expected)
    expect(cost(nested('500'))).toBeGreaterThan(MAX_FIELDS)
    expect(
      cost('{ characters(first: 500) { nodes { inventory { items(first: 1000) { nodes { name } } } } } }'),
    ).toBeGreaterThan(MAX_FIELDS)
  })

  it('[LIM1] is checked by the values of each request, however often its document was sent', () => {
    const document = parse(
      'query Q($first: Int = 3) { characters(first: $first) { nodes { rares(first: $first) { nodes { name } } } } }',
    )
    const of = (variableValues: object) => {
      let cost = 0
      const contextValue = { reportCost: (counted: number) => void (cost = counted) }
      checkCost({ schema, document, contextValue, variableValues } as ExecutionArgs)
      return cost
    }
    const inTurn = [{ first: 9 }, { first: 400 }, {}, { first: null }, { first: 9 }, { first: '9' }, { 'first=9': 9 }]
    const expected = inTurn.map((values) => cost(print(document), values))
    expect(new Set(expected).size).toBe(5)
    for (const _ of ['measured', 'remembered']) expect(inTurn.map(of)).toEqual(expected)
  })

  it('[LIM1] of what asks the schema about itself is nothing', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    expect(cost(getIntrospectionQuery())).toBeLessThan(10)
  })

  it('[LIM1] of every document of the dashboard is far below what is served', () => {
    const folder = path.join(import.meta.dirname, '..', '..', 'web', 'src')
    const files = documents(folder)
    expect(files.length).toBeGreaterThan(5)
    const texts = files.map((file) => readFileSync(file, 'utf8'))
    const fragments = texts.filter((text) => /^\s*fragment /.test(text)).join('\n')
    for (const [nth, text] of texts.entries()) {
      if (/^\s*fragment /.test(text)) continue
      expect(cost(`${text}\n${fragments}`), files[nth]).toBeLessThan(MAX_FIELDS / 5)
    }
  })
})

function documents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => path.join(folder, file))
}
