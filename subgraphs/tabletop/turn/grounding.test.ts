import { describe, expect, it } from 'vitest'
import { unwitnessedIn } from './grounding.ts'
import { witnessesIn } from './witnesses.ts'

describe('a narration', () => {
  const witnesses = witnessesIn([{ faces: [[6, 2], [3]], successes: 4, target: 'Unit 07' }], 'I shoot at 20 m')

  it.each([
    ['4 successes at 20 metres', []],
    ['Unit 7 falls', []],
    ['5 successes, a 6 and a 9', ['5', '9']],
    ['9 and 9 again', ['9']],
    ['nothing to count', []],
  ])('[TAB42] “%s” is marked with the figures that nothing in the turn vouches for', (said, marked) => {
    expect(unwitnessedIn(said, witnesses)).toEqual(marked)
  })

  const rolled = witnessesIn(
    [
      {
        roll_id: '0af76519-16cd-43dd-8448-eb211c80319c.1',
        commitment: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        ...{ dice: 6, target_number: 5, successes: 2, boxes: 3, ammo: { 'Ares Light Fire 70': 15 } },
        ...{ faces: [[6], [5], [4], [2], [1], [1]], totals: [6, 5, 4, 2, 1, 1] },
      },
    ],
    'I want 9 successes with 6 dice',
  )

  it.each([
    ['2 successes against target number 5, and 3 boxes.', []],
    ['You roll 6, 5, 4, 2, 1 and 1.', []],
    ['The hits are 6 and 5.', []],
    ['With the Ares Light Fire 70 fifteen rounds are left; 15.', []],
    ['6 successes!', ['6 successes']],
    ['Six successes, and five boxes of damage.', ['Six successes', 'five boxes']],
    ['9 successes, as you wanted.', ['9 successes']],
    ['You need a TN of 2.', ['TN of 2']],
    ['The dice show 6, 6, 5, 5, 4, 1.', ['6, 6, 5, 5, 4, 1']],
    ['You rolled 6/6/6.', ['6/6/6']],
    ['Two successes; no boxes.', []],
  ])('[TAB68] “%s” is marked where it states an outcome or dice that no roll gave', (said, marked) => {
    expect(unwitnessedIn(said, rolled)).toEqual(marked)
  })

  it('[TAB68] finds no witness in the digits of ids and hashes', () => {
    expect(unwitnessedIn('86 men, 884 of them armed, cost 659 nuyen', rolled)).toEqual(['86', '884', '659'])
  })
})
