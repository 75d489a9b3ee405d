import { createHash } from 'node:crypto'
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache, split } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { getMainDefinition } from '@apollo/client/utilities'
import { Client as Urql, fetchExchange, subscriptionExchange } from '@urql/vue'
import { createClient, type Client } from 'graphql-ws'
import WebSocket from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const WHO = '{ me { name role } }'
const AS_TEST = { me: { name: 'test', role: 'VIEWER' } }
const MOVES = 'subscription Moves { telemetryChanged(characters: ["Larsson"]) { kills character { name } } }'

interface Moved {
  telemetryChanged: { kills: number; character: { name: string } }
}

let overlord: TestOverlord
let socket: Client
let kills = 0
const headers = () => ({ authorization: `Bearer ${overlord.token}` })

beforeAll(async () => {
  overlord = await startOverlord()
  await knownCharacter(overlord, 'Larsson')
  socket = createClient({
    url: `${overlord.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { token: overlord.token },
  })
})
afterAll(async () => {
  await socket.dispose()
  await overlord[Symbol.asyncDispose]()
})

/** Lets Larsson kill until the client has received an event that came after it subscribed. */
async function hears(heard: readonly Moved[]): Promise<void> {
  await using plugin = await overlord.plugin('Larsson')
  await until('the client to hear of it', () => {
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2, kills: ++kills })
    return heard.length > 2
  })
  expect(heard.at(-1)!.telemetryChanged).toMatchObject({ character: { name: 'Larsson' }, kills: expect.any(Number) })
}

describe('[STD2] graphql-ws', () => {
  it('asks, is refused with a code, and follows a stream over one socket', async () => {
    const ask = async (query: string) => (await socket.iterate({ query }).next()).value as { data?: unknown }
    expect((await ask(WHO)).data).toEqual(AS_TEST)
    expect(await ask('{ nothing }')).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] })
    const heard: Moved[] = []
    const stop = socket.subscribe<Moved>(
      { query: MOVES },
      { next: ({ data }) => void (data && heard.push(data)), error: () => undefined, complete: () => undefined },
    )
    await hears(heard)
    stop()
  })
})

describe('[STD2] Apollo Client', () => {
  const clientOf = (link: ApolloLink) => new ApolloClient({ cache: new InMemoryCache(), link })
  const http = () => new HttpLink({ uri: `${overlord.url}/graphql`, headers: headers() })

  it('asks over HTTP, mutates, and hears why it is refused', async () => {
    const client = clientOf(http())
    expect((await client.query({ query: gql(WHO) })).data).toMatchObject(AS_TEST)
    const refused = client.mutate({ mutation: gql('mutation { deleteUser(input: { id: "1" }) { deletedUserId } }') })
    await expect(refused).rejects.toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  })

  it('sends hashes by its own link: what is not known it sends after all', async () => {
    const sent: string[] = []
    const spying = new HttpLink({
      uri: `${overlord.url}/graphql`,
      headers: headers(),
      fetch: (url, init) => {
        sent.push(String(init!.body))
        return fetch(url as string, init)
      },
    })
    const persisted = new PersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex') })
    const client = clientOf(ApolloLink.from([persisted, spying]))
    expect((await client.query({ query: gql(WHO) })).data).toMatchObject(AS_TEST)
    expect(sent.map((body) => Boolean((JSON.parse(body) as { query?: string }).query))).toEqual([false, true])
  })

  it('follows a stream over graphql-ws', async () => {
    const link = split(
      ({ query }) => (getMainDefinition(query) as { operation?: string }).operation === 'subscription',
      new GraphQLWsLink(socket),
      http(),
    )
    const heard: Moved[] = []
    const following = clientOf(link)
      .subscribe<Moved>({ query: gql(MOVES) })
      .subscribe(({ data }) => void (data && heard.push(data)))
    await hears(heard)
    following.unsubscribe()
  })
})

describe('[STD2] urql', () => {
  const overHttp = () => ({
    url: `${overlord.url}/graphql`,
    fetchOptions: { headers: headers() },
    preferGetMethod: false,
  })

  it('asks over HTTP, and hears why it is refused', async () => {
    const client = new Urql({ ...overHttp(), exchanges: [fetchExchange] })
    expect((await client.query(WHO, {}).toPromise()).data).toEqual(AS_TEST)
    const { error } = await client.query('{ nothing }', {}).toPromise()
    expect(error?.graphQLErrors[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  it.each(['graphql-ws', 'server-sent events'])('follows a stream over %s', async (by) => {
    const overSocket = subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query: query!, variables }, sink as never) }),
      }),
    })
    const client = new Urql({
      ...overHttp(),
      fetchSubscriptions: by === 'server-sent events',
      exchanges: by === 'graphql-ws' ? [overSocket] : [fetchExchange],
    })
    const heard: Moved[] = []
    const { unsubscribe } = client
      .subscription<Moved>(MOVES, {})
      .subscribe(({ data }) => void (data && heard.push(data)))
    await hears(heard)
    unsubscribe()
  })
})
