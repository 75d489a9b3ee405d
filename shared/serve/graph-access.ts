// The graph as an edge room uses it: a room that answers other addresses and protocols from the graph, as the person or
// program that sends each request. An edge room knows no people, no tables and no broker; the gateway gives it this and
// nothing else.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { DocumentNode, ExecutionResult } from 'graphql'
import type { Log } from '../log.ts'
import type { McpCall } from '../mcp-call.ts'

export type Variables = Readonly<Record<string, unknown>>

/** Somebody who asks the graph, with their own rights and limits. */
export interface GraphCaller {
  /** Who it is, for limits and logs: `user 3`, `token 5`. */
  readonly principal: string
  /** Callers of equal rights see the same in a stream. */
  readonly rights: string
  /** The same rights without the person, for a stream that all callers of these rights share. */
  readonly withoutPerson: GraphCaller
  /** Stores a call of a tool by this caller, a moment later: nothing waits for it. */
  recordCall(call: McpCall): void
  /** Executes a query or a mutation. */
  execute(document: DocumentNode, variables?: Variables): Promise<ExecutionResult>
  /** Executes a document that the caller wrote: where its role may send such documents, and no subscription. */
  executeText(text: string, variables: Variables): Promise<ExecutionResult>
  /**
   * Executes a subscription. A refusal is a result without events.
   * @param phase `whole` begins with what is now, `changes` with the next event
   */
  subscribe(
    document: DocumentNode,
    variables: Variables,
    phase: 'whole' | 'changes',
  ): Promise<ExecutionResult | AsyncIterable<ExecutionResult>>
}

export type GraphRefusal = 'UNAUTHENTICATED' | 'BAD_TOKEN' | 'FOREIGN_ORIGIN'

/** A caller whose connection stays open. */
export interface GraphConnection {
  /** The caller as of now: a role may change while the connection is open. */
  caller(): GraphCaller
  /** Gives the connection's place back. */
  leave(): void
}

/** A request that is about to stay open: its address has a place, its caller is known. */
export interface GraphArrival {
  /** Lets the caller stay; `end` is called once its rights end. Null when it has too many connections open. */
  enter(end: () => void): GraphConnection | null
  /** Gives the place of the address back, when the request ends without having entered. */
  leave(): void
}

export interface GraphAccess {
  /**
   * Finds out who sends a request: by `token`, its bearer header or its session cookie.
   * Throws while that cannot be found out.
   */
  callerOf(request: IncomingMessage, token?: string): Promise<GraphCaller | { refused: GraphRefusal }>
  /** The same for a request that stays open. `TOO_MANY_STREAMS` when its address has too many open. */
  arrivalOf(
    request: IncomingMessage,
    token?: string,
  ): Promise<GraphArrival | { refused: GraphRefusal | 'TOO_MANY_STREAMS' }>
  /** The public page of Mind's Eye: it may use what is declared `@publicOnly`, and nothing else. */
  readonly publicCaller: GraphCaller
  /** Where a request comes from: a trusted proxy says so, otherwise the connection itself. */
  addressOf(request: IncomingMessage): string
  /** Whether a page of this origin may use us; true for a request that names no origin. */
  isOurOrigin(request: IncomingMessage): boolean
  /** Our address as the sender sees it, such as `https://overlord.example`: a trusted proxy says whether by HTTPS. */
  originOf(request: IncomingMessage): string
  /**
   * Takes `amount` of what may be done `perMinute`, counted over all processes; false when there is no room for it.
   * @param name what is counted, and for whom
   */
  take(name: string, amount: number, perMinute: number): Promise<boolean>
  /** Lets pages of allowed origins read the answer. True when the request was only a preflight, which is answered. */
  allowOrigin(request: IncomingMessage, response: ServerResponse, methods: readonly string[]): boolean
}

/** What an edge room gets from the gateway that hosts it. */
export interface EdgeHost {
  graph: GraphAccess
  /** Of this build. */
  version: string
  /** Whether MCP clients may search the schema and send documents of their own. */
  schemaTools: boolean
  /** The public socket of Mind's Eye; null while it is off. */
  publicEye: PublicEye | null
  log: Log
}

/** How Mind's Eye is shown to the public. */
export interface PublicEye {
  /** How late everything is shown, in milliseconds. */
  delayMs: number
  /** `hidden`: places are moved by a secret distance. */
  places: 'shown' | 'hidden'
}

/** An edge room's addresses. The gateway has checked the host name before. */
export interface Edge extends AsyncDisposable {
  /** Answers a request, or returns false for an address of somebody else. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean>
  /** Takes a WebSocket upgrade, or returns false. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, path: string): boolean
}

export type StartEdge = (host: EdgeHost) => Edge
