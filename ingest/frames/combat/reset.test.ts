import { describe, expect, it } from 'vitest'
import { hasRestarted } from './reset.ts'

const hits = (total_attacks: number, max_normal_damage = 9, element = 'Fire') => ({
  monsters: { Drudge: { offense: { MeleeMissile: { [element]: { total_attacks, max_normal_damage } } } } },
})

describe('[CMB4] a plugin started to count again', () => {
  it.each([
    ['a total shrank', { total_kills: 3 }, { total_kills: 2 }],
    ['a monster’s figure shrank', { monsters: { A: { kill_count: 3 } } }, { monsters: { A: { kill_count: 1 } } }],
    ['an element’s figure alone shrank', hits(100), hits(5)],
    ['though the totals went on', { total_kills: 3, ...hits(100) }, { total_kills: 4, ...hits(5) }],
  ])('when %s', (_, before, after) => expect(hasRestarted(before, after)).toBe(true))

  it.each([
    ['figures grew', hits(5), hits(100)],
    ['a maximum shrank', hits(5, 9), hits(5, 3)],
    ['one of them does not report it', hits(5), {}],
    ['they report different elements', hits(100), hits(5, 9, 'Cold')],
    [
      'a monster is called like what every object has',
      { monsters: {} },
      { monsters: { constructor: { kill_count: 1 } } },
    ],
  ])('not when %s', (_, before, after) => expect(hasRestarted(before, after)).toBe(false))
})
