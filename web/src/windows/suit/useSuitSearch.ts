import { onScopeDispose, ref, shallowRef } from 'vue'
import { followStream } from '../../graph/stream.ts'
import { type Moment, addMoment, gapPercent } from './gap-series.ts'
import { SuitWindowJointSearchDocument } from './joint-suit-search.subscription.gen.ts'
import { jointStandingOf, standingOf } from './standing.ts'
import type { Standing } from './suit.ts'
import { SuitWindowSearchDocument } from './suit-search.subscription.gen.ts'
import { type Wishes, inputOf, jointInputOf } from './wishes.ts'

/** Single improvements of what the wearer wears that are asked for. */
const SWAPS = 20

/**
 * One search at a time: started, followed, stopped. What the one before found stays until the next has found something.
 */
export function useSuitSearch() {
  const standing = shallowRef<Standing | null>(null)
  /** The end of the search before, to compare with. */
  const before = shallowRef<Standing | null>(null)
  const series = shallowRef<readonly Moment[]>([])
  const running = ref(false)
  /** The viewer ended it: what it had stays. */
  const stopped = ref(false)
  const fault = ref<string>()
  /** What was asked for, to see whether the wishes changed since. */
  const asked = shallowRef<{ wishes: Wishes; key: string } | null>(null)
  let end = () => undefined as void

  function take(now: Standing) {
    standing.value = now.suits.length > 0 || now.phase === 'DONE' ? now : { ...now, suits: standing.value?.suits ?? [] }
    // What comes after the proof would only flatten the picture of how it came about.
    if ((now.value !== null || now.bound !== null) && !isProved(series.value.at(-1)))
      series.value = addMoment(series.value, { at: now.elapsedMs, value: now.value, bound: now.bound })
    if (now.phase === 'DONE') running.value = false
  }
  function start(wishes: Wishes, server: string) {
    end()
    const last = standing.value
    if (last?.phase === 'DONE' && last.suits.length > 0) before.value = last
    asked.value = { wishes, key: keyOf(wishes, server) }
    series.value = []
    fault.value = undefined
    stopped.value = false
    running.value = true
    // The last suit stays in sight; all else of it is over.
    standing.value = last && { ...NOTHING, suits: last.suits, pickups: last.pickups }
    const ends = {
      broken: (text: string) => (fault.value = text),
      ended: () => (running.value = false),
    }
    end =
      wishes.wearers.length > 1
        ? followStream(
            SuitWindowJointSearchDocument,
            { input: jointInputOf(wishes, server) },
            { ...ends, next: ({ jointSuitSearch }) => take(jointStandingOf(jointSuitSearch)) },
          )
        : followStream(
            SuitWindowSearchDocument,
            { input: inputOf(wishes, server, SWAPS) },
            { ...ends, next: ({ suitSearch }) => take(standingOf(suitSearch)) },
          )
  }
  function stop() {
    end()
    stopped.value = running.value
    running.value = false
  }
  onScopeDispose(() => end())
  return { standing, before, series, running, stopped, fault, asked, start, stop }
}

const isProved = (last: Moment | undefined) => last !== undefined && gapPercent(last.value, last.bound) === 0

/** Alike when the graph would be asked for the same. */
export const keyOf = (wishes: Wishes, server: string): string =>
  JSON.stringify([wishes.wearers, wishes.wearers.length > 1 ? jointInputOf(wishes, server) : inputOf(wishes, server)])

const NOTHING: Standing = {
  phase: 'READING',
  status: null,
  waiting: 0,
  elapsedMs: 0,
  candidateCount: null,
  nodes: null,
  value: null,
  bound: null,
  gap: null,
  suits: [],
  alternatives: [],
  conflicts: [],
  worn: null,
  pickups: [],
  gains: [],
}
