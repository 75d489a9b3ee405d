import { buildSchema, parse } from 'graphql'
import { expect, it } from 'vitest'
import { compiled } from './compiled.ts'

const schema = buildSchema(`
  enum Kind { A B }
  type Query { said(first: Int!, kinds: [Kind!]!, text: String): String }
`)
schema.getQueryType()!.getFields()['said']!.resolve = (_, args: object) => JSON.stringify(args)
const document = parse(`
  query ($first: Int! = 2, $kinds: [Kind!]! = [B], $text: String = "x") {
    said(first: $first, kinds: $kinds, text: $text)
  }`)

it.each([
  [undefined, '{"first":2,"kinds":["B"],"text":"x"}'],
  [null, '{"first":2,"kinds":["B"],"text":"x"}'],
  [{ first: 5 }, '{"first":5,"kinds":["B"],"text":"x"}'],
  [{ kinds: ['A'], text: null }, '{"first":2,"kinds":["A"],"text":null}'],
])('variables that are left out have their defaults, each time: %j', async (variableValues, said) => {
  for (let time = 0; time < 3; time++)
    expect(await compiled({ schema, document, variableValues })({}, {})).toEqual({ data: { said } })
})

it('a variable that may not be null and is null is refused', async () => {
  const { errors } = await compiled({ schema, document, variableValues: { first: null } })({}, {})
  expect(errors).toHaveLength(1)
})
