import { setTimeout as wait } from 'node:timers/promises'
import { GraphQLError, type ExecutionResult } from 'graphql'
import { fault } from '../../../shared/errors.ts'
import type { StreamPhase } from '../../../shared/pubsub/row-versions.ts'
import type { Events, Start } from './execution.ts'

/** How long a subgraph may be unavailable before its readers are disconnected: about half a minute. */
const FIRST_TRY_MS = 100
const LAST_TRY_MS = 4_000
const MAX_TRIES = 12

/** An error in place of a stream. */
export const failed = (error: unknown): ExecutionResult => ({
  errors: [error instanceof GraphQLError ? error : fault('NOT_READY')],
})

/**
 * Starts a stream again after its subgraph was lost; the last refusal once it took too long. Null when it is not wanted
 * any more.
 */
export async function startAgain(
  start: Start,
  phase: StreamPhase,
  isOver: () => boolean,
): Promise<Events | ExecutionResult | null> {
  let refusal: ExecutionResult = failed(null)
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    await wait(Math.min(FIRST_TRY_MS * 2 ** tries, LAST_TRY_MS), undefined, { ref: false })
    if (isOver()) return null
    const events = await start(phase).catch(failed)
    if (!(Symbol.asyncIterator in events)) {
      refusal = events
      continue
    }
    if (!isOver()) return events
    void events.return?.()
    return null
  }
  return refusal
}
