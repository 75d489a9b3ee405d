import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { until } from '../../shared/testing/until.ts'
import { Turns } from './turns.ts'

/** Turns of a clock that stands still until it is moved. */
function turnsAt(mustWait?: () => boolean) {
  const clock = { ms: 0 }
  return { clock, turns: new Turns(mustWait, () => clock.ms) }
}

it('[SOC10] takes what was read in the order of asking, one turn after the other', async () => {
  const { clock, turns } = turnsAt()
  const took: string[] = []
  const perTurn: number[] = []
  const taker = (name: string, frames: number) => () => {
    while (frames > 0 && turns.hasTime()) {
      took.push(name)
      frames--
      clock.ms += 2
    }
    if (frames > 0) turns.waitToTake(taker(name, frames))
  }
  turns.waitToTake(taker('a', 5))
  turns.waitToTake(taker('b', 4))
  while (took.length < 9) {
    const before = took.length
    await turn()
    perTurn.push(took.length - before)
  }
  expect(took.join('')).toBe('aaabbbaab') // no connection gets a second turn before all had their first
  expect(perTurn.every((count) => count <= 3)).toBe(true)
})

it('[SOC10] lets more read only once all that was read is taken', async () => {
  const { clock, turns } = turnsAt()
  const went: string[] = []
  let left = 3
  const take = () => {
    went.push('take')
    clock.ms += 9
    if (--left) turns.waitToTake(take)
  }
  turns.waitToRead(() => went.push('read'))
  turns.waitToTake(take)
  await until('the reading', () => went.includes('read'))
  expect(went).toEqual(['take', 'take', 'take', 'read'])
})

it('[SOC10] lets fewer read at once when what they bring does not fit a turn, and more when it does', async () => {
  const { clock, turns } = turnsAt()
  const reading = async (takesMs: number): Promise<number[]> => {
    let waiting = 200
    const perTurn: number[] = []
    const read = () => {
      waiting--
      turns.waitToTake(() => (clock.ms += takesMs))
    }
    for (let i = 0; i < 200; i++) turns.waitToRead(read)
    while (waiting) {
      const before = waiting
      await turn()
      if (before > waiting) perTurn.push(before - waiting)
    }
    return perTurn
  }
  expect(Math.max(...(await reading(0)))).toBeGreaterThan(50)
  expect((await reading(20)).slice(10, -10).every((count) => count <= 2)).toBe(true)
})

it('[SOC10] says that a turn is used up once it took long, and that the next one is not', async () => {
  const { clock, turns } = turnsAt()
  expect(turns.hasTime()).toBe(true)
  clock.ms = 4
  expect(turns.hasTime()).toBe(true)
  clock.ms = 9
  expect(turns.hasTime()).toBe(false)
  await turn()
  expect(turns.hasTime()).toBe(true)
})

it('[SOC10] holds all connections while the writer is behind, and releases them once it is not', async () => {
  let behind = true
  const went: string[] = []
  const turns = new Turns(() => behind)
  expect(turns.hasTime()).toBe(false)
  turns.waitToTake(() => went.push('take'))
  turns.waitToRead(() => went.push('read'))
  for (let i = 0; i < 20; i++) await turn()
  expect(went).toEqual([])
  behind = false
  await until('the reading', () => went.length === 2)
})

it('[SOC10] takes all that was read at once when it ends', () => {
  const { clock, turns } = turnsAt(() => true)
  let took = 0
  for (let i = 0; i < 10; i++)
    turns.waitToTake(() => {
      while (took % 5 < 4 && turns.hasTime()) took++
      took++
      clock.ms += 10
    })
  turns.end()
  expect(took).toBe(50)
  expect(turns.hasTime()).toBe(true)
})
