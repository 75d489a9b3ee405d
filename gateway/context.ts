import type { DocumentNode, ExecutionResult } from 'graphql'
import type { Viewer } from '../shared/auth/viewer.ts'
import type { RowVersions, StreamPhase } from '../shared/pubsub/row-versions.ts'

/** Receives the row versions of a stream, separately from its results. */
export interface VersionSink {
  /** Row versions of each result, in order. */
  queue: (RowVersions | null)[]
  /** Called once every later change will be received; of a stream of facts with the id where it begins. */
  listening(position?: string): void
  /** Takes the subgraph's results directly, if its document is the whole request. */
  takeWhole(document: DocumentNode, results: AsyncIterableIterator<ExecutionResult>): boolean
}

/** What travels with every operation. */
export interface GraphContext extends Record<string, unknown> {
  viewer: Viewer
  /** The viewer, signed for the subgraphs' ports. */
  signedViewer: string
  /** The document was checked already, or belongs to the Legacy API: permission to send it is not checked again. */
  isDocumentKnown?: true
  /** Receives the cost of the operation once it is known; only where that was requested. */
  reportCost?: (cost: number) => void
  /** Gives the session a new id, in a cookie of the response; only if there are a session and a response. */
  renewSession?: () => Promise<void>
  /** Requested phase of a stream; `whole` by default. */
  phase?: StreamPhase
  /** Receives the row versions of a stream's events. */
  versionSink?: VersionSink
}
