import type { ExecutionResult } from 'graphql'
import type { RowVersions, StreamPhase } from '../../../shared/pubsub/row-versions.ts'

/** The events of one execution, each with its row versions. */
export interface Events extends AsyncIterableIterator<{ result: ExecutionResult; versions: RowVersions | null }> {
  /** Of a stream of facts: the id of the last one before its first event. */
  readonly position?: string | null
}
/**
 * Starts an execution of the group's subscription. A result that is no stream is a refusal. A stream of changes is
 * returned once it listens.
 */
export type Start = (phase: StreamPhase) => Promise<Events | ExecutionResult>
