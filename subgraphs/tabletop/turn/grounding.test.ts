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

  const shotResult = {
    ...{ dice: 6, target_number: 5, successes: 2, boxes: 3, rounds_left: 9, others: [7, 8, 10, 12, 13, 16, 20] },
    ...{ faces: [[6], [5], [4], [2], [1], [1]], totals: [6, 5, 4, 2, 1, 1], ammo: { 'Ares Predator': 14 } },
  }
  const shot = witnessesIn([shotResult])

  it.each([
    ['６ successes', ['6 successes']],
    ['٦ successes', ['6 successes']],
    ['**6** successes', ['6 successes']],
    ['6\u200b successes', ['6 successes']],
    ['With six hits, he is down.', ['six hits']],
    ['Successes: 6', ['Successes: 6']],
    ['Sixteen clean successes', ['Sixteen clean successes']],
    ['a six-success result', ['six-success']],
    ['Half a dozen successes', ['Half a dozen successes']],
    ['6 Erfolge, 6 éxitos', ['6 Erfolge', '6 éxitos']],
    ['He takes 5 wounds.', ['5 wounds']],
    ['five points of Stun damage', ['five points of Stun damage']],
    ['5 physical boxes', ['5 physical boxes']],
    ['TN = 2', ['TN = 2']],
    ['7 rounds are left, twelve bullets remain.', ['7 rounds are left', 'twelve bullets remain']],
    ['Ammo: 8', ['Ammo: 8']],
    ['Dice: 6 6 6', ['6 6 6']],
    ['[6][6][5]', ['6][6][5']],
    ['6-6-6', ['6-6-6']],
    ['⚅⚅⚅', ['6 6 6']],
    ['⑥ ⑥ ⑥', ['6 6 6']],
    ['The dice show six, six, five and five.', ['six, six, five and five']],
  ])('[TAB90] “%s” is marked however the outcome or the dice are written', (said, marked) => {
    expect(unwitnessedIn(said, shot)).toEqual(marked)
  })

  it.each([
    '２ successes, **three** boxes, two hits, Successes: 2',
    'You roll six, five, four, two, one and one: 6 5 4 2 1 1. So ⚅⚄⚃⚁⚀⚀.',
    'Unit 7 hits the wall. Guard 8 hits you.',
    '9 rounds are left in this one, fourteen bullets remain in the other.',
    'One, two, three: go!',
    'Six dice against TN five.',
  ])('[TAB90] “%s” is not marked', (said) => {
    expect(unwitnessedIn(said, shot)).toEqual([])
  })

  it.each([
    ['Thirty-two successes', ['Thirty-two successes']],
    ['thirty two hits!', ['thirty two hits']],
    ['a hundred and three boxes', ['a hundred and three boxes']],
    ['two thousand and three boxes', ['two thousand and three boxes']],
    ['two and a half successes', ['two and a half successes']],
    ['seven point two successes', ['seven point two successes']],
    ['2.5 successes', ['2.5']],
    ['12.3 boxes', ['12.3']],
    ['It is 2.5 metres away.', ['2.5']],
    ['You roll 9d6 against TN 5.', ['9d6']],
    ['You roll 12 D6.', ['12 D6']],
    ['He rolls nine dice.', ['rolls nine dice']],
    ['You rolled three sixes and four fives.', ['three sixes', 'four fives']],
    ['The dice show a six, a six and a five.', ['a six, a six and a five']],
  ])('[TAB97] “%s” is marked: no part of a number, and no number of dice, vouches for it', (said, marked) => {
    expect(unwitnessedIn(said, shot)).toEqual(marked)
  })

  it.each([
    'You roll 6d6, six dice: two ones, one six. A six, a five and a four.',
    'Two successes at 20 metres. 5.',
    'Version 1.2.3 of roll turn-7.1',
    'A hundred people, thirty-two of them armed, go on all fours.',
  ])('[TAB97] “%s” is not marked', (said) => {
    expect(unwitnessedIn(said, witnessesIn([{ ...shotResult, note: 'at 1.5 of 1 2 3 7' }]))).toEqual([])
  })

  it('[TAB97] a decimal of a result or of the message is a witness for itself', () => {
    const witnesses = witnessesIn([{ note: 'at 1.5 m' }], 'It weighs 2.5 kg')
    expect(unwitnessedIn('1.5 metres and 2.5 kg; 1.25 litres', witnesses)).toEqual(['1.25'])
    const rich = witnessesIn([{ nuyen: 12_000 }])
    expect(unwitnessedIn('12,000 nuyen, and not 13,000', rich)).toEqual(['13', '0'])
  })

  it('[TAB90] reads the longest report in moments, whatever it holds', () => {
    const begun = performance.now()
    const pieces = ['6 ', '6-', 'one ', 'dice ', 'six net ', 'a dozen ', '６', '⚅', '1,', '1.', 'a hundred ', 'roll ']
    for (const piece of pieces) unwitnessedIn(piece.repeat(20_000 / piece.length), shot)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})
