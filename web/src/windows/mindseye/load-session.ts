// A session as it is stored: what replay and export show.
import { client } from '../../graph/client.ts'
import { faultText } from '../../graph/fault.ts'
import { MindsEyeReplayDocument, type MindsEyeReplayQuery } from './eye-replay.query.gen.ts'
import { loadSteps } from './load-steps.ts'
import { framesOfOneWorld } from './replay.ts'
import type { TraceStepRowFragment } from './trace-step.fragment.gen.ts'
import { texts } from './messages.ts'

type Session = NonNullable<MindsEyeReplayQuery['traceSession']>
export type SessionFrame = Session['frames']['nodes'][number]

export interface LoadedSession {
  session: Pick<Session, 'id' | 'key' | 'reporter' | 'player' | 'mode' | 'startedAt' | 'endedAt'>
  steps: TraceStepRowFragment[]
  frames: SessionFrame[]
  /** Whether it has more frames than are loaded. */
  isCut: boolean
}

/** Pages of fifty frames that are loaded of one session. */
const MAX_PAGES = 40

/**
 * A stored session with its steps and the frames of one world; or why it cannot be shown, for people.
 * @param world the world to show where nothing says which one the session was in
 */
export async function loadSession(traceSession: string, world: string | null): Promise<LoadedSession | string> {
  const steps = await loadSteps(traceSession)
  if (typeof steps === 'string') return steps
  const frames: SessionFrame[] = []
  let after: string | null = null
  for (let page = 1; ; page++) {
    const { data, error } = await client.query(MindsEyeReplayDocument, { traceSession, after }).toPromise()
    if (error) return faultText(error)
    if (!data?.traceSession) return texts.thisSessionIsGone
    const { frames: found, ...session } = data.traceSession as Session
    frames.push(...found.nodes)
    const isCut = found.pageInfo.hasNextPage && page === MAX_PAGES
    if (isCut || !found.pageInfo.hasNextPage)
      return { session, steps, frames: framesOfOneWorld(frames, session.player, world), isCut }
    after = found.pageInfo.endCursor ?? null
  }
}
