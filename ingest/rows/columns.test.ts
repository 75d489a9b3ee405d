import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { until } from '../../shared/testing/until.ts'
import type { Client } from '../../shared/db/pool.ts'
import { insertRows } from './columns.ts'

interface Sent {
  name: string
  values: string[]
}
/** A client that only notes what it is sent. */
function notingClient() {
  const sent: Sent[] = []
  const query = (statement: Sent) => (sent.push(statement), Promise.resolve({ rows: [], rowCount: null }))
  return { sent, client: { query } as unknown as Client }
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
const large = insertRows<number>('large', [
  ['a', 'int', (n) => n],
  ['b', 'int', (n) => -n],
])
const small = insertRows<number>('small', [['a', 'int', (n) => n]])
const faulty = insertRows<number>('faulty', [['a', 'int', (n) => Symbol(n)]])

it('sends few rows at once', () => {
  const { sent, client } = notingClient()
  void small(client, [1, 2])
  expect(sent).toEqual([expect.objectContaining({ name: 'insert small', values: ['{1,2}'] })])
})

it('yields to other work while it composes many rows, and sends statements in call order', async () => {
  const { sent, client } = notingClient()
  const other = notingClient()
  void large(client, numbers(30_000))
  void small(client, [1])
  expect(sent).toEqual([])
  void small(other.client, [2])
  expect(other.sent.length).toBe(1)
  await turn()
  expect(sent).toEqual([])
  await until('both', () => sent.length === 2)
  expect(sent.map(({ name }) => name)).toEqual(['insert large', 'insert small'])
  expect(sent[0]!.values.map((column) => column.split(',').length)).toEqual([30_000, 30_000])
  void small(client, [3])
  await until('a third', () => sent.length === 3)
  await turn()
  void small(client, [4])
  expect(sent.length).toBe(4)
})

it('rejects the call with rows it cannot write, and continues with the next', async () => {
  const { sent, client } = notingClient()
  const refused = faulty(client, numbers(1_000))
  const next = small(client, [1])
  await expect(refused).rejects.toThrow('A column cannot hold a symbol')
  await next
  expect(sent.map(({ name }) => name)).toEqual(['insert small'])
})
