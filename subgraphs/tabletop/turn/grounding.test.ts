import { describe, expect, it } from 'vitest'
import { figuresIn, unwitnessedIn } from './grounding.ts'

describe('a narration', () => {
  const witnesses = figuresIn([{ faces: [[6, 2], [3]], successes: 4, target: 'Unit 07' }, 'I shoot at 20 m'])

  it.each([
    ['4 successes at 20 metres', []],
    ['Unit 7 falls', []],
    ['5 successes, a 6 and a 9', ['5', '9']],
    ['9 and 9 again', ['9']],
    ['nothing to count', []],
  ])('[TAB42] “%s” is marked with the figures that nothing in the turn vouches for', (said, marked) => {
    expect(unwitnessedIn(said, witnesses)).toEqual(marked)
  })
})
