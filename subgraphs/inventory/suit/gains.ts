import type { Candidate } from './candidate.ts'
import type { SuitQuestion, GainReport } from './progress.ts'
import { bestSuit, type SuitAnswer } from './suit.ts'
import { suitReport } from './report.ts'

/**
 * What owning each hypothetical item would gain over the best suit known: one after the other, each time all that is
 * known, the most first. What time does not allow is missing. An item that is not there gains nothing and is left out
 * too.
 */
export function* gainsOf({
  all,
  candidates,
  question,
  answer,
  isOver,
}: {
  /** Of the whole server: hypothetical items by id are found here. */
  all: readonly Candidate[]
  candidates: readonly Candidate[]
  question: SuitQuestion
  answer: SuitAnswer
  isOver: () => boolean
}): Generator<readonly GainReport[]> {
  const { wishes, hypothetical } = question
  let gains: readonly GainReport[] = []
  for (const [number, one] of hypothetical.entries()) {
    if (isOver()) return
    const item = typeof one === 'string' ? all.find(({ id }) => id === one) : one
    if (!item) continue
    const own = { ...item, owner: wishes.wearer ?? item.owner, equipped: false }
    const among = [...candidates.filter(({ id }) => id !== own.id), own]
    const { status, suit, bound } = bestSuit(among, wishes, { isOver, warm: answer.warm })
    const over = (points: number | null | undefined, less: number | null | undefined) =>
      points == null || less == null ? null : Math.round((points - less) * 100) / 100
    const gain: GainReport = {
      hypothetical: number,
      name: own.name,
      status,
      gain: over(suit?.score.total, answer.suit?.score.total),
      atMost: over(bound, answer.suit?.score.total),
      suit: suit && suitReport(suit, wishes),
    }
    gains = [...gains, gain].sort(
      (a, b) => (b.gain ?? -Infinity) - (a.gain ?? -Infinity) || a.hypothetical - b.hypothetical,
    )
    yield gains
  }
}
