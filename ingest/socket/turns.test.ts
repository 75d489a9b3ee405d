import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { until } from '../../shared/testing/until.ts'
import { Turns } from './turns.ts'

it('[SOC10] lets those who wait read in the order they asked, fewer at once when turns take long', async () => {
  let now = 0
  const turns = new Turns(undefined, () => now)
  const went: number[] = []
  const perTurn: number[] = []
  for (let i = 0; i < 40; i++)
    turns.wait(() => {
      went.push(i)
      turns.hasTime()
      now += 5 // each takes more than half of a turn
    })
  while (went.length < 40) {
    const before = went.length
    await turn()
    perTurn.push(went.length - before)
  }
  expect(went).toEqual(Array.from({ length: 40 }, (_, i) => i))
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(2)
})

it('[SOC10] says that a turn is used up once it took long, and that the next one is not', async () => {
  let now = 0
  const turns = new Turns(undefined, () => now)
  expect(turns.hasTime()).toBe(true)
  now = 4
  expect(turns.hasTime()).toBe(true)
  now = 9
  expect(turns.hasTime()).toBe(false)
  await turn()
  expect(turns.hasTime()).toBe(true)
})

it('[SOC10] lets nobody read while others are behind, and everybody once they are not', async () => {
  let behind = true
  let read = false
  const turns = new Turns(() => behind)
  expect(turns.hasTime()).toBe(false)
  turns.wait(() => (read = true))
  for (let i = 0; i < 20; i++) await turn()
  expect(read).toBe(false)
  behind = false
  await until('the reading', () => read)
})
