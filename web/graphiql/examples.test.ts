import { buildSchema, getVariableValues, Kind, parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import api from '../../gateway/api.graphql?raw'
import { examples } from './examples.ts'

const schema = buildSchema(api)

it.each(examples.map((example) => [/(query|subscription|mutation) (\w+)/.exec(example.query)![2]!, example] as const))(
  'the example %s fits the schema, its variables included',
  (_, { query, variables = '{}' }) => {
    const document = parse(query)
    expect(validate(schema, document)).toEqual([])
    const [operation] = document.definitions
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('An example begins with its operation.')
    const given = JSON.parse(variables) as Record<string, unknown>
    expect(getVariableValues(schema, operation.variableDefinitions ?? [], given).errors).toBeUndefined()
  },
)

it('the examples show history, chat, quests, suits, variables, a subscription and a mutation', () => {
  const text = examples.map(({ query }) => query).join()
  for (const part of ['history(', 'chat(', 'quests(', 'suitSearch(', 'subscription ', 'mutation '])
    expect(text).toContain(part)
  expect(examples.some(({ variables }) => variables)).toBe(true)
})
