// Where a search is, in words.
import { gapPercent, percentText } from './gap-series.ts'
import type { Standing } from './suit.ts'

export type Ending = 'running' | 'proved' | 'open' | 'impossible' | 'none'

/** `1 before you`. */
const queueText = (waiting: number) => (waiting > 0 ? `${waiting} before you` : 'your turn is next')

/** How it ended, or that it has not. */
export function endingOf(standing: Standing | null, running: boolean): Ending {
  if (running) return 'running'
  if (!standing) return 'none'
  if (standing.status === 'INFEASIBLE') return 'impossible'
  if (standing.status === 'OPTIMAL' && standing.phase === 'DONE') return 'proved'
  return 'open'
}

/** One sentence: said aloud whenever it changes, so without figures that change all the time. */
export function phaseText(standing: Standing | null, running: boolean, stopped: boolean): string {
  if (running) {
    const { phase, waiting, candidateCount, suits } = standing ?? {
      phase: 'READING',
      waiting: 0,
      candidateCount: null,
      suits: [],
    }
    if (phase === 'QUEUED') return `Waiting: ${queueText(waiting)}`
    if (phase === 'READING') return 'Reading what there is to choose from'
    const among = candidateCount === null ? '' : ` among ${candidateCount.toLocaleString('en')} items`
    if (phase === 'SEARCHING') return `Searching${among}`
    if (phase === 'ALTERNATIVES') return 'The best suit is known. Looking for others that differ'
    if (phase === 'HYPOTHETICALS') return 'Looking what other items would gain'
    return suits.length > 0 ? 'Finishing' : 'Searching'
  }
  if (!standing) return ''
  const { value, bound, status, suits } = standing
  if (status === 'INFEASIBLE') return 'Impossible: no suit meets all of these wishes'
  const gap = gapPercent(value, bound)
  if (status === 'OPTIMAL')
    return suits.length > 1
      ? 'Proved the best: no suits are worth more together'
      : 'Proved the best: no suit is worth more'
  const left = gap === null ? 'before anything was sure' : `with a gap of ${percentText(gap)}`
  if (value === null) return stopped ? 'Stopped before a suit was found' : 'Time was up before a suit was found'
  return stopped ? `Stopped ${left}` : `Time was up: stopped ${left}`
}
