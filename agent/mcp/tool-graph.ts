import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { GraphClient } from '../graph/client.ts'

/** The graph as one caller of a tool sees it: with the rights of that caller, and nothing else. */
export interface ToolGraph {
  /** @throws GraphFault with what the graph reports */
  ask<D, V extends Record<string, unknown>>(
    document: TypedDocumentNode<D, V>,
    variables: V,
    signal: AbortSignal,
  ): Promise<D>
}

/** The graph as the holder of a token sees it, over HTTP. */
export const graphOfToken = (client: Pick<GraphClient, 'ask'>, token: string): ToolGraph => ({
  ask: (document, variables, signal) => client.ask(document, variables, { token, signal }),
})
