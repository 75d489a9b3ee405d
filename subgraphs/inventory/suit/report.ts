import { HUNDREDTHS } from './cantrip-bits.ts'
import { pointsOf } from './worth.ts'
import type { PieceReport, SuitReport } from './progress.ts'
import type { Suit } from './suit.ts'
import type { Piece } from './verify.ts'
import type { Wishes } from './wishes.ts'

/** A piece as published. */
export const pieceReport =
  (wishes: Wishes) =>
  ({ candidate, places, tailored }: Piece): PieceReport => ({
    id: candidate.id,
    name: candidate.name,
    owner: candidate.owner,
    places,
    tailored,
    points: Math.round(pointsOf(candidate, { places, tailored }, wishes) * HUNDREDTHS) / HUNDREDTHS,
  })

/** A suit as published: plain values that can be passed between threads. */
export const suitReport = ({ pieces, score }: Suit, wishes: Wishes): SuitReport => ({
  score,
  wearer: wishes.wearer,
  pieces: pieces.map(pieceReport(wishes)),
})
