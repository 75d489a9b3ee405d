// A session as it is stored: what replay and export show.
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { unmask } from '../../graph/unmask.ts'
import { MindsEyeReplayDocument, type MindsEyeReplayQuery } from './eye-replay.query.gen.ts'
import { TraceStepRowFragmentDoc, type TraceStepRowFragment } from './trace-step.fragment.gen.ts'

type Session = NonNullable<MindsEyeReplayQuery['traceSession']>
export type SessionFrame = Session['frames']['nodes'][number]

export interface LoadedSession {
  session: Pick<Session, 'id' | 'key' | 'reporter' | 'player' | 'mode' | 'startedAt' | 'endedAt'>
  steps: TraceStepRowFragment[]
  frames: SessionFrame[]
}

/** Pages of frames that are loaded of one session. */
const MAX_PAGES = 10

/** A stored session with its steps and frames; or why it cannot be shown, for people. */
export async function loadSession(traceSession: string): Promise<LoadedSession | string> {
  const frames: SessionFrame[] = []
  let after: string | null = null
  let loaded: LoadedSession | null = null
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
