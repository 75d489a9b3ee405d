import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

it('four calls of a principal run at once, further ones in their order; others do not wait for them', async () => {
  const turns = new Turns()
  const begun: string[] = []
  const ends: (() => void)[] = []
  const call = (principal: string, name: string) =>
    turns.run(principal, () => {
      begun.push(name)
      return new Promise<void>((resolve) => ends.push(resolve))
    })
  const calls = Array.from({ length: 20 }, (_, n) => call('a', `a${n}`))
  calls.push(call('b', 'b'))
  await settled()
  expect(begun).toEqual([...Array.from({ length: 4 }, (_, n) => `a${n}`), 'b'])
  ends[1]!()
  await settled()
  expect(begun.at(-1)).toBe('a4')
  while (ends.length) {
    ends.splice(0).forEach((end) => end())
    await settled()
  }
  await Promise.all(calls)
  expect(begun).toHaveLength(21)
})

it('a call that fails gives its turn to the next', async () => {
  const turns = new Turns()
  const failing = Array.from({ length: 40 }, (_, n) => turns.run('a', () => Promise.reject(new Error(String(n)))))
  const results = await Promise.allSettled(failing)
  expect(results.map((result) => (result as PromiseRejectedResult).reason as Error).at(-1)?.message).toBe('39')
})
