import { createClient, type Client } from 'graphql-ws'
import WebSocket from 'ws'

/** A subscription that queues from the first event on, so that a test cannot miss one. */
export interface Feed<T> extends AsyncDisposable {
  /** Everything that came so far. */
  seen: readonly T[]
  /** The first event that fits, past or to come. Throws after `withinMs`. */
  find(fits: (event: T) => boolean, withinMs?: number): Promise<T>
  /** How it ended; null while it is open. */
  ended(): unknown
}

/** A graphql-ws client for tests: no retries, so that a lost connection is seen. */
export function graphClient(url: string, token?: string, headers: Record<string, string> = {}): Client {
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers })
    }
  }
  return createClient({
    url,
    webSocketImpl: Socket,
    retryAttempts: 0,
    ...(token ? { connectionParams: { token } } : {}),
  })
}

/** Opens a subscription; `field` is the root field under test. */
export function openFeed<T>(
  client: Client,
  query: string,
  field: string,
  variables: Record<string, unknown> = {},
): Feed<T> {
  const seen: T[] = []
  const waiting = new Set<() => void>()
  let end: unknown = null
  const wake = () => {
    for (const resume of waiting) resume()
  }
  const stop = client.subscribe<Record<string, T>>(
    { query, variables },
    {
      next({ data, errors }) {
        if (errors) end = errors
        else seen.push(data![field]!)
        wake()
      },
      error(error) {
        end = error
        wake()
      },
      complete() {
        end ??= 'complete'
        wake()
      },
    },
  )
  return {
    seen,
    ended: () => end,
    find(fits, withinMs = 15_000) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = seen.find(fits)
          if (found === undefined && end === null) return
          done()
          if (found !== undefined) resolve(found)
          else reject(new Error(`The feed of ${field} ended: ${JSON.stringify(end)}`))
        }
        const fuse = setTimeout(() => {
          done()
          reject(new Error(`Nothing that fits came on ${field} within ${withinMs} ms; ${seen.length} others did.`))
        }, withinMs)
        const done = () => {
          clearTimeout(fuse)
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      })
    },
    [Symbol.asyncDispose]() {
      stop()
      return Promise.resolve()
    },
  }
}
