import { useTimeoutFn } from '@vueuse/core'
import { shallowRef, watch } from 'vue'
import { askedCall, isCallShown } from '../../desktop/shown-call.ts'
import { useAsk } from '../../graph/useAsk.ts'
import { useSubscription } from '../../graph/useSubscription.ts'
import { showToast } from '../../ui/toasts.ts'
import { unmask } from '../../graph/unmask.ts'
import { MindsEyeTraceDocument } from './minds-eye-trace.subscription.gen.ts'
import { MindsEyeTracesDocument } from './minds-eye-traces.query.gen.ts'
import { TraceSessionRowFragmentDoc } from './trace-session.fragment.gen.ts'
import { TraceStepRowFragmentDoc, type TraceStepRowFragment } from './trace-step.fragment.gen.ts'
import { gather } from './gather.ts'
import { loadSteps } from './load-steps.ts'
import { newestChange, withStep, withSteps, type SessionLog } from './trace-log.ts'
import { texts } from './messages.ts'

/** How long a step that the chat asks for may take to be stored, in milliseconds. */
const STORED_WITHIN_MS = 4_000

/** Says so where the chat asks for a step that is not among those that are shown. */
function useMissingStep(): void {
  const { start, stop } = useTimeoutFn(
    () => {
      if (!askedCall('mindseye')) return
      isCallShown()
      showToast({ kind: 'fault', title: texts.thisCallIsNotShown, text: texts.itIsOlderThanThe })
    },
    STORED_WITHIN_MS,
    { immediate: false },
  )
  watch(
    () => askedCall('mindseye'),
    (asked) => (asked ? start() : stop()),
    { immediate: true },
  )
}

/** The newest sessions, kept up to date. `onStep` is called for each step that comes, with its session's player. */
export function useTraceLog(onStep: (step: TraceStepRowFragment, player: string | null) => void) {
  useMissingStep()
  const { data, state, fault, ask } = useAsk(MindsEyeTracesDocument, {})
  const logs = shallowRef<SessionLog[]>([])
  /** The newest change of the first page: the stream goes on from it, so that nothing falls between the two. */
  const afterId = shallowRef<string | null>(null)
  watch(data, (page) => {
    const steps: TraceStepRowFragment[] = []
    for (const node of page?.traceSessions.nodes ?? []) {
      const session = unmask(TraceSessionRowFragmentDoc, node)
      logs.value = withStep(logs.value, session, null)
      for (const one of node.steps.nodes) {
        const step = unmask(TraceStepRowFragmentDoc, one)
        steps.push(step)
        logs.value = withStep(logs.value, session, step)
      }
      if (node.steps.pageInfo.hasNextPage) void addRest(session, node.steps.pageInfo.endCursor ?? null)
    }
    if (page) afterId.value ??= newestChange(steps)
  })
  /** The later steps of a session that has more than the first page of it. */
  async function addRest(session: SessionLog['session'], after: string | null): Promise<void> {
    const steps = await loadSteps(session.id, after)
    // Those that come from now on are known; what is missing otherwise is there at the next look.
    if (typeof steps === 'string') return
    const now = logs.value.find((log) => log.session.id === session.id)?.session ?? session
    logs.value = withSteps(logs.value, now, steps)
  }
  const add = gather<{ step: TraceStepRowFragment; session: SessionLog['session'] }>((come) => {
    logs.value = come.reduce((all: SessionLog[], { session, step }) => withStep(all, session, step), logs.value)
    for (const { session, step } of come) onStep(step, session.player)
  })
  const from = () => ({ afterId: afterId.value })
  const { fault: liveFault } = useSubscription(MindsEyeTraceDocument, from, ({ traceSteps }) => {
    const step = unmask(TraceStepRowFragmentDoc, traceSteps)
    add({ step, session: unmask(TraceSessionRowFragmentDoc, traceSteps.session) })
  })
  return { logs, state, fault, ask, liveFault }
}
