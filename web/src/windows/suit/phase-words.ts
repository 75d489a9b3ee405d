// Where a search is, in words.
import { gapPercent, percentText } from './gap-series.ts'
import type { Standing } from './suit.ts'
import { texts } from './messages.ts'
import { formatCount } from '../../ui/format.ts'

export type Ending = 'running' | 'proved' | 'open' | 'impossible' | 'none'

/** `1 before you`. */
const queueText = (waiting: number) => (waiting > 0 ? texts.beforeYou(waiting) : texts.yourTurnIsNext)

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
    if (phase === 'QUEUED') return texts.waiting(queueText(waiting))
    if (phase === 'READING') return texts.readingWhatThereIsTo
    const among = candidateCount === null ? '' : texts.amongItems(formatCount(candidateCount))
    if (phase === 'SEARCHING') return texts.searching(among)
    if (phase === 'ALTERNATIVES') return texts.theBestSuitIsKnown
    if (phase === 'HYPOTHETICALS') return texts.lookingWhatOtherItemsWould
    return suits.length > 0 ? texts.finishing : texts.searchingLabel
  }
  if (!standing) return ''
  const { value, bound, status, suits } = standing
  if (status === 'INFEASIBLE') return texts.impossibleNoSuitMeetsAll
  const gap = gapPercent(value, bound)
  if (status === 'OPTIMAL') return suits.length > 1 ? texts.provedTheBestTogether : texts.provedTheBest
  const left = gap === null ? texts.beforeAnythingWasSure : texts.withAGapOf(percentText(gap))
  if (value === null) return stopped ? texts.stoppedBeforeASuitWas : texts.timeWasUpBeforeA
  return stopped ? texts.stopped(left) : texts.timeWasUpStopped(left)
}
