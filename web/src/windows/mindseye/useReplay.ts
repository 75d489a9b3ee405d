import { useRafFn } from '@vueuse/core'
import { computed, ref, shallowRef } from 'vue'
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { unmask } from '../../graph/unmask.ts'
import { MindsEyeReplayDocument, type MindsEyeReplayQuery } from './eye-replay.query.gen.ts'
import { TraceStepRowFragmentDoc, type TraceStepRowFragment } from './trace-step.fragment.gen.ts'
import { frameAt, sessionLines, spanOf, stepAt } from './replay.ts'
import { WorldCells } from './world-cells.ts'

type Session = NonNullable<MindsEyeReplayQuery['traceSession']>
type Frame = Session['frames']['nodes'][number]

interface Loaded {
  session: Pick<Session, 'id' | 'key' | 'reporter' | 'player' | 'mode' | 'startedAt' | 'endedAt'>
  steps: TraceStepRowFragment[]
  frames: Frame[]
}

/** Pages of frames that are loaded of one session. */
const MAX_PAGES = 10

async function load(traceSession: string): Promise<Loaded | string> {
  const frames: Frame[] = []
  let after: string | null = null
  let loaded: Loaded | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const { data, error } = await client.query(MindsEyeReplayDocument, { traceSession, after }).toPromise()
    if (error) return faultText(error)
    if (!data?.traceSession) return 'This session is gone.'
    const { steps, frames: found, ...session } = data.traceSession as Session
    frames.push(...found.nodes)
    loaded ??= { session, steps: steps.nodes.map((step) => unmask(TraceStepRowFragmentDoc, step)), frames }
    after = found.pageInfo.endCursor
    if (!found.pageInfo.hasNextPage) break
  }
  return loaded!
}

const callsOf = (loaded: Loaded | null) => loaded?.steps.filter(({ kind }) => kind === 'CALL') ?? []

/** A session that is shown again, and the moment of it. */
export function useReplay() {
  const loaded = shallowRef<Loaded | null>(null)
  const fault = ref<string>()
  const now = ref(0)
  const speed = ref(1)
  const isPlaying = ref(false)
  /** Counts up with every frame that is another one. */
  const changes = ref(0)
  let cells = new WorldCells()
  let shown: string | null = null

  const span = computed(() => loaded.value && spanOf(loaded.value.steps, loaded.value.frames))
  const step = computed(() => (loaded.value ? stepAt(loaded.value.steps, now.value) : null))
  const calls = computed(() => callsOf(loaded.value))

  function seek(to: number): void {
    if (!loaded.value || !span.value) return
    now.value = Math.min(span.value[1], Math.max(span.value[0], to))
    const frame = frameAt(loaded.value.frames, now.value)
    if (frame === null || frame.id === shown) return
    shown = frame.id
    cells = new WorldCells()
    cells.take({ ...frame, base: null, gone: [] })
    changes.value++
  }
  const { pause, resume } = useRafFn(
    ({ delta }) => {
      if (!isPlaying.value || !span.value) return
      seek(now.value + delta * speed.value)
      if (now.value >= span.value[1]) isPlaying.value = false
    },
    { immediate: false },
  )

  async function begin(session: string): Promise<void> {
    const found = await load(session)
    fault.value = typeof found === 'string' ? found : undefined
    if (fault.value !== undefined) return
    loaded.value = found as Loaded
    shown = null
    cells = new WorldCells()
    changes.value++
    seek(span.value?.[0] ?? 0)
    resume()
  }
  function end(): void {
    loaded.value = null
    isPlaying.value = false
    pause()
  }
  const state = { loaded, fault, now, speed, isPlaying, changes, span, step, calls }
  return { ...state, seek, begin, end, cells: () => cells }
}

/** A session as lines of JSON; or why there is none, as a fault. */
export async function linesOf(session: string): Promise<{ lines: string } | { fault: string }> {
  const found = await load(session)
  return typeof found === 'string'
    ? { fault: found }
    : { lines: sessionLines(found.session, found.steps, found.frames) }
}
