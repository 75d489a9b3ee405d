import { expect, it } from 'vitest'
import { givingWay } from './give-way.ts'

it('bulk rows wait once before each batch while the loop is busy, and not while it has time', async () => {
  const waits: number[] = []
  let use = 0.5
  const giveWay = givingWay(
    (ms) => Promise.resolve(void waits.push(ms)),
    () => use,
  )
  await giveWay()
  expect(waits).toEqual([])
  use = 0.95
  await giveWay()
  await giveWay()
  expect(waits).toEqual([1_000, 1_000])
})

it('the use of the real loop is known: one that is blocked is busy, one that waits is not', async () => {
  const waits: number[] = []
  const giveWay = givingWay((ms) => Promise.resolve(void waits.push(ms)))
  const until = performance.now() + 50
  while (performance.now() < until);
  await giveWay()
  expect(waits).toHaveLength(1)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await giveWay()
  expect(waits).toHaveLength(1)
})
