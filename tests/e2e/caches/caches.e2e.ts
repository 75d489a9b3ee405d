// What caches of ordinary clients make of the graph's identities: Apollo Client and urql as they come.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import { cacheExchange, Client, fetchExchange, type Exchange } from '@urql/core'
import { cacheExchange as graphcache } from '@urql/exchange-graphcache'
import { Kind, parse, print, type DocumentNode, type OperationDefinitionNode } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playWorld } from '../../../ingest/simulator/simulator.ts'
import { startHouse, type TestHouse } from '../../../shared/testing/start-house.ts'
import { until } from '../../../shared/testing/until.ts'

const WEB = path.join(import.meta.dirname, '..', '..', '..', 'web', 'src')
const MANIFEST = path.join(WEB, '..', '..', 'gateway', 'generated', 'documents.json')

type Variables = Record<string, unknown>
interface Asked {
  name: string
  document: DocumentNode
  variables: Variables
}
/** A client: answers by its cache where it can, otherwise by the network. */
interface Cached {
  ask(asked: Asked): Promise<unknown>
  /** Requests sent since the last call. */
  requests(): number
  /** The network's newest answer to an operation. */
  answered(asked: Asked): unknown
}

/** The dashboard's queries as they are sent: with all their fragments. */
function dashboardQueries(): { name: string; document: DocumentNode }[] {
  const names = new Set(
    readdirSync(WEB, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.query.graphql'))
      .map((file) => /query (\w+)/.exec(readFileSync(path.join(WEB, file), 'utf8'))![1]!),
  )
  return Object.values(JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>).flatMap((text) => {
    const document = parse(text)
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    const name = (operation as OperationDefinitionNode).name!.value
    return names.has(name) ? [{ name, document }] : []
  })
}

let house: TestHouse
let asked: Asked[][]
const characters: string[] = []

beforeAll(async () => {
  house = await startHouse()
  await using plugin = await house.plugin()
  const names = new Set<string>()
  const start = Date.now() - 300_000
  for (const { frame } of playWorld({ seed: 5, characters: 3, minutes: 5, start })) {
    if (typeof frame['character_name'] === 'string') names.add(frame['character_name'])
    plugin.send(frame)
  }
  characters.push(...[...names].sort().slice(0, 3))
  plugin.send({ type: 'chat', character_name: characters[0], text: 'the last line' })
  await until('everything to be stored', async () => {
    const { data } = await house.graph<{ chat: { nodes: { text: string }[] }; ingest: { waitingBytes: number } }>(
      '{ chat(first: 20) { nodes { text } } ingest { waitingBytes } }',
    )
    return data.ingest.waitingBytes === 0 && data.chat.nodes.some(({ text }) => text === 'the last line')
  })
  const session = await house.graph<{ createAssistantSession: { session: { id: string } } }>(
    'mutation { createAssistantSession { session { id } } }',
  )
  const queries = dashboardQueries()
  asked = await Promise.all(
    characters.map(async (name) => {
      const { data } = await house.graph<{ items: { nodes: { id: string }[] } }>(
        'query ($names: [String!]) { items(where: { characters: $names }, first: 1) { nodes { id } } }',
        { names: [name] },
      )
      const ids = { item: data.items.nodes[0]!.id, session: session.data.createAssistantSession.session.id }
      return queries.map((query) => ({ ...query, variables: variablesOf(query.document, name, ids) }))
    }),
  )
})
afterAll(() => house[Symbol.asyncDispose]())

/** Values for the variables of a query about one character. */
function variablesOf(document: DocumentNode, character: string, ids: { item: string; session: string }): Variables {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  const { name, variableDefinitions = [] } = operation as OperationDefinitionNode
  const known: Variables = {
    character,
    name: character,
    first: 20,
    list: 'items',
    at: new Date().toISOString(),
    where: { characters: [character] },
    id: name!.value.startsWith('Assistant') ? ids.session : ids.item,
  }
  return Object.fromEntries(
    variableDefinitions.map(({ variable, type }) => {
      const text = type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.NAMED_TYPE ? type.type.name.value : ''
      return [variable.name.value, text === 'Boolean' ? true : (known[variable.name.value] ?? null)]
    }),
  )
}

/** The same without what clients add. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__typename')
      .map(([key, part]) => [key, plain(part)]),
  )
}

/** A `fetch` that remembers what the network answered. */
function remembering() {
  const answers = new Map<string, unknown>()
  let requests = 0
  const keyOf = (name: string, variables: Variables) => `${name} ${JSON.stringify(variables)}`
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

/** What the network answers to a query that a client never sent, since its cache knew all of it. */
const ofNetwork = async ({ document, variables }: Asked): Promise<unknown> =>
  (await house.graph<unknown>(print(document), variables)).data

const headers = () => ({ cookie: house.cookie, accept: 'application/json' })

function apollo(): Cached {
  const network = remembering()
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri: `${house.url}/graphql`, headers: headers(), fetch: network.fetch }),
  })
  return {
    ...network,
    ask: async ({ document, variables }) => plain((await client.query({ query: document, variables })).data),
  }
}

function urql(cache: Exchange): Cached {
  const network = remembering()
  const client = new Client({
    url: `${house.url}/graphql`,
    preferGetMethod: false,
    fetch: network.fetch as typeof fetch,
    fetchOptions: { headers: headers() },
    exchanges: [cache, fetchExchange],
  })
  return {
    ...network,
    ask: async ({ document, variables }) => plain((await client.query(document, variables).toPromise()).data),
  }
}

describe('a client that keeps what it was answered', () => {
  it.each<[string, () => Cached]>([
    ['Apollo Client with defaults', apollo],
    ['urql with its default cache', () => urql(cacheExchange)],
    ['urql with graphcache', () => urql(graphcache({}))],
  ])('%s shows of each character what the network answered', async (_, open) => {
    const client = open()
    const turn = async (when: string) => {
      for (const query of asked.flat())
        expect(await client.ask(query), `${query.name} ${JSON.stringify(query.variables)}, ${when}`).toEqual(
          client.answered(query) ?? (await ofNetwork(query)),
        )
    }
    await turn('first')
    client.requests()
    // Now all characters have written to the same cache. What a cache does not keep it requests again; most it keeps.
    await turn('again')
    expect(client.requests()).toBeLessThan(asked.flat().length / 2)
  })
})

describe('node', () => {
  it('finds every character and item again by its id, and nothing by another', async () => {
    const { data } = await house.graph<{
      characters: { nodes: { id: string; name: string }[] }
      items: { nodes: { id: string; fullName: string | null }[] }
    }>('{ characters { nodes { id name } } items(first: 20) { nodes { id fullName } } }')
    const objects = [
      ...data.characters.nodes.map((one) => ({ __typename: 'Character', ...one })),
      ...data.items.nodes.map((one) => ({ __typename: 'Item', ...one })),
    ]
    const ids = objects.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const FIELDS = '{ __typename id ... on Character { name } ... on Item { fullName } }'
    const unknown = ['Character:Nobody', 'Character:', 'Coldeve:1', 'x', '']
    const found = await house.graph<{ nodes: unknown[]; one: unknown; none: unknown }>(
      `query ($ids: [ID!]!, $one: ID!) { nodes(ids: $ids) ${FIELDS} one: node(id: $one) ${FIELDS} none: node(id: "x") ${FIELDS} }`,
      { ids: [...ids, ...unknown], one: ids[0] },
    )
    expect(found.data).toEqual({ nodes: [...objects, ...unknown.map(() => null)], one: objects[0], none: null })
  })

  it('refuses more ids than it says', async () => {
    const { errors } = await house.graph(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: Array.from({ length: 101 }, (_, n) => `Coldeve:${n}`) },
      { mayFail: true },
    )
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT'])
  })
})
