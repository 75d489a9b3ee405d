import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { operationsOf, addressOf, textOf, variablesOf } from './operations.ts'

const who = Object.assign(parse('query Who { me { name } }'), { window: 'admin' })
const live = parse(
  'subscription Live($where: ChatWhere) { chatReceived(where: $where) { ...L } } fragment L on C { id }',
)
const sent = new Map([
  [who, { variables: {}, at: 1, times: 1, answers: 1, ms: 12 }],
  [live, { variables: { where: { text: 'a & b' } }, at: 2, times: 3, answers: 9 }],
])

describe('operations in the query inspector', () => {
  it('stand with the one sent last first, each with its kind and the folder of its window', () => {
    expect(operationsOf(sent).map(({ name, kind, folder, times }) => [name, kind, folder, times])).toEqual([
      ['Live', 'subscription', undefined, 3],
      ['Who', 'query', 'admin', 1],
    ])
  })

  it('open in the playground with their fragments and variables, after the hash', () => {
    const [operation, other] = operationsOf(sent)
    const url = new URL(addressOf(operation!), 'http://here.invalid')
    expect(url.search).toBe('')
    const given = new URLSearchParams(url.hash.slice(1))
    expect(given.get('query')).toBe(textOf(operation!))
    expect(given.get('query')).toContain('fragment L on C')
    expect(JSON.parse(given.get('variables')!)).toEqual({ where: { text: 'a & b' } })
    expect(variablesOf(other!)).toBe('')
  })
})
