import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('[SOC10] lets those who wait read in the order they asked, fewer at once when turns take long', async () => {
  let now = 0
  const turns = new Turns(() => now)
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
  expect(perTurn[0]).toBeGreaterThan(4)
  expect(perTurn.filter((count) => count > 0).at(-1)).toBeLessThanOrEqual(2)
})

it('[SOC10] says that a turn is used up once it took long, and that the next one is not', async () => {
  let now = 0
  const turns = new Turns(() => now)
  expect(turns.hasTime()).toBe(true)
  now = 7
  expect(turns.hasTime()).toBe(true)
  now = 9
  expect(turns.hasTime()).toBe(false)
  await turn()
  expect(turns.hasTime()).toBe(true)
})
