import type { IncomingMessage } from 'node:http'
import { getGraphQLWSOptions, type GatewayRuntime } from '@graphql-hive/gateway-runtime'
import { GraphQLError, print, type DocumentNode, type ExecutionResult } from 'graphql'
import { signViewer } from '../../shared/auth/signed-viewer.ts'
import type { CallLog } from '../../shared/auth/mcp-calls.ts'
import type { People } from '../../shared/auth/people.ts'
import { PUBLIC_FACE, rightsOf, withoutPerson, type Viewer } from '../../shared/auth/viewer.ts'
import { addressOf } from '../../shared/serve/address.ts'
import type { GraphAccess, GraphCaller, GraphConnection, Variables } from '../../shared/serve/graph-access.ts'
import type { GraphContext } from '../context.ts'
import { countErrors } from '../plugins/operation-counters.ts'
import { isSecure } from '../sign-in/cookie.ts'
import { allowOrigin } from '../sign-in/cors.ts'
import { isOurs, type Origins } from '../sign-in/origin.ts'
import type { Visitor, Visitors } from '../sign-in/visitors.ts'
import { identifyBesideGraph, viewerNow } from '../sign-in/who.ts'

export interface GraphAccessOptions {
  runtime: GatewayRuntime<GraphContext>
  /** Signs what goes to the subgraphs. */
  key: string
  people: People
  origins: Origins
  visitors: Visitors
  calls: CallLog
}

type Results = ExecutionResult | AsyncIterable<ExecutionResult>
type Execute = (args: { contextValue: object }) => Promise<Results>

/** What is refused before it is executed, as a result. @throws what is no refusal */
function refusalOf(error: unknown): ExecutionResult {
  if (!(error instanceof GraphQLError)) throw error
  return counted({ errors: [error] })
}

/** The same answer, with its errors counted. */
function counted(result: ExecutionResult): ExecutionResult {
  countErrors(result.errors)
  return result
}

const texts = new WeakMap<DocumentNode, string>()
function textOf(document: DocumentNode): string {
  const text = texts.get(document) ?? print(document)
  texts.set(document, text)
  return text
}

/** Executes documents as a viewer, in this process. */
function executorOf(runtime: GatewayRuntime<GraphContext>, key: string) {
  const { execute } = getGraphQLWSOptions(runtime as never, () => ({})) as unknown as { execute: Execute }
  return (viewer: Viewer, query: string, variables: Variables, extra: Partial<GraphContext> = {}) =>
    execute({
      contextValue: {
        ...extra,
        params: { query, variables },
        viewer,
        signedViewer: signViewer(key, viewer, Date.now()),
      },
    })
}

/** Makes callers of viewers. */
function callersOf(run: ReturnType<typeof executorOf>, calls: CallLog): (viewer: Viewer) => GraphCaller {
  /** Compiled into the room that sends it. */
  const isDocumentKnown = true as const

  const callerFor = (viewer: Viewer): GraphCaller => ({
    principal: `${viewer.kind} ${viewer.id}`,
    rights: rightsOf(viewer),
    get withoutPerson() {
      return callerFor(withoutPerson(viewer))
    },
    recordCall: (call) => calls.add({ ...call, viewer, at: new Date() }),
    async execute(document, variables = {}) {
      const result = await run(viewer, textOf(document), variables, { isDocumentKnown })
      if (Symbol.asyncIterator in result) throw new Error('A subscription was executed as a query')
      return counted(result)
    },
    async executeText(text, variables) {
      let result: Results
      try {
        result = await run(viewer, text, variables)
      } catch (error) {
        return refusalOf(error)
      }
      if (!(Symbol.asyncIterator in result)) return counted(result)
      await result[Symbol.asyncIterator]().return?.()
      throw new Error('A subscription was executed as a query')
    },
    subscribe: (document, variables, phase) => run(viewer, textOf(document), variables, { phase, isDocumentKnown }),
  })
  return callerFor
}

/** Opens the graph to edge rooms of this process: the same limits and rights as on its own ports. */
export function graphAccess({ runtime, key, people, origins, visitors, calls }: GraphAccessOptions): GraphAccess {
  const callerFor = callersOf(executorOf(runtime, key), calls)

  async function arrive(request: IncomingMessage, token?: string) {
    const place = visitors.connect(addressOf(request, origins))
    if (!place) return { refused: 'TOO_MANY_STREAMS' } as const
    const asOf = visitors.changeCount()
    const who = await identifyBesideGraph(request, people, origins, token).catch((error: unknown) => {
      place()
      throw error
    })
    if ('refused' in who) {
      place()
      return who
    }
    const enter = (end: () => void): GraphConnection | null => {
      const visitor: Visitor = { viewer: who.viewer, again: () => viewerNow(request, people, origins, token), end }
      const leave = visitors.enter(visitor, asOf)
      return leave && { caller: () => callerFor(visitor.viewer), leave }
    }
    return { enter, leave: place }
  }

  return {
    async callerOf(request, token) {
      const who = await identifyBesideGraph(request, people, origins, token)
      return 'refused' in who ? who : callerFor(who.viewer)
    },
    arrivalOf: arrive,
    publicCaller: callerFor(PUBLIC_FACE),
    addressOf: (request) => addressOf(request, origins),
    isOurOrigin: (request) => isOurs(request, origins),
    originOf: (request) => `${isSecure(request, origins) ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`,
    take: (name, amount, perMinute) => people.take(name, amount, perMinute),
    allowOrigin: (request, response, methods) => allowOrigin(request, response, origins, methods),
  }
}
