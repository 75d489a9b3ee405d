import { computed, ref, shallowRef, watch } from 'vue'
import { loadSession, type LoadedSession, type SessionFrame } from './load-session.ts'
import { callBeside, frameAt, spanOf, stepAt } from './replay.ts'
import type { Clock } from '../../world/clock.ts'
import { replayClock } from './replay-clock.ts'
import { WorldCells } from './world-cells.ts'
import { texts } from './messages.ts'

const callsOf = (loaded: LoadedSession | null) => loaded?.steps.filter(({ kind }) => kind === 'CALL') ?? []

/** A session that is shown again, at the moment of the page's clock. */
export function useReplay(pageClock: Clock) {
  const clock = replayClock(pageClock, end)
  const loaded = shallowRef<LoadedSession | null>(null)
  const fault = ref<string>()
  /** Counts up with every frame that is another one. */
  const changes = ref(0)
  let cells = new WorldCells()
  let shown: string | null = null
  let begun = 0

  const step = computed(() => (loaded.value ? stepAt(loaded.value.steps, clock.now.value) : null))
  const calls = computed(() => callsOf(loaded.value))

  function show(next: SessionFrame | null): void {
    if (next === null || next.id === shown) return
    shown = next.id
    cells = new WorldCells()
    cells.take({ ...next, base: null, gone: [] })
    changes.value++
  }
  const frame = computed(() => loaded.value && frameAt(loaded.value.frames, clock.now.value))
  watch(frame, show, { flush: 'sync' })

  async function begin(session: string, world: string | null): Promise<void> {
    const mine = ++begun
    const found = await loadSession(session, world)
    if (mine !== begun) return // another session was asked for meanwhile
    fault.value = typeof found === 'string' ? found : found.isCut ? texts.howTheWorldLookedIs : undefined
    if (typeof found === 'string') return
    shown = null
    cells = new WorldCells()
    clock.open(spanOf(found.steps, found.frames))
    loaded.value = found
    changes.value++
  }
  function end(): void {
    begun++
    loaded.value = null
    clock.open(null)
  }
  /** To the call before (-1) or after (1) the moment that is shown. */
  function seekCall(by: -1 | 1): void {
    const to = callBeside(calls.value, clock.now.value, by)
    if (to !== null) clock.seek(to)
  }
  return { clock, loaded, fault, changes, frame, step, calls, seekCall, begin, end, cells: () => cells }
}
