// A suit that is known from before, as the start of the next question.
import { describe, expect, it } from 'vitest'
import { placeNumber } from './places.ts'
import { bestSuit, type Warm } from './suit.ts'
import { randomCandidates, randomWishes } from './testing/random.ts'

const SEEDS = Array.from({ length: 12 }, (_, n) => n + 1)
const at = (seed: number) => ({ candidates: randomCandidates(seed, 120), wishes: randomWishes(seed) })
const stopped = (seed: number, warm?: Warm) =>
  bestSuit(at(seed).candidates, at(seed).wishes, { isOver: () => true, warm }).suit?.score.total ?? -Infinity
const solved = SEEDS.map((seed) => ({ seed, ...bestSuit(at(seed).candidates, at(seed).wishes) })).filter(
  ({ suit }) => suit !== null,
)

describe('[SUI17] a search that begins with a suit', () => {
  it('has it at once, though it is stopped before it looks at anything', () => {
    expect(solved.length).toBeGreaterThan(5)
    for (const { seed, suit, warm } of solved) expect([seed, stopped(seed, warm)]).toEqual([seed, suit!.score.total])
    const cold = solved.filter(({ seed, suit }) => stopped(seed) < suit!.score.total)
    expect(cold.length, 'suits that are not found without a start').toBeGreaterThan(0)
  })

  it('leaves out what is not there any more, and what would be worn otherwise', () => {
    for (const { seed, warm } of solved) {
      const gone = { ...warm, items: warm.items.map(({ places }) => ({ id: 'gone', places })) }
      const elsewhere = { ...warm, items: warm.items.map(({ id }) => ({ id, places: 'NOWHERE' })) }
      const none = { ...warm, items: [] }
      expect([stopped(seed, gone), stopped(seed, elsewhere)]).toEqual([stopped(seed, none), stopped(seed, none)])
    }
  })

  it('names each piece with the places it is worn at', () => {
    for (const { suit, warm } of solved)
      expect(new Map(warm.items.map(({ id, places }) => [id, places]))).toEqual(
        new Map(suit!.pieces.map(({ candidate, places }) => [candidate.id, places.join()])),
      )
  })
})

describe('the pieces of a suit', () => {
  it('are in the order of the places they cover', () => {
    for (const { suit } of solved) {
      const places = suit!.pieces.map((piece) => placeNumber.get(piece.places[0]!)!)
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }
  })
})
