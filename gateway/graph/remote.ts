// Subgraphs as processes of their own: questions over HTTP, streams over WebSocket.
import { setTimeout as wait } from 'node:timers/promises'
import { print, OperationTypeNode, type ExecutionResult } from 'graphql'
import { getOperationASTFromRequest, type ExecutionRequest, type Executor } from '@graphql-tools/utils'
import * as http from '@graphql-mesh/transport-http'
import { carrier } from '../../shared/trace/spans.ts'
import { keepMarks } from './fan-out/marks.ts'
import type { GraphContext } from './runtime.ts'
import { streamsOf } from './remote-streams.ts'

const PASSPORT = 'x-overlord-passport'

/** Addresses of each subgraph's processes, by its name. Any of them answers what any other would. */
export type Addresses = Readonly<Record<string, readonly string[]>>

/**
 * How long to wait before a query is asked again. A process that died leaves connections behind that are found broken one by one,
 * and a balancer in between needs a moment to know.
 */
const PAUSES_MS = [0, 20, 100, 400]

type HttpTransport = typeof http.default
type Payload = Parameters<HttpTransport['getSubgraphExecutor']>[0]
type Fetch = NonNullable<Payload['fetch']>

/**
 * Processes of one subgraph take turns. A query that nobody answered is asked again, of the next one; a mutation only
 * where nobody listened, since it may have been carried out.
 */
export function remoteTransport(addresses: Addresses) {
  return {
    getSubgraphExecutor(payload: Payload) {
      const urls = addresses[payload.subgraphName]
      if (!urls?.length) throw new Error(`No address of the subgraph ${payload.subgraphName}`)
      const headers = [[PASSPORT, '{context.passport}']] as [string, string][]
      const asking = urls.map(
        (location) =>
          http.default.getSubgraphExecutor({
            ...payload,
            transportEntry: { ...payload.transportEntry, location, headers },
            fetch: traced(payload.fetch!), // Hive always gives one
          }) as Executor,
      )
      const streams = streamsOf(urls)
      let turn = 0

      async function ask(request: ExecutionRequest, isQuery: boolean): Promise<ExecutionResult> {
        for (const pause of PAUSES_MS) {
          const result = (await asking[turn++ % asking.length]!(request)) as ExecutionResult
          if (!wentNowhere(result, isQuery)) return result
          await wait(pause)
        }
        return (await asking[turn++ % asking.length]!(request)) as ExecutionResult
      }

      const executor = async (request: ExecutionRequest) => {
        const { operation } = getOperationASTFromRequest(request)
        if (operation !== OperationTypeNode.SUBSCRIPTION) return ask(request, operation === OperationTypeNode.QUERY)
        const { passport, part, marks } = request.context as GraphContext
        const asked = { query: print(request.document), variables: request.variables as Record<string, unknown> }
        return keepMarks(await streams.follow(asked, { passport, part }), request.document, marks)
      }
      return Object.assign(executor, {
        async [Symbol.asyncDispose]() {
          await streams[Symbol.asyncDispose]()
          for (const one of asking) await (one as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.()
        },
      })
    },
  }
}

/** The same requests, as steps of the trace they are made in. */
const traced =
  (fetch: Fetch): Fetch =>
  (url, init, ...rest) =>
    fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), ...carrier() } }, ...rest)

/** Whether nobody answered. Of a mutation only if nobody can have heard it. */
function wentNowhere({ data, errors }: ExecutionResult, isQuery: boolean): boolean {
  if (data || !errors?.length) return false
  return errors.every(({ extensions, originalError }) =>
    isQuery ? extensions['code'] === 'SUBREQUEST_HTTP_ERROR' : isRefused(originalError),
  )
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error && ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED' || isRefused(error.cause))
