import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { getGraphQLWSOptions, type GatewayRuntime } from '@graphql-hive/gateway-runtime'
import { GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { signViewer } from '../../shared/auth/signed-viewer.ts'
import type { People } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { fault } from '../../shared/errors.ts'
import { refuseUpgrade } from '../../shared/serve/door.ts'
import type { Documents } from '../documents/documents.ts'
import { addressOf } from '../../shared/serve/address.ts'
import type { Declared } from '../declared/declared.ts'
import { FanOut } from './fan-out/fan-out.ts'
import { sharedStreams } from './fan-out/shared-streams.ts'
import type { EndCall, SeeCall } from './seen-calls.ts'
import { isOurs, type Origins } from '../sign-in/origin.ts'
import type { Visitor, Visitors } from '../sign-in/visitors.ts'
import { viewerNow, identify } from '../sign-in/who.ts'
import type { GraphContext } from '../context.ts'
import { costReport, type CostReport } from './cost-report.ts'
import { countErrors } from '../plugins/operation-counters.ts'
import { withinSize } from './http/send.ts'
import { bearerIn } from './connection-params.ts'
import { boundedSend } from './bounded-send.ts'
import type { UnreadAnswers } from './unread.ts'

/** What an operation may weigh, as over HTTP. Beyond it that operation alone is refused. */
const MAX_OPERATION_BYTES = 256 * 1024
/** A message beyond this is not even read: it ends its socket. */
const MAX_MESSAGE_BYTES = 1024 * 1024
/** graphql-ws: forbidden. Clients sign in again instead of retrying. */
const FORBIDDEN = 4403
/** graphql-ws: the request itself is wrong. */
const BAD_REQUEST = 4400
/** graphql-ws: too many. Clients do not try again by themselves. */
const TOO_MANY = 4429

type Extra = Record<PropertyKey, unknown> & {
  request: IncomingMessage
  socket: WebSocket
  visitor?: Visitor
  leave?: () => void
}

/** What Hive makes for graphql-ws. */
interface Handlers {
  onSubscribe(context: unknown, id: string, payload: SubscribePayload): Promise<ExecutionArgs>
  execute: Parameters<typeof sharedStreams>[1]
}

/** Queries and subscriptions over graphql-ws. */
// eslint-disable-next-line max-lines-per-function -- the hooks of one graphql-ws server, in their order
export function graphSockets({
  runtime,
  people,
  origins,
  visitors,
  documents,
  mostSubscriptions,
  key,
  gatherMs,
  declared,
  unread,
  seenCall,
}: {
  runtime: GatewayRuntime<GraphContext>
  people: People
  origins: Origins
  visitors: Visitors
  documents: Documents
  /** Operations one socket may have open. */
  mostSubscriptions: number
  key: string
  gatherMs: number
  /** What the graph that is in use declares. */
  declared: () => Declared
  /** What readers have not taken yet. */
  unread: UnreadAnswers
  /** Stores calls of MCP tools that run elsewhere. */
  seenCall: SeeCall
}) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('graphql-transport-ws') ? 'graphql-transport-ws' : false),
  })
  const fanOut = new FanOut(gatherMs)
  const options = getGraphQLWSOptions<GraphContext, Extra>(runtime as never, ({ extra }) => ({
    viewer: extra.visitor!.viewer,
    signedViewer: signViewer(key, extra.visitor!.viewer, Date.now()),
  }))
  const { onSubscribe, execute } = options as unknown as Handlers
  const streams = sharedStreams(fanOut, execute, key, declared)
  const textOf = (payload: SubscribePayload, viewer: Viewer): string | GraphQLError[] => {
    try {
      return documents.textOf(payload, viewer) ?? ''
    } catch (error) {
      if (error instanceof GraphQLError) return [error]
      throw error
    }
  }
  const answers = async (args: Parameters<typeof streams>[0]) => {
    const result = (await streams(args)) as ExecutionResult | AsyncIterable<ExecutionResult>
    const { cost, endCall } = args.contextValue as { cost?: CostReport; endCall?: EndCall | null }
    endCall?.(result)
    if (Symbol.asyncIterator in result) return result
    countErrors(result.errors)
    return cost ? cost.added(withinSize(result)) : withinSize(result)
  }
  const ending = useServer<Record<string, unknown>, Extra>(
    {
      ...(options as object),
      async onSubscribe(context, id, payload) {
        if (Object.keys(context.subscriptions).length > mostSubscriptions)
          return counted([fault('TOO_MANY_STREAMS', `A socket has at most ${mostSubscriptions} operations open.`)])
        if (sizeOf(payload) > MAX_OPERATION_BYTES) return counted([fault('TOO_LARGE')])
        const query = textOf(payload, context.extra.visitor!.viewer)
        if (typeof query !== 'string') return counted(query)
        const args = await onSubscribe(context, id, { ...payload, query })
        // The executor needs the operation id and its socket.
        const operation = { id, socket: context.extra.socket }
        const cost = costReport(payload)
        const endCall = seenCall(payload, context.extra.visitor!.viewer)
        const more = { operation, isDocumentKnown: true, endCall, ...(cost && { cost, reportCost: cost.report }) }
        Object.assign(args.contextValue as object, more)
        return args
      },
      execute: answers as never,
      subscribe: answers as never,
      connectionInitWaitTimeout: 10_000,
      async onConnect({ connectionParams, extra }) {
        const token = bearerIn(connectionParams)
        const asOf = visitors.changeCount()
        const who = await identify(extra.request, people, origins, token)
        if ('refused' in who) {
          // Not 4403: signing in again would not help a page of another site.
          if (who.refused === 'FOREIGN_ORIGIN') extra.socket.close(BAD_REQUEST, 'Foreign origin')
          return false // closes with 4403
        }
        // What acts for somebody is looked at with each request; a socket would outlive it.
        if (who.viewer.only === 'read') return false
        const visitor: Visitor = {
          viewer: who.viewer,
          again: () => viewerNow(extra.request, people, origins, token),
          end: () => extra.socket.close(FORBIDDEN, 'Signed out'),
        }
        const leave = visitors.enter(visitor, asOf)
        if (!leave) extra.socket.close(TOO_MANY, 'Too many connections')
        else if (extra.socket.readyState !== extra.socket.OPEN)
          leave() // gone while we asked who it is
        else {
          Object.assign(extra, { visitor, leave })
          boundedSend(extra.socket, visitor, unread, () => extra.socket.close(TOO_MANY, 'Too much unread'))
        }
        return extra.visitor !== undefined
      },
      onClose: ({ extra }) => extra.leave?.(),
    },
    server as never,
    12_000,
  )

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (
        !isOurs(request, origins) &&
        request.headers.authorization === undefined &&
        request.headers.cookie !== undefined
      )
        return refuseUpgrade(socket, 'FOREIGN_ORIGIN')
      const stand = visitors.connect(addressOf(request, origins))
      if (!stand) return refuseUpgrade(socket, 'TOO_MANY_STREAMS')
      socket.once('close', stand)
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request))
    },
    async [Symbol.asyncDispose]() {
      fanOut.close()
      await ending.dispose()
    },
  }
}

/** The same errors, counted. */
function counted(errors: GraphQLError[]): GraphQLError[] {
  countErrors(errors)
  return errors
}

/** Near enough: text counts by characters. What is nested too deep to be written as text is too large. */
function sizeOf({ query, variables, extensions }: SubscribePayload): number {
  try {
    return query.length + (variables || extensions ? JSON.stringify([variables, extensions]).length : 0)
  } catch {
    return Infinity
  }
}
