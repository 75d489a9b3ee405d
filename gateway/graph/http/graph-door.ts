// The graph over HTTP: who asks, what, and how the answer is sent.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getGraphQLWSOptions, type GatewayRuntime } from '@graphql-hive/gateway-runtime'
import { getOperationAST, GraphQLError, OperationTypeNode, parse, type ExecutionResult } from 'graphql'
import type { People } from '../../../shared/auth/people.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { takeBody } from '../../../shared/serve/json-body.ts'
import { isTracing } from '../../../shared/trace/spans.ts'
import type { GraphContext } from '../../context.ts'
import type { Declared } from '../../declared/declared.ts'
import type { Documents } from '../../documents/documents.ts'
import type { SeeCall } from '../seen-calls.ts'
import { allowOrigin } from '../../sign-in/cors.ts'
import { mayBeForged } from '../../sign-in/csrf.ts'
import type { Origins } from '../../sign-in/origin.ts'
import { identify, type GraphWho } from '../../sign-in/who.ts'
import { resumePointOf, type ResumePoint } from '../fan-out/positions.ts'
import { factsFor } from '../fan-out/shared-streams.ts'
import { costReport } from '../cost-report.ts'
import type { Asked, FastPath } from '../fast-path.ts'
import type { UnreadAnswers } from '../unread.ts'
import { acceptedBy, type Accepted } from './media-type.ts'
import { isRefusal, operationIn, type Refusal } from './operation.ts'
import { refuse, sendAnswer, withinSize, type Recipient } from './send.ts'
import { sendStream, single } from './stream.ts'

const MAX_QUERY_BYTES = 256 * 1024

export interface GraphDoorOptions {
  runtime: GatewayRuntime<GraphContext>
  fastPath: FastPath
  documents: Documents
  people: People
  origins: Origins
  unread: UnreadAnswers
  signedViewerOf: (viewer: Viewer) => string
  /** What the graph that is in use declares. */
  declared: () => Declared
  /** Stores calls of MCP tools that run elsewhere. */
  seenCall: SeeCall
  /** How often people changed so far: read before a viewer is identified. */
  changeCount: () => number
  /** Counts an answer that stays open as a connection of its viewer; false when there are too many. */
  keepOpen: (request: IncomingMessage, response: ServerResponse, viewer: Viewer, asOf: number) => boolean
  /** Gives the session of a request a new name, in a cookie of the response. */
  renewSession: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

type Results = ExecutionResult | AsyncIterable<ExecutionResult>
type Execute = (args: { contextValue: object }) => Promise<Results> | Results

/** Answers requests for the graph. */
export function graphDoor(options: GraphDoorOptions) {
  const { runtime, fastPath, documents, people, origins, unread } = options
  const { execute } = getGraphQLWSOptions(runtime as never, () => ({})) as unknown as { execute: Execute }

  const factsOf = (operation: Asked, facts: ResumePoint, viewer: Viewer) =>
    factsFor(execute, operation, facts, () => ({ viewer, signedViewer: options.signedViewerOf(viewer) }))

  async function resultOf(operation: Asked, { request, response, viewer }: Recipient): Promise<Results> {
    const cost = costReport(operation)
    let { query } = operation
    try {
      query = documents.textOf(operation, viewer)
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] }
      throw error
    }
    const fast =
      request.method === 'POST' && !isTracing()
        ? await fastPath.answer({ ...operation, query }, viewer, cost?.report).catch(() => null) // reported below
        : null
    const facts = resumePointOf({ ...operation, query }, options.declared().resumable)
    if (facts) return factsOf({ ...operation, query }, facts, viewer)
    const result =
      fast?.data && !fast.errors?.some(({ extensions }) => 'http' in extensions)
        ? fast
        : await execute({
            contextValue: {
              params: { ...operation, query },
              isDocumentKnown: true,
              viewer,
              signedViewer: options.signedViewerOf(viewer),
              renewSession: () => options.renewSession(request, response),
              ...(cost && { reportCost: cost.report }),
            },
          })
    return cost ? cost.added(result) : result
  }

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (allowOrigin(request, response, origins, ['GET', 'POST'])) return
    const asOf = options.changeCount()
    const accepted = acceptedBy(request.headers.accept)
    const { json } = accepted
    const who = await identify(request, people, origins)
    if ('refused' in who) return refuse(response, json, refusalOf(who))
    if (!(await takeBody(request, MAX_QUERY_BYTES))) return refuse(response, json, { code: 'TOO_LARGE' })
    if (mayBeForged(request)) return refuse(response, json, { code: 'CSRF_HEADER_MISSING' })
    if (!json && !accepted.stream) return refuse(response, json, NOT_ACCEPTABLE)
    const operation = operationIn(request)
    if (isRefusal(operation)) return refuse(response, json, operation)
    const { viewer } = who
    if (unread.isFull(viewer)) return refuse(response, json, { code: 'TOO_MUCH_UNREAD' })
    if (request.method === 'GET' && isMutation(documents.peek(operation), operation.operationName))
      return refuse(response, json, NO_MUTATION)
    const recipient = { request, response, viewer, unread }
    const keepOpen = () => options.keepOpen(request, response, viewer, asOf)
    const endCall = options.seenCall(operation, viewer)
    const results = await resultOf(operation, recipient)
    endCall?.(results)
    await send(results, accepted, keepOpen, recipient)
  }
}

const refusalOf = (who: Extract<GraphWho, { refused: unknown }>): Refusal =>
  who.refused === 'TOO_MANY_TRIES'
    ? { code: who.refused, headers: { 'retry-after': String(who.waitS) } }
    : { code: who.refused }

async function send(
  results: Results,
  { json, stream }: Accepted,
  keepOpen: () => boolean,
  recipient: Recipient,
): Promise<void> {
  const { response } = recipient
  if (!(Symbol.asyncIterator in results)) {
    if (json) return sendAnswer(recipient, json, results)
    return sendStream(response, stream!, single(withinSize(results)))
  }
  if (stream && keepOpen()) return sendStream(response, stream, results)
  await results[Symbol.asyncIterator]().return?.()
  if (!response.destroyed) refuse(response, json, stream ? { code: 'TOO_MANY_STREAMS' } : NO_STREAM)
}

const NOT_ACCEPTABLE: Refusal = {
  code: 'NOT_ACCEPTABLE',
  message:
    'The graph answers as application/json or application/graphql-response+json, and subscriptions as ' +
    'text/event-stream or multipart/mixed; subscriptionSpec=1.0.',
}
const NO_STREAM: Refusal = {
  code: 'NOT_ACCEPTABLE',
  message:
    'A subscription is answered as text/event-stream or multipart/mixed; subscriptionSpec=1.0, whichever `accept` ' +
    'names, or over a WebSocket of the protocol graphql-transport-ws.',
}
const NO_MUTATION: Refusal = {
  code: 'WRONG_METHOD',
  message: 'A mutation is sent by POST.',
  headers: { allow: 'POST' },
}

/** Whether a document's operation is a mutation. What cannot be parsed is none; it is refused when it is executed. */
function isMutation(query: string | undefined, operationName: string | null | undefined): boolean {
  try {
    const document = parse(query ?? '', { noLocation: true, maxTokens: 10_000 })
    return getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION
  } catch {
    return false
  }
}
