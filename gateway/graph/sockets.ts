import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { getGraphQLWSOptions, type GatewayRuntime } from '@graphql-hive/gateway-runtime'
import type { ExecutionArgs } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { issuePassport } from '../../shared/auth/passport.ts'
import type { People } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { refuseUpgrade } from '../../shared/serve/door.ts'
import { FanOut } from './fan-out/fan-out.ts'
import { sharedStreams } from './fan-out/shared-streams.ts'
import { isOurs, type Origins } from '../sign-in/origin.ts'
import { whoIs } from '../sign-in/who.ts'
import type { GraphContext } from './runtime.ts'

const MAX_MESSAGE_BYTES = 256 * 1024
const RECHECK_MS = 15_000
/** graphql-ws: forbidden. Clients sign in anew instead of retrying. */
const FORBIDDEN = 4403
/** graphql-ws: the request itself is wrong. */
const BAD_REQUEST = 4400

type Extra = Record<PropertyKey, unknown> & {
  request: IncomingMessage
  socket: WebSocket
  viewer?: Viewer
  again?: () => Promise<boolean>
}

/** What Hive makes for graphql-ws. */
interface Handlers {
  onSubscribe(context: unknown, id: string, payload: unknown): Promise<ExecutionArgs>
  execute: Parameters<typeof sharedStreams>[1]
}

/** Queries and subscriptions over graphql-ws. */
export function graphSockets({
  runtime,
  people,
  origins,
  key,
  gatherMs,
}: {
  runtime: GatewayRuntime<GraphContext>
  people: People
  origins: Origins
  key: string
  gatherMs: number
}) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('graphql-transport-ws') ? 'graphql-transport-ws' : false),
  })
  const open = new Set<Extra>()
  const fanOut = new FanOut(gatherMs)
  const options = getGraphQLWSOptions<GraphContext, Extra>(runtime as never, ({ extra }) => ({
    viewer: extra.viewer!,
    passport: issuePassport(key, extra.viewer!, Date.now()),
  }))
  const { onSubscribe, execute } = options as unknown as Handlers
  const streams = sharedStreams(fanOut, execute, key)
  const ending = useServer<Record<string, unknown>, Extra>(
    {
      ...(options as object),
      // Whoever executes must know which operation of which socket it is for.
      async onSubscribe(context, id, payload) {
        const args = await onSubscribe(context, id, payload)
        Object.assign(args.contextValue as object, { operation: { id, socket: context.extra.socket } })
        return args
      },
      execute: streams as never,
      subscribe: streams as never,
      connectionInitWaitTimeout: 10_000,
      async onConnect({ connectionParams, extra }) {
        const token = connectionParams?.['token']
        const who = await whoIs(extra.request, people, origins, token)
        if ('refused' in who) {
          // Not 4403: signing in anew would not help a page of another site.
          if (who.refused === 'FOREIGN_ORIGIN') extra.socket.close(BAD_REQUEST, 'Foreign origin')
          return false // closes with 4403
        }
        extra.viewer = who.viewer
        extra.again = async () => 'viewer' in (await whoIs(extra.request, people, origins, token))
        open.add(extra)
        return true
      },
      onClose: ({ extra }) => void open.delete(extra),
    },
    server as never,
    12_000,
  )

  // A session that was ended ends its streams too.
  const recheck = setInterval(() => {
    for (const extra of open) {
      extra.again!().then(
        (fine) => fine || extra.socket.close(FORBIDDEN, 'Signed out'),
        () => undefined, // the database is away: asked again next time
      )
    }
  }, RECHECK_MS).unref()

  return {
    counts: fanOut.counts,
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (
        !isOurs(request, origins) &&
        request.headers.authorization === undefined &&
        request.headers.cookie !== undefined
      )
        return refuseUpgrade(socket, '403 Forbidden')
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request))
    },
    async [Symbol.asyncDispose]() {
      clearInterval(recheck)
      fanOut.close()
      await ending.dispose()
    },
  }
}
