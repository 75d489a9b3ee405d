import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commitmentOf, diceSource } from './dice-source.ts'
import { rollOpen, rollSum, rollTest } from './roll.ts'
import { aDiceSource, aSecret } from './testing/dice.ts'
import { verifyRoll } from './verify-roll.ts'

/** The exact probability that one die reaches a target number. */
function probability(targetNumber: number): number {
  const floored = Math.max(2, targetNumber)
  if (floored <= 6) return (7 - floored) / 6
  const sixes = Math.floor((floored - 1) / 6)
  return ((1 / 6) ** sixes * (7 - (floored - 6 * sixes))) / 6
}

const anySeed = fc.record({
  secret: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  rollId: fc.integer({ min: 1, max: 1_000_000 }).map((number) => `epoch-1.${number}`),
  salt: fc.string({ maxLength: 20 }),
  commitment: fc.constant('published'),
})

describe('a success test', () => {
  it.each([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 18, 19])(
    '[TAB1] succeeds against target number %i with the exact probability, within four standard deviations',
    (targetNumber) => {
      const source = aDiceSource(`probability-${targetNumber}`)
      const dice = 60_000
      let successes = 0
      for (let rolled = 0; rolled < dice; rolled += 100)
        successes += rollTest(source.next(), 100, targetNumber).successes
      const exact = probability(targetNumber)
      const deviation = Math.sqrt((exact * (1 - exact)) / dice)
      expect(Math.abs(successes / dice - exact)).toBeLessThan(4 * deviation)
    },
  )

  it('[TAB1] shows each face equally often: chi-square of 60,000 dice below the 0.1 % limit of five degrees', () => {
    const source = aDiceSource('faces')
    const counts = [0, 0, 0, 0, 0, 0]
    for (let n = 0; n < 600; n++) for (const [face] of rollTest(source.next(), 100, 6).faces) counts[face! - 1]!++
    expect(counts.reduce((total, count) => total + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(20.5)
  })

  it('[TAB2] rolls a 6 again only above target number 6, and only while the die is below it', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: -5, max: 40 }), (seed, targetNumber) => {
        const roll = rollTest(seed, 12, targetNumber)
        for (const faces of roll.faces) {
          const before = faces.slice(0, -1)
          expect(before.every((face) => face === 6)).toBe(true)
          if (faces.length > 1) expect(targetNumber).toBeGreaterThan(6)
          if (faces.length > 1) expect(before.length * 6).toBeLessThan(targetNumber)
          if (faces.at(-1) === 6 && targetNumber > 6) expect(faces.length * 6).toBeGreaterThanOrEqual(targetNumber)
        }
      }),
    )
  })

  it('[TAB2] lists one entry a die however often dice are rolled again', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 0, max: 100 }), (seed, dice) => {
        const roll = rollTest(seed, dice, 30)
        expect([roll.faces.length, roll.totals.length, roll.dice]).toEqual([dice, dice, dice])
        expect(roll.totals).toEqual(roll.faces.map((faces) => faces.reduce((a, b) => a + b)))
      }),
    )
  })

  it('[TAB3] never has a target number below 2, so a 1 always fails', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: -20, max: 2 }), (seed, targetNumber) => {
        const roll = rollTest(seed, 20, targetNumber)
        expect(roll.targetNumber).toBe(2)
        expect(roll.successes).toBe(roll.faces.filter(([face]) => face !== 1).length)
      }),
    )
  })

  it('[TAB3] is a disaster if all dice show 1, and only then; no dice are no disaster', () => {
    const source = aDiceSource('disasters')
    const rolls = Array.from({ length: 5_000 }, () => rollTest(source.next(), 2, 4))
    const disasters = rolls.filter((roll) => roll.isDisaster)
    // 5,000 / 36 = 139, four standard deviations are 47.
    expect(Math.abs(disasters.length - 139)).toBeLessThan(47)
    for (const roll of rolls) expect(roll.isDisaster).toBe(roll.faces.every(([face]) => face === 1))
    expect(rollTest(source.next(), 0, 4)).toMatchObject({ successes: 0, isDisaster: false, faces: [] })
  })

  it.each([-1, 1.5, 101, Number.NaN, Infinity, '6' as unknown as number])('refuses %s dice', (dice) => {
    expect(() => rollTest(aDiceSource().next(), dice, 4)).toThrow('dice: must be a whole number from 0 to 100')
  })

  it.each([4.5, 100, Number.NaN])('refuses the target number %s', (targetNumber) => {
    expect(() => rollTest(aDiceSource().next(), 1, targetNumber)).toThrow('targetNumber: must be a whole number')
  })
})

describe('other rolls', () => {
  it('[TAB2] of open tests count the best die, rolled again at every 6', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 1, max: 30 }), (seed, dice) => {
        const roll = rollOpen(seed, dice)
        expect(roll.result).toBe(Math.max(...roll.totals))
        expect(roll.faces.every((faces) => faces.at(-1) !== 6)).toBe(true)
      }),
    )
  })

  it('[TAB2] of initiative add the dice and roll no 6 again', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const roll = rollSum(seed, 5)
        expect(roll.faces.map((faces) => faces.length)).toEqual([1, 1, 1, 1, 1])
        expect(roll.result).toBe(roll.faces.flat().reduce((a, b) => a + b))
      }),
    )
  })
})

describe('the witness of a roll', () => {
  const secret = aSecret('witness')
  const published = commitmentOf('turn-7', secret)
  const source = () => diceSource({ epochId: 'turn-7', secret, salt: 'table', nextRoll: 1 })

  it('[TAB4] is the same roll from the same seed, and another from another secret, number or salt', () => {
    const seed = source().next()
    const roll = rollTest(seed, 30, 9)
    expect(rollTest(seed, 30, 9)).toEqual(roll)
    const others = [{ secret: aSecret('other') }, { rollId: 'turn-7.2' }, { salt: 'chair' }]
    for (const other of others) expect(rollTest({ ...seed, ...other }, 30, 9).faces).not.toEqual(roll.faces)
  })

  it('[TAB4] can be computed with common tools: sha256sum, openssl dgst', () => {
    const seed = diceSource({ epochId: 'turn-7', secret, salt: '', nextRoll: 1 }).next()
    expect(seed.commitment).toBe('ffd6295d949e7ba259a7c0c000b9aefa77d2b5f39e3be8180beaa4cab095aa16')
    // The block begins c2 b3 81 d4 fc 45 97: 194, 179, 129, 212, 69 and 151 by 6; fc is 252 and is skipped.
    expect(rollTest(seed, 6, 4).faces.flat()).toEqual([3, 6, 4, 3, 4, 2])
  })

  it('[TAB4] confirms every kind of roll with the secret and the published commitment', () => {
    const dice = source()
    const rolls = [rollTest(dice.next(), 9, 12), rollOpen(dice.next(), 4), rollSum(dice.next(), 3)]
    expect(rolls.map((roll) => roll.rollId)).toEqual(['turn-7.1', 'turn-7.2', 'turn-7.3'])
    for (const roll of rolls) expect(verifyRoll(roll, secret, published)).toEqual({ isValid: true })
    expect(dice.epoch().nextRoll).toBe(4)
    expect(JSON.stringify(rolls)).not.toContain(secret)
  })

  it('[TAB4] exposes every changed field, another secret and another commitment', () => {
    const roll = rollTest(source().next(), 6, 4)
    const first = roll.faces[0]![0]!
    const changes = [
      { faces: [[(first % 6) + 1], ...roll.faces.slice(1)] },
      { successes: roll.successes + 1 },
      { targetNumber: 5 },
      { dice: 7 },
      { totals: [...roll.totals].reverse().map((total) => total + 1) },
      { isDisaster: true },
      { rollId: 'turn-7.2' },
      { salt: '' },
      { kind: 'open' as const },
    ]
    for (const change of changes)
      expect([change, verifyRoll({ ...roll, ...change }, secret, published).isValid]).toEqual([change, false])
    expect(verifyRoll(roll, aSecret('other'), published).isValid).toBe(false)
    expect(
      verifyRoll({ ...roll, commitment: commitmentOf('turn-7', aSecret('other')) }, secret, published).isValid,
    ).toBe(false)
    expect(verifyRoll(roll, secret, commitmentOf('turn-8', secret)).isValid).toBe(false)
  })

  it('[TAB4] exposes a roll by another secret than the committed one, even if that secret is revealed', () => {
    const other = aSecret('other')
    const dice = diceSource({ epochId: 'turn-7', secret: other, salt: '', nextRoll: 1 })
    const roll = { ...rollTest(dice.next(), 6, 4), commitment: published }
    expect(verifyRoll(roll, other, published)).toEqual({
      isValid: false,
      reason: 'The secret does not belong to the published commitment.',
    })
  })

  it('[TAB4] calls malformed rolls invalid instead of failing', () => {
    const roll = rollTest(source().next(), 6, 4)
    const malformed = [
      { dice: 1e9 },
      { rollId: 'x' },
      { salt: null },
      { dice: '6' },
      { faces: null },
      { salt: 'x'.repeat(201) },
    ]
    for (const change of malformed) {
      const received = { ...roll, ...change } as unknown as typeof roll
      expect([change, verifyRoll(received, secret, published).isValid]).toEqual([change, false])
    }
    expect(verifyRoll(null as unknown as typeof roll, secret, published).isValid).toBe(false)
    expect(verifyRoll(roll, 'short', published).isValid).toBe(false)
  })
})
