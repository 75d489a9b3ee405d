import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { GraphClient, NamedCall, TextAnswer } from '../graph/client.ts'
import { GraphFault } from '../graph/fault.ts'

/** The graph as one caller of a tool sees it: with the rights of that caller, and nothing else. */
export interface ToolGraph {
  /** @throws GraphFault with what the graph reports */
  ask<D, V extends Record<string, unknown>>(
    document: TypedDocumentNode<D, V>,
    variables: V,
    signal: AbortSignal,
  ): Promise<D>
  /** The same for one call of a tool: what is sent names the call, where the gateway cannot see it otherwise. */
  forCall?(call: NamedCall): ToolGraph
  /** Sends a document of the caller's own. Errors are part of what it gives. */
  askText(text: string, variables: Record<string, unknown>, signal: AbortSignal): Promise<TextAnswer>
  /** Follows a stream until what it returns is called; begins it again when it ends. */
  follow<D, V extends Record<string, unknown>>(
    document: TypedDocumentNode<D, V>,
    variables: V,
    next: (data: D) => void,
  ): () => void
}

/** The graph as the client's own token sees it. */
export const graphOfClient = (client: GraphClient, mcpCall?: NamedCall): ToolGraph => ({
  ask: (document, variables, signal) => client.ask(document, variables, { signal, ...(mcpCall && { mcpCall }) }),
  askText: (text, variables, signal) => client.askText(text, variables, { signal, ...(mcpCall && { mcpCall }) }),
  follow: (document, variables, next) => client.follow(document, variables, next, mcpCall),
  forCall: (call) => graphOfClient(client, call),
})

/** The graph as another token sees it, which may follow no stream: it acts for somebody during one turn. */
export const graphOfToken = (client: Pick<GraphClient, 'ask' | 'askText'>, token: string): ToolGraph => ({
  ask: (document, variables, signal) => client.ask(document, variables, { token, signal }),
  askText: (text, variables, signal) => client.askText(text, variables, { token, signal }),
  follow() {
    throw new GraphFault('Who acts for somebody may follow no stream.', 'FORBIDDEN', null)
  },
})
