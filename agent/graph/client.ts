// The one client of the graph: questions over HTTP, streams over one WebSocket. It tries again what may be repeated.
import { setTimeout as wait } from 'node:timers/promises'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Log } from '../../shared/log.ts'
import { faultIn, GraphFault } from './fault.ts'
import { named, wasForeign } from './persisted.ts'

const TRIES = 4
const FIRST_WAIT_MS = 100
const MAX_WAIT_MS = 5_000

export interface AskOptions {
  /** Whose credential to ask with; the agent's own if it is left out. */
  token?: string
  signal?: AbortSignal
}

type Document<D, V> = TypedDocumentNode<D, V>

export interface GraphClient extends AsyncDisposable {
  /**
   * Asks a question, or writes what may be written twice. Tries again when the gateway could not be reached.
   * @throws GraphFault with what the graph says; another error when it cannot be reached
   */
  ask<D, V extends Record<string, unknown>>(document: Document<D, V>, variables: V, options?: AskOptions): Promise<D>
  /** Follows a stream until stopped; begins it again whenever it ends. */
  follow<D, V extends Record<string, unknown>>(
    document: Document<D, V>,
    variables: V,
    next: (data: D) => void,
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

/** Waits longer after each failure: 0.1 s, doubled up to 5 s. */
const backoffMs = (failures: number): number => Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10))

/** Opens the client. Nothing is sent before it is asked to. */
// eslint-disable-next-line max-lines-per-function -- requests and streams share one connection
export function openGraphClient({ urls, token, log }: GraphClientOptions): GraphClient {
  const over = new AbortController()
  let current = 0
  let open = 0
  const url = () => urls[current % urls.length]!
  let socket: Client | null = null

  async function post<D, V>(document: Document<D, V>, variables: V, { token: as, signal }: AskOptions): Promise<D> {
    const response = await fetch(url(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${as ?? token}`,
      },
      body: JSON.stringify({ ...named(document), variables }),
      signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    })
    if (response.status >= 502) throw new Error(`The gateway answered ${response.status}.`)
    const { data, errors } = (await response.json()) as { data?: D; errors?: unknown }
    const fault = faultIn(errors)
    if (fault) throw fault
    if (!data) throw new Error(`The gateway answered ${response.status} without data.`)
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
    variables: V,
    next: (data: D) => void,
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
        end = connect().subscribe<D>({ ...named(document), variables } as never, {
          next: ({ data, errors }) => {
            const fault = faultIn(errors)
            if (fault) log.warn({ code: fault.code, message: fault.message }, 'a stream of the graph has an error')
            if (data) next(data)
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
    follow,
    connected: () => open > 0,
    async [Symbol.asyncDispose]() {
      over.abort()
      await socket?.dispose()
    },
  }
}

function reasonOf(why: unknown): string {
  if (why instanceof Error) return why.message
  const { code, reason } = (why ?? {}) as { code?: unknown; reason?: unknown }
  return code === undefined ? 'completed' : `${String(code)} ${String(reason)}`.trim()
}
