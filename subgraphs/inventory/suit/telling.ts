import { HUNDREDTHS } from './cantrip-bits.ts'
import { pointsOf } from './worth.ts'
import type { ToldPiece, ToldSuit } from './progress.ts'
import type { Suit } from './suit.ts'
import type { Piece } from './verify.ts'
import type { Wishes } from './wishes.ts'

/** A piece as it is told. */
export const toldPiece =
  (wishes: Wishes) =>
  ({ candidate, places, tailored }: Piece): ToldPiece => ({
    id: candidate.id,
    name: candidate.name,
    owner: candidate.owner,
    places,
    tailored,
    points: Math.round(pointsOf(candidate, { places, tailored }, wishes) * HUNDREDTHS) / HUNDREDTHS,
  })

/** A suit as it is told: plain values that go from thread to thread. */
export const told = ({ pieces, score }: Suit, wishes: Wishes): ToldSuit => ({
  score,
  wearer: wishes.wearer,
  pieces: pieces.map(toldPiece(wishes)),
})
