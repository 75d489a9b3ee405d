// The stored steps of a session, however many there are.
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { unmask } from '../../graph/unmask.ts'
import { MindsEyeStepsDocument, type MindsEyeStepsQuery } from './minds-eye-steps.query.gen.ts'
import { TraceStepRowFragmentDoc, type TraceStepRowFragment } from './trace-step.fragment.gen.ts'
import { texts } from './messages.ts'

/** Pages of 500 steps that are read of one session. */
const MAX_PAGES = 40

/**
 * The steps after a cursor, or all; or why they cannot be read, for people.
 * @param after the end of a page that is there already; null for none
 */
export async function loadSteps(
  traceSession: string,
  after: string | null = null,
): Promise<TraceStepRowFragment[] | string> {
  const steps: TraceStepRowFragment[] = []
  let from = after
  for (let page = 0; page < MAX_PAGES; page++) {
    const { data, error } = await client.query(MindsEyeStepsDocument, { traceSession, after: from }).toPromise()
    if (error) return faultText(error)
    const session: MindsEyeStepsQuery['traceSession'] | undefined = data?.traceSession
    if (!session) return texts.thisSessionIsGone
    steps.push(...session.steps.nodes.map((step) => unmask(TraceStepRowFragmentDoc, step)))
    if (!session.steps.pageInfo.hasNextPage) break
    from = session.steps.pageInfo.endCursor ?? null
  }
  return steps
}
