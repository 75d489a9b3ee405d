import { GraphQLError, parse, type DocumentNode, type ExecutionResult } from 'graphql'
import type { WebSocket } from 'ws'
import { signViewer } from '../../../shared/auth/signed-viewer.ts'
import { rightsOf, withoutPerson } from '../../../shared/auth/viewer.ts'
import type { RowVersions } from '../../../shared/pubsub/row-versions.ts'
import type { GraphContext, VersionSink } from '../../context.ts'
import type { Declared } from '../../declared/declared.ts'
import { subscriptionText } from './document.ts'
import type { FanOut } from './fan-out.ts'
import type { Events, Start } from './execution.ts'
import type { Cursor } from './group.ts'
import { resumePointOf, type ResumePoint } from './positions.ts'
import { isSameDocument } from './same-document.ts'
import { steadyStream } from './steady-stream.ts'

interface Params {
  query?: string | null | undefined
  operationName?: string | null | undefined
  variables?: Record<string, unknown> | null | undefined
  extensions?: Record<string, unknown> | null
}

/** The arguments that graphql-ws passes to `execute` and `subscribe`. */
export interface Args {
  contextValue: GraphContext & { params: Params; operation: { id: string; socket: WebSocket } }
}

export type Execute = (args: { contextValue: object }) => unknown

/**
 * Executes subscriptions that are declared `@shared` once for all viewers of equal rights. Everything else is executed
 * separately for each operation, as the viewer who sent it.
 */
export function sharedStreams(fanOut: FanOut, execute: Execute, key: string, declared: () => Declared) {
  return (args: Args): unknown => {
    const { params, viewer, operation } = args.contextValue
    const facts = resumePointOf(params, declared().resumable)
    const text = subscriptionText(params.query ?? '', params.operationName, declared().shared)
    if (facts && (facts.afterId !== null || text === null))
      return factsFor(execute, params, facts, () => ({ viewer, signedViewer: signViewer(key, viewer, Date.now()) }))
    if (text === null) return execute(args)
    // The group outlives its first reader: it stores nothing of the person and the socket.
    const anybody = withoutPerson(viewer)
    const { query, operationName, variables } = params
    const start: Start = (phase) =>
      begin(
        (extra) =>
          execute({
            contextValue: {
              ...extra,
              params: { query, operationName, variables },
              isDocumentKnown: true,
              viewer: anybody,
              signedViewer: signViewer(key, anybody, Date.now()),
              phase,
            },
          }),
        () => parse(text, { noLocation: true }),
        phase === 'changes' || typeof phase === 'object',
      )
    const cursor = cursorOf(params.extensions?.['resume'])
    return fanOut.join({ ...operation, text, operationName, variables, scope: rightsOf(viewer), cursor, start })
  }
}

/** A stream of facts for one reader, who resumes where it says or receives what comes. */
export function factsFor(
  execute: Execute,
  { query, operationName, variables }: Params,
  { afterId }: ResumePoint,
  asViewer: () => Pick<GraphContext, 'viewer' | 'signedViewer'>,
) {
  const params = { query, operationName, variables }
  const document = () => parse(query ?? '', { noLocation: true })
  return steadyStream(
    (phase) =>
      begin(
        (extra) => execute({ contextValue: { ...extra, params, isDocumentKnown: true, ...asViewer(), phase } }),
        document,
        phase !== 'now',
      ),
    afterId,
  )
}

/** Starts one execution and joins each result with its row versions. */
async function begin(
  execute: (extra: Partial<GraphContext>) => unknown,
  document: () => DocumentNode,
  isToListen: boolean,
): Promise<Events | ExecutionResult> {
  const queue: (RowVersions | null)[] = []
  let position: string | null = null
  let listening: (position?: string) => void = () => undefined
  const isListening = new Promise<void>((resolve) => {
    listening = (from) => {
      position = from ?? null
      resolve()
    }
  })
  let whole: AsyncIterator<ExecutionResult> | null = null
  const takeWhole: VersionSink['takeWhole'] = (planned, results) => {
    if (!isSameDocument(document(), planned)) return false
    whole = results
    return true
  }
  const stream = (await execute({ versionSink: { queue, listening, takeWhole } })) as
    AsyncIterable<ExecutionResult> | ExecutionResult
  if (!(Symbol.asyncIterator in stream)) return stream
  const planned = stream[Symbol.asyncIterator]()
  const results = whole ?? planned
  let first: Promise<IteratorResult<ExecutionResult>> | null = null
  if (isToListen) {
    first = results.next()
    first.catch(() => undefined) // thrown again where it is read
    const began = await Promise.race([isListening.then(() => null), first])
    // A subgraph of another process refuses by an event, and then never reports that it listens.
    if (began && !began.done && began.value.errors && !began.value.data) {
      await planned.return?.()
      return { ...began.value, errors: began.value.errors.map(asError) }
    }
  }
  const events: Events = {
    position,
    async next() {
      const step = await (first ?? results.next())
      first = null
      if (step.done) return step
      return { value: { result: step.value, versions: queue.shift() ?? null }, done: false }
    },
    async return() {
      await planned.return?.()
      return { value: undefined, done: true }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
  return events
}

/** Errors of another process arrive as plain objects; serializing them needs GraphQLError. */
const asError = ({ message, path, extensions }: GraphQLError) =>
  new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null })

function cursorOf(value: unknown): Cursor | null {
  if (typeof value !== 'object' || value === null) return null
  const { stream, seq } = value as Partial<Cursor>
  return typeof stream === 'string' && Number.isSafeInteger(seq) ? { stream, seq: seq! } : null
}
