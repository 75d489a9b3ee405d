import { describe, expect, it } from 'vitest'
import { bestSuit } from './suit.ts'
import { oracle } from './testing/highs.ts'
import { dice, randomCandidates, randomWishes } from './testing/random.ts'
import type { Wishes } from './wishes.ts'

describe('the best suit', () => {
  it(
    '[SUI1] is worth what an independent solver finds, or impossible where it finds none',
    { timeout: 120_000 },
    async () => {
      let impossible = 0
      for (let seed = 0; seed < 30; seed++) {
        const candidates = randomCandidates(seed, 30 + (seed % 6) * 60)
        const wishes = randomWishes(seed)
        const answer = bestSuit(candidates, wishes)
        const expected = await oracle(candidates, wishes)
        expect({ seed, value: answer.suit?.score.total ?? null }).toEqual({ seed, value: expected })
        expect(answer.status).toBe(expected === null ? 'INFEASIBLE' : 'OPTIMAL')
        if (expected === null) impossible++
        else expect(answer.bound).toBe(expected)
      }
      expect(impossible).toBeGreaterThan(1)
      expect(impossible).toBeLessThan(20)
    },
  )

  it(
    '[SUI2] holds to locks, exclusions and few owners as the independent solver does',
    { timeout: 120_000 },
    async () => {
      for (let seed = 100; seed < 110; seed++) {
        const roll = dice(seed)
        const candidates = randomCandidates(seed, 120)
        const any = () => candidates[Math.floor(roll() * candidates.length)]!.id
        const wishes: Wishes = {
          ...randomWishes(seed),
          locked: roll() < 0.6 ? [{ item: any(), places: null }] : [],
          excluded: [any(), any(), any()],
          maxOwners: roll() < 0.7 ? 1 + Math.floor(roll() * 4) : null,
        }
        const answer = bestSuit(candidates, wishes)
        const expected = await oracle(candidates, wishes)
        expect({ seed, value: answer.suit?.score.total ?? null }).toEqual({ seed, value: expected })
      }
    },
  )

  it('[SUI3] is worth the same whatever the order of items, and never less for one more', () => {
    for (let seed = 201; seed < 210; seed++) {
      const candidates = randomCandidates(seed, 150)
      const wishes = randomWishes(seed)
      const value = (list: typeof candidates) => bestSuit(list, wishes).suit?.score.total ?? -Infinity
      const whole = value(candidates)
      expect(value(candidates.toReversed())).toBe(whole)
      expect(value(candidates.slice(0, -15))).toBeLessThanOrEqual(whole)
    }
  })

  it('[SUI4] stays the best when all of it is locked, and a warm start finds the same', () => {
    for (let seed = 300; seed < 308; seed++) {
      const candidates = randomCandidates(seed, 150)
      const wishes = randomWishes(seed)
      const { suit, warm } = bestSuit(candidates, wishes)
      if (!suit) continue
      const locked = suit.pieces.map(({ candidate, places }) => ({ item: candidate.id, places }))
      expect(bestSuit(candidates, { ...wishes, locked }).suit!.score.total).toBe(suit.score.total)
      const without = { ...wishes, excluded: [suit.pieces[0]!.candidate.id] }
      expect(bestSuit(candidates, without, { warm }).suit?.score.total).toBe(
        bestSuit(candidates, without).suit?.score.total,
      )
    }
  })

  it('[SUI5] stopped at once says what it has and what is still possible', () => {
    const candidates = randomCandidates(7, 400)
    const wishes = randomWishes(2)
    const { suit } = bestSuit(candidates, wishes)
    const stopped = bestSuit(candidates, wishes, { isOver: () => true })
    expect(['STOPPED', 'OPTIMAL']).toContain(stopped.status)
    expect(stopped.bound).toBeGreaterThanOrEqual(suit!.score.total)
    expect(stopped.suit?.score.total ?? 0).toBeLessThanOrEqual(suit!.score.total)
  })
})
