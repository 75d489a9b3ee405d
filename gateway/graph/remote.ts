// Subgraphs as separate processes: queries and mutations over HTTP, streams over WebSocket.
import { print, OperationTypeNode } from 'graphql'
import { getOperationASTFromRequest, type ExecutionRequest } from '@graphql-tools/utils'
import { takeRowVersions } from './fan-out/row-versions.ts'
import type { AsksSubgraph } from './execute.ts'
import { questionsTo } from './remote-questions.ts'
import { streamsOf } from './remote-streams.ts'
import type { GraphContext } from '../context.ts'

/** Addresses of each subgraph's processes, by its name. Any of them answers what any other would. */
export type Addresses = Readonly<Record<string, readonly string[]>>

/** Sends requests to each of them. `renewViewer` signs a viewer again, for streams that last. */
export const remote =
  (addresses: Addresses, renewViewer: (signedViewer: string) => string) =>
  (subgraph: string): AsksSubgraph => {
    const urls = addresses[subgraph]
    if (!urls?.length) throw new Error(`No address of the subgraph ${subgraph}`)
    const questions = questionsTo(urls, subgraph)
    const streams = streamsOf(urls, renewViewer)

    const asks = async (request: ExecutionRequest) => {
      const { operation } = getOperationASTFromRequest(request)
      const { signedViewer, phase, versionSink } = request.context as GraphContext
      const { document, variables } = request
      if (operation !== OperationTypeNode.SUBSCRIPTION)
        return questions.ask({ document, variables, signedViewer, isQuery: operation === OperationTypeNode.QUERY })
      const asked = { query: print(document), variables: variables as Record<string, unknown> }
      return takeRowVersions(await streams.follow(asked, { signedViewer, phase }), document, versionSink)
    }
    return Object.assign(asks, {
      async [Symbol.asyncDispose]() {
        questions[Symbol.dispose]()
        await streams[Symbol.asyncDispose]()
      },
    })
  }
