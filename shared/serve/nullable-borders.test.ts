import { parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { checkSharedEntities, withNullableBorders } from './nullable-borders.ts'

const flat = (text: string) => print(parse(text))

describe('[OUT2] the graph', () => {
  it('is nullable at the roots and at entities of several subgraphs, but for keys, and as declared elsewhere', () => {
    const schema = parse(
      `type Query { list: [Row!]! maybe: Int }
       extend type Query { more: Int! }
       type Mutation { write: Row! }
       type Subscription { happened: Row! }
       type Row { id: ID! list: [Int!]! }
       type Character @key(fields: "name") { name: String! rows: [Row!]! maybe: Int }`,
    )
    expect(print(withNullableBorders(schema))).toBe(
      flat(
        `type Query { list: [Row!] maybe: Int }
         extend type Query { more: Int }
         type Mutation { write: Row }
         type Subscription { happened: Row! }
         type Row { id: ID! list: [Int!]! }
         type Character @key(fields: "name") { name: String! rows: [Row!] maybe: Int }`,
      ),
    )
  })

  it('knows which entities several subgraphs have', () => {
    const character = parse('type Character @key(fields: "name") { name: String! }')
    const item = parse('type Item @key(fields: "id") { id: ID! } type Character @key(fields: "name") { name: String! }')
    expect(() => checkSharedEntities([character, item])).not.toThrow()
    expect(() => checkSharedEntities([character, item, item])).toThrow(/Character, Item/)
    expect(() => checkSharedEntities([character])).toThrow(/SHARED_ENTITIES/)
  })
})
