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
import { newestChange, withStep, type SessionLog } from './trace-log.ts'

/** How long a step that the chat asks for may take to be stored, in milliseconds. */
const STORED_WITHIN_MS = 4_000

/** Says so where the chat asks for a step that is not among those that are shown. */
function useMissingStep(): void {
  const { start, stop } = useTimeoutFn(
    () => {
      if (!askedCall('mindseye')) return
      isCallShown()
      showToast({ kind: 'fault', title: 'This call is not shown', text: 'It is older than the sessions listed here.' })
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
    }
    if (page) afterId.value ??= newestChange(steps)
  })
  const from = () => ({ afterId: afterId.value })
  const { fault: liveFault } = useSubscription(MindsEyeTraceDocument, from, ({ traceSteps }) => {
    const step = unmask(TraceStepRowFragmentDoc, traceSteps)
    const session = unmask(TraceSessionRowFragmentDoc, traceSteps.session)
    logs.value = withStep(logs.value, session, step)
    onStep(step, session.player)
  })
  return { logs, state, fault, ask, liveFault }
}
