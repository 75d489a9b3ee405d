import { shallowRef, watch } from 'vue'
import { useAsk } from '../../graph/useAsk.ts'
import { useSubscription } from '../../graph/useSubscription.ts'
import { unmask } from '../../graph/unmask.ts'
import { MindsEyeTraceDocument } from './minds-eye-trace.subscription.gen.ts'
import { MindsEyeTracesDocument } from './minds-eye-traces.query.gen.ts'
import { TraceSessionRowFragmentDoc } from './trace-session.fragment.gen.ts'
import { TraceStepRowFragmentDoc, type TraceStepRowFragment } from './trace-step.fragment.gen.ts'
import { withStep, type SessionLog } from './trace-log.ts'

/** The newest sessions, kept up to date. `onStep` is called for each step that comes, with its session's player. */
export function useTraceLog(onStep: (step: TraceStepRowFragment, player: string | null) => void) {
  const { data, state, fault, ask } = useAsk(MindsEyeTracesDocument, {})
  const logs = shallowRef<SessionLog[]>([])
  watch(data, (page) => {
    for (const node of page?.traceSessions.nodes ?? []) {
      const session = unmask(TraceSessionRowFragmentDoc, node)
      logs.value = withStep(logs.value, session, null)
      for (const step of node.steps.nodes)
        logs.value = withStep(logs.value, session, unmask(TraceStepRowFragmentDoc, step))
    }
  })
  const { fault: liveFault } = useSubscription(MindsEyeTraceDocument, {}, ({ traceSteps }) => {
    const step = unmask(TraceStepRowFragmentDoc, traceSteps)
    const session = unmask(TraceSessionRowFragmentDoc, traceSteps.session)
    logs.value = withStep(logs.value, session, step)
    onStep(step, session.player)
  })
  return { logs, state, fault, ask, liveFault }
}
