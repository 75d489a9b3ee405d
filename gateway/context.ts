import type { DocumentNode, ExecutionResult } from 'graphql'
import type { Viewer } from '../shared/auth/viewer.ts'
import type { RowVersions, StreamPhase } from '../shared/pubsub/row-versions.ts'

/** What a stream tells beside its results. */
export interface VersionSink {
  /** What each result is about, in their order. */
  queue: (RowVersions | null)[]
  /** From here on every change is told. */
  listening(): void
  /** Takes the results as the subgraph gives them, if the document sent there is all that was asked for. */
  takeWhole(document: DocumentNode, results: AsyncIterableIterator<ExecutionResult>): boolean
}

/** What travels with every operation. */
export interface GraphContext extends Record<string, unknown> {
  viewer: Viewer
  /** The viewer, signed for the subgraphs' ports. */
  signedViewer: string
  /** The document was looked at already, or is a facade's: it is not asked again whether this viewer may send it. */
  isDocumentKnown?: true
  /** Gives the session a new name, in a cookie of the answer; where there is a session and an answer. */
  renewSession?: () => Promise<void>
  /** Which part of a stream is wanted; the whole one if nothing is said. */
  phase?: StreamPhase
  /** Where what the events of a stream are about is put. */
  versionSink?: VersionSink
}
