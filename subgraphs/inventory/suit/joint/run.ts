import type { Candidate } from '../candidate.ts'
import { NOTHING_JOINT, type JointQuestion, type SuitQuestion, type JointReport } from '../progress.ts'
import type { SolverContext } from '../solver-context.ts'
import type { Suit } from '../suit.ts'
import { suitReport } from '../report.ts'
import { bestSuits } from './joint.ts'
import type { Wearer } from './part.ts'

/** Bounds may come by the thousand; readers need no more than one per interval. */
const PROGRESS_MS = 50

/** Searches for several suits at once, and publishes its progress until DONE. Blocks its thread. */
export async function runJoint(
  { wearers, timeLimitMs }: JointQuestion,
  candidatesOf: (question: SuitQuestion) => Promise<readonly Candidate[]>,
  { isCancelled, publish }: SolverContext<JointReport>,
): Promise<void> {
  const begun = performance.now()
  const isOver = () => isCancelled() || performance.now() - begun > timeLimitMs
  let now: JointReport = { ...NOTHING_JOINT, phase: 'READING' }
  let sentAt = -Infinity
  const say = (change: Partial<JointReport>, isDue = true) => {
    now = { ...now, ...change, elapsedMs: Math.round(performance.now() - begun) }
    if (!isDue && performance.now() - sentAt < PROGRESS_MS) return
    sentAt = performance.now()
    publish(now)
  }
  say({})
  const asked: Wearer[] = []
  for (const { question, weight } of wearers)
    asked.push({ candidates: await candidatesOf(question), wishes: question.wishes, weight })
  const items = new Set(asked.flatMap(({ candidates }) => candidates.map(({ id }) => id)))
  say({ phase: 'SEARCHING', candidateCount: items.size })
  const all = (suits: readonly Suit[]) => suits.map((suit, k) => suitReport(suit, asked[k]!.wishes))
  const { status, suits, total, bound, conflicts, nodes } = bestSuits(asked, {
    isOver,
    better: (found, points, most) => say({ suits: all(found), total: points, bound: most ?? now.bound }),
    narrower: (most) => say({ bound: most }, false),
  })
  const named = conflicts.map(({ wearer, ...rest }) => ({ wearer: asked[wearer]!.wishes.wearer!, ...rest }))
  say({ phase: 'DONE', status, suits: suits ? all(suits) : [], total, bound, nodes, conflicts: named })
}
