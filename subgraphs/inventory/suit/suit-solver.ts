import type { Candidate } from './candidate.ts'
import type { CandidateStore } from './candidates.ts'
import type { Unlike } from './compile.ts'
import { gainsOf } from './gains.ts'
import { runJoint } from './joint/run.ts'
import {
  NOTHING_YET,
  type ProgressReport,
  type SuitQuestion,
  type JointQuestion,
  type AlternativeReport,
  type JointReport,
  type WornReport,
} from './progress.ts'
import type { SolverContext } from './solver-context.ts'
import { bestSuit, type Suit, type Warm } from './suit.ts'
import { asWorn, bestSwaps } from './swaps.ts'
import { suitReport, pieceReport } from './report.ts'
import { scoreOf } from './verify.ts'

/** Bounds and better suits may come by the thousand; readers need no more than these. */
const PROGRESS_MS = 50
const MAX_WARM = 20

/** Answers questions about suits, and begins where an earlier one of nearly the same kind ended. */
export class SuitSolver {
  private readonly store: Pick<CandidateStore, 'of'>
  private readonly warm = new Map<string, Warm>()

  constructor(store: Pick<CandidateStore, 'of'>) {
    this.store = store
  }

  /** Publishes the progress of the search until DONE. Blocks its thread while it searches. */
  async run(
    question: SuitQuestion | JointQuestion,
    around: SolverContext<ProgressReport | JointReport>,
  ): Promise<void> {
    if (!('wearers' in question)) return this.runOne(question, around)
    const all = (server: string) => this.store.of(server)
    return runJoint(question, (one) => all(one.server).then((candidates) => chosenFrom(candidates, one)), around)
  }

  private async runOne(question: SuitQuestion, { isCancelled, publish }: SolverContext<ProgressReport>): Promise<void> {
    const begun = performance.now()
    const until = begun + question.timeLimitMs
    const isOver = () => isCancelled() || performance.now() > until
    let now: ProgressReport = { ...NOTHING_YET, phase: 'READING' }
    let sentAt = -Infinity
    const say = (change: Partial<ProgressReport>, isDue = true) => {
      now = { ...now, ...change, elapsedMs: Math.round(performance.now() - begun) }
      if (!isDue && performance.now() - sentAt < PROGRESS_MS) return
      sentAt = performance.now()
      publish(now)
    }
    say({})
    const all = await this.store.of(question.server)
    const candidates = chosenFrom(all, question)
    const { wishes } = question
    say({ phase: 'SEARCHING', candidateCount: candidates.length, worn: wornOf(all, candidates, question) })
    const { key, sameMultipliers } = keysOf(question)
    const answer = bestSuit(candidates, wishes, {
      isOver,
      warm: this.warmFor(key, sameMultipliers),
      better: (suit, bound) => say({ suit: suitReport(suit, wishes), bound: bound ?? now.bound }, now.suit === null),
      narrower: (bound) => say({ bound }, false),
    })
    if (answer.suit) this.keep(key, sameMultipliers, answer.warm)
    const { status, suit, bound, nodes, conflict } = answer
    say({ phase: 'SEARCHING', status, suit: suit && suitReport(suit, wishes), bound, nodes, conflict })
    if (suit && question.alternatives) {
      say({ phase: 'ALTERNATIVES' })
      say({ alternatives: others(candidates, question, suit, isOver, (alternatives) => say({ alternatives })) })
    }
    if (question.hypothetical.length) {
      say({ phase: 'HYPOTHETICALS' })
      for (const gains of gainsOf({ all, candidates, question, answer, isOver })) say({ gains })
    }
    say({ phase: 'DONE' })
  }

  private warmFor(key: string, sameMultipliers: string): Warm | undefined {
    const warm = this.warm.get(`${key} ${sameMultipliers}`)
    if (warm) return warm
    const near = this.warm.get(key)
    return near && { ...near, multipliers: new Float64Array() } // multipliers of another problem give no bound
  }

  private keep(key: string, sameMultipliers: string, warm: Warm): void {
    for (const name of [key, `${key} ${sameMultipliers}`]) {
      this.warm.delete(name)
      this.warm.set(name, warm)
    }
    for (const oldest of this.warm.keys()) {
      if (this.warm.size <= MAX_WARM) break
      this.warm.delete(oldest)
    }
  }
}

/**
 * The candidates of a question: all of them as they are where it leaves out none, so that what is known of them is
 * known again.
 */
function chosenFrom(
  all: readonly Candidate[],
  { characters, excludedCharacters, fixedPieces: given, wishes }: SuitQuestion,
): readonly Candidate[] {
  if (!characters && !excludedCharacters.length) return given.length ? [...all, ...given] : all
  const among = characters && new Set(characters)
  const without = new Set(excludedCharacters)
  const locked = new Set(wishes.locked.map(({ item }) => item))
  const chosen = all.filter(({ id, owner }) => locked.has(id) || ((!among || among.has(owner)) && !without.has(owner)))
  return [...chosen, ...given]
}

/**
 * What is equal in searches that only lock, exclude or swap; and what must be equal too so that multipliers can be
 * reused.
 */
function keysOf({ server, wishes: { spells, weights, sets, floors, locked, wearer } }: SuitQuestion) {
  return {
    key: JSON.stringify([server, wearer, spells.map(({ family }) => family), sets.map(({ id }) => id)]),
    sameMultipliers: JSON.stringify([spells, weights, floors, locked.length]),
  }
}

/** What the wearer wears is read among all items: it counts even where it could not be chosen. */
function wornOf(
  all: readonly Candidate[],
  candidates: readonly Candidate[],
  { wishes, swaps }: SuitQuestion,
): WornReport | null {
  if (wishes.wearer === null || !swaps) return null
  const worn = asWorn(all, wishes.wearer)
  return {
    suit: suitReport({ pieces: worn, score: scoreOf(worn, wishes) }, wishes),
    swaps: bestSwaps(candidates, worn, wishes, swaps).map(({ on, off, gain }) => ({
      on: pieceReport(wishes)(on),
      off: off.map(pieceReport(wishes)),
      gain,
    })),
  }
}

/** The best suits that differ from all before in so many pieces, as far as time allows. */
function others(
  candidates: readonly Candidate[],
  { wishes, alternatives, differBy }: SuitQuestion,
  best: Suit,
  isOver: () => boolean,
  found: (alternatives: readonly AlternativeReport[]) => void,
): readonly AlternativeReport[] {
  let list: readonly AlternativeReport[] = []
  const unlike: Unlike[] = []
  let last = best
  while (list.length < alternatives && !isOver()) {
    const items = new Set(last.pieces.map(({ candidate }) => candidate.id))
    unlike.push({ items, most: Math.max(0, items.size - differBy) })
    const { status, suit, bound } = bestSuit(candidates, wishes, { isOver, unlike })
    if (!suit) break
    list = [...list, { status, suit: suitReport(suit, wishes), bound }]
    last = suit
    if (list.length < alternatives) found(list)
  }
  return list
}
