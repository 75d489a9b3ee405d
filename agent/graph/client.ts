// The one client of the graph: questions over HTTP, streams over one WebSocket. It tries again what may be repeated.
import { setTimeout as wait } from 'node:timers/promises'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Log } from '../../shared/log.ts'
import { faultIn, GraphFault } from './fault.ts'
import { openPoster } from './post.ts'
import { named, wasForeign } from './persisted.ts'

const TRIES = 4
const FIRST_WAIT_MS = 100
const MAX_WAIT_MS = 5_000

/** A call of an MCP tool, which the gateway stores with what is sent for it. */
export interface NamedCall {
  tool: string
  /** As the client names itself. */
  client: string | null
}

export interface AskOptions {
  /** Whose credential to ask with; the agent's own if it is left out. */
  token?: string
  signal?: AbortSignal
  /** The call that it is sent for. */
  mcpCall?: NamedCall
}

type Document<D, V> = TypedDocumentNode<D, V>

/** What the gateway sends beside an event. */
export interface StreamExtensions {
  /** With the first event of a stream that resumes: false when older events are gone. */
  resume?: { complete: boolean; oldestId: string | null }
}

/** What the graph answers to a document, as GraphQL has it. */
export interface TextAnswer {
  data?: Record<string, unknown> | null
  errors?: readonly { message: string }[]
}

export interface GraphClient extends AsyncDisposable {
  /**
   * Asks a question, or writes what may be written twice. Tries again when the gateway could not be reached.
   * @throws GraphFault with what the graph says; another error when it cannot be reached
   */
  ask<D, V extends Record<string, unknown>>(document: Document<D, V>, variables: V, options?: AskOptions): Promise<D>
  /** Sends a document of somebody else's, once. Gives what the graph answers, errors included. */
  askText(text: string, variables: Record<string, unknown>, options?: AskOptions): Promise<TextAnswer>
  /**
   * Follows a stream until stopped; begins it again whenever it ends.
   * @param variables where they change, such as where a stream resumes, a function that is called for each beginning
   */
  follow<D, V extends Record<string, unknown>>(
    document: Document<D, V>,
    variables: V | (() => V),
    next: (data: D, extensions: StreamExtensions) => void,
    mcpCall?: NamedCall,
  ): () => void
  /** A stream is open now. */
  connected(): boolean
}

export interface GraphClientOptions {
  /** Addresses of `/graphql`; the next one is tried when one does not answer. */
  urls: readonly string[]
  token: string
  log: Log
}

/** What is sent, with the call that it is sent for. */
const withCall = <T extends { query: string; extensions?: object }>(sent: T, mcpCall: NamedCall | undefined): T =>
  mcpCall ? { ...sent, extensions: { ...sent.extensions, mcpCall } } : sent

/** Waits longer after each failure: 0.1 s, doubled up to 5 s. */
const backoffMs = (failures: number): number => Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10))

/** Opens the client. Nothing is sent before it is asked to. */
// eslint-disable-next-line max-lines-per-function -- requests and streams share one connection
export function openGraphClient({ urls, token, log }: GraphClientOptions): GraphClient {
  const over = new AbortController()
  const poster = openPoster()
  let current = 0
  let open = 0
  const url = () => urls[current % urls.length]!
  let socket: Client | null = null

  async function send(body: object, { token: as, signal }: AskOptions): Promise<{ status: number; json: unknown }> {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${as ?? token}`,
    }
    const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal
    const { status, text } = await poster.post(url(), JSON.stringify(body), headers, either)
    if (status >= 502) throw new Error(`The gateway answered ${status}.`)
    return { status, json: JSON.parse(text) as unknown }
  }

  async function post<D, V>(document: Document<D, V>, variables: V, options: AskOptions): Promise<D> {
    const { status, json } = await send({ ...withCall(named(document), options.mcpCall), variables }, options)
    const { data, errors } = json as { data?: D; errors?: unknown }
    const fault = faultIn(errors)
    if (fault) throw fault
    if (!data) throw new Error(`The gateway answered ${status} without data.`)
    return data
  }

  async function ask<D, V>(document: Document<D, V>, variables: V, options: AskOptions = {}): Promise<D> {
    for (let failures = 0; ; failures++) {
      try {
        return await post(document, variables, options)
      } catch (error) {
        if (options.signal?.aborted || over.signal.aborted) throw error
        if (error instanceof GraphFault) {
          if (wasForeign(document, error.code)) continue
          throw error
        }
        if (failures + 1 >= TRIES) throw error
        current++
        await wait(backoffMs(failures), undefined, options.signal ? { signal: options.signal } : {})
      }
    }
  }

  function connect(): Client {
    return (socket ??= createClient({
      url: () => url().replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { token },
      keepAlive: 10_000,
      retryAttempts: 0, // the consumer reconnects by itself, and reports it
    }))
  }

  function follow<D, V extends Record<string, unknown>>(
    document: Document<D, V>,
    variables: V | (() => V),
    next: (data: D, extensions: StreamExtensions) => void,
    mcpCall?: NamedCall,
  ): () => void {
    const stopped = new AbortController()
    const signal = AbortSignal.any([stopped.signal, over.signal])
    let end: () => void = () => undefined
    const once = () =>
      new Promise<unknown>((resolve) => {
        open++
        const settle = (why: unknown) => {
          open--
          resolve(why)
        }
        const values = typeof variables === 'function' ? variables() : variables
        end = connect().subscribe<D>({ ...withCall(named(document), mcpCall), variables: values } as never, {
          next: ({ data, errors, extensions }) => {
            const fault = faultIn(errors)
            if (fault) log.warn({ code: fault.code, message: fault.message }, 'a stream of the graph has an error')
            if (data) next(data, (extensions ?? {}) as StreamExtensions)
          },
          error: settle,
          complete: () => settle(null),
        })
      })
    const run = async () => {
      for (let failures = 0; !signal.aborted; failures++) {
        const begun = performance.now()
        const why = await once()
        if (signal.aborted) return
        if (performance.now() - begun > MAX_WAIT_MS) failures = 0
        const fault = faultIn(why)
        if (fault && wasForeign(document, fault.code)) continue
        log.warn({ why: fault?.message ?? reasonOf(why) }, 'a stream of the graph ended; beginning it again')
        current++
        await wait(backoffMs(failures), undefined, { signal }).catch(() => undefined)
      }
    }
    void run()
    return () => {
      stopped.abort()
      end()
    }
  }

  return {
    ask,
    askText: async (text, variables, options = {}) =>
      (await send({ ...withCall({ query: text }, options.mcpCall), variables }, options)).json as TextAnswer,
    follow,
    connected: () => open > 0,
    async [Symbol.asyncDispose]() {
      over.abort()
      poster[Symbol.dispose]()
      await socket?.dispose()
    },
  }
}

function reasonOf(why: unknown): string {
  if (why instanceof Error) return why.message
  const { code, reason } = (why ?? {}) as { code?: unknown; reason?: unknown }
  return code === undefined ? 'completed' : `${String(code)} ${String(reason)}`.trim()
}
