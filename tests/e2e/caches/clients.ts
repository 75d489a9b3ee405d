// Ordinary clients with their caches, and what the network answered to each.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { OperationTypeNode } from 'graphql'
import { cacheExchange, Client, fetchExchange, subscriptionExchange, type Exchange } from '@urql/core'
import { cacheExchange as graphcache } from '@urql/exchange-graphcache'
import type { Client as Socket } from 'graphql-ws'
import { graphClient } from '../../../shared/testing/feed.ts'
import type { TestOverlord } from '../../../shared/testing/start-overlord.ts'
import type { Asked, Variables } from './dashboard.ts'

/** A subscription: what its reader was shown, and what the network sent. */
export interface Followed {
  shown: unknown[]
  sent: unknown[]
}

/** A client: answers by its cache where it can, otherwise by the network. */
export interface Cached extends AsyncDisposable {
  ask(asked: Asked): Promise<unknown>
  follow(asked: Asked): Followed
  /** Requests sent since the last call. */
  requests(): number
  /** The network's newest answer to an operation. */
  answered(asked: Asked): unknown
}

/** The same without what clients add. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__typename')
      .map(([key, part]) => [key, plain(part)]),
  )
}

/** Names an operation; clients send variables in any order. */
const keyOf = (name: string, variables: Variables): string =>
  `${name} ${JSON.stringify(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)))}`

/** A `fetch` that remembers what the network answered. */
function remembering() {
  const answers = new Map<string, unknown>()
  let requests = 0
  return {
    async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      requests++
      const { operationName, variables } = JSON.parse(String(init!.body)) as {
        operationName: string
        variables: Variables
      }
      const response = await fetch(input, init)
      const { data } = (await response.clone().json()) as { data: unknown }
      answers.set(keyOf(operationName, variables), plain(data))
      return response
    },
    requests() {
      const sent = requests
      requests = 0
      return sent
    },
    answered: ({ name, variables }: Asked) => answers.get(keyOf(name, variables)),
  }
}

/** A socket that remembers what the network sent to each subscription. */
function rememberingSocket(overlord: TestOverlord) {
  const socket = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, undefined, { cookie: overlord.cookie })
  const sentBy = new Map<string, unknown[]>()
  const sentTo = (name: string, variables: Variables) => {
    const key = keyOf(name, variables)
    if (!sentBy.has(key)) sentBy.set(key, [])
    return sentBy.get(key)!
  }
  const remembering: Socket = {
    ...socket,
    subscribe(payload, sink) {
      const sent = sentTo(/subscription (\w+)/.exec(payload.query!)![1]!, payload.variables ?? {})
      return socket.subscribe(payload, {
        ...sink,
        next(value) {
          sent.push(plain(value.data))
          sink.next(value as never)
        },
      })
    },
  }
  return {
    socket: remembering,
    /** Opens a subscription by a client. No other of the same name has these variables. */
    follow({ name, variables }: Asked, open: (show: (data: unknown) => void) => void): Followed {
      const followed: Followed = { shown: [], sent: sentTo(name, variables) }
      open((data) => followed.shown.push(plain(data)))
      return followed
    },
    dispose: async () => socket.dispose(),
  }
}

const headersOf = (overlord: TestOverlord) => ({ cookie: overlord.cookie, accept: 'application/json' })

export function apollo(overlord: TestOverlord): Cached {
  const network = remembering()
  const streams = rememberingSocket(overlord)
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(streams.socket),
      new HttpLink({ uri: `${overlord.url}/graphql`, headers: headersOf(overlord), fetch: network.fetch }),
    ),
  })
  return {
    ...network,
    ask: async ({ document, variables }) => plain((await client.query({ query: document, variables })).data),
    follow: (asked) =>
      streams.follow(asked, (show) =>
        client.subscribe({ query: asked.document, variables: asked.variables }).subscribe(({ data }) => {
          show(data)
        }),
      ),
    [Symbol.asyncDispose]: streams.dispose,
  }
}

function urql(overlord: TestOverlord, cache: Exchange): Cached {
  const network = remembering()
  const streams = rememberingSocket(overlord)
  const client = new Client({
    url: `${overlord.url}/graphql`,
    preferGetMethod: false,
    fetch: network.fetch as typeof fetch,
    fetchOptions: { headers: headersOf(overlord) },
    exchanges: [
      cache,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: streams.socket.subscribe({ query: query!, variables: variables as Variables }, sink as never),
          }),
        }),
      }),
      fetchExchange,
    ],
  })
  return {
    ...network,
    ask: async ({ document, variables }) => plain((await client.query(document, variables).toPromise()).data),
    follow: (asked) =>
      streams.follow(asked, (show) =>
        client.subscription(asked.document, asked.variables).subscribe(({ data, hasNext }) => {
          if (hasNext) show(data) // the end of a stream repeats its last event
        }),
      ),
    [Symbol.asyncDispose]: streams.dispose,
  }
}

/** By name, how each client is opened. */
export const clients: [string, (overlord: TestOverlord) => Cached][] = [
  ['Apollo Client with defaults', apollo],
  ['urql with its default cache', (overlord) => urql(overlord, cacheExchange)],
  ['urql with graphcache', (overlord) => urql(overlord, graphcache({}))],
]
