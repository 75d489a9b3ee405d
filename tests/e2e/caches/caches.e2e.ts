// What caches of ordinary clients make of the graph's identities: Apollo Client and urql as they come.
import { isDeepStrictEqual } from 'node:util'
import { print } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playWorld } from '../../../ingest/simulator/simulator.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { clients } from './clients.ts'
import { dashboardDocuments, variablesOf, type Asked } from './dashboard.ts'

let overlord: TestOverlord
let asked: Asked[][]
let streams: Asked[]
let sessionId: string
let game: string
const characters: string[] = []

beforeAll(async () => {
  overlord = await startOverlord()
  await using plugin = await overlord.plugin()
  const names = new Set<string>()
  const start = Date.now() - 300_000
  for (const { frame } of playWorld({ seed: 5, characters: 3, minutes: 5, start })) {
    if (typeof frame['character_name'] === 'string') names.add(frame['character_name'])
    plugin.send(frame)
  }
  characters.push(...[...names].sort().slice(0, 3))
  plugin.send({ type: 'chat', character_name: characters[0], text: 'the last line' })
  await until('everything to be stored', async () => {
    const { data } = await overlord.graph<{ chat: { nodes: { text: string }[] }; ingest: { waitingBytes: number } }>(
      '{ chat(first: 20) { nodes { text } } ingest { waitingBytes } }',
    )
    return data.ingest.waitingBytes === 0 && data.chat.nodes.some(({ text }) => text === 'the last line')
  })
  const { data } = await overlord.graph<{ createAssistantSession: { session: { id: string } } }>(
    'mutation { createAssistantSession { session { id } } }',
  )
  sessionId = data.createAssistantSession.session.id
  const made = await overlord.graph<{ createGmSession: { session: { id: string } } }>(
    'mutation { createGmSession(input: { title: "a game", withSamples: true }) { session { id } } }',
  )
  game = made.data.createGmSession.session.id
  const subjects = await Promise.all(
    characters.map(async (character) => {
      const { data } = await overlord.graph<{ items: { nodes: { id: string }[] } }>(
        'query ($names: [String!]) { items(where: { characters: $names }, first: 1) { nodes { id } } }',
        { names: [character] },
      )
      return { character, item: data.items.nodes[0]!.id, session: sessionId, game }
    }),
  )
  const others = (character: string) => characters.filter((other) => other !== character).slice(0, 1)
  const askedOf = (kind: 'query' | 'subscription') =>
    subjects.map((subject) =>
      dashboardDocuments(kind).map((one) => ({
        ...one,
        variables: variablesOf(one.document, subject, others(subject.character)),
      })),
    )
  asked = askedOf('query')
  // Those without variables are the same for every character.
  const byText = askedOf('subscription')
    .flat()
    .map((one) => [`${one.name} ${JSON.stringify(one.variables)}`, one] as const)
  // A world has events only where a source shows one.
  streams = [...new Map(byText).values()].filter(({ name }) => name !== 'MindsEyeWorld')
})
afterAll(() => overlord[Symbol.asyncDispose]())

/** What the network answers to a query that a client never sent, since its cache knew all of it. */
const ofNetwork = async ({ document, variables }: Asked): Promise<unknown> =>
  (await overlord.graph<unknown>(print(document), variables)).data

/** Frames that every stream about a character has an event for. */
function newsOf(character_name: string): object[] {
  const timestamp = new Date().toISOString()
  const of = { character_name, timestamp }
  const n = ++news
  return [
    { ...of, type: 'telemetry', session_id: 'news', ew: n / 10, ns: 1, kills: n, onlinetime: '01:00:00' },
    { ...of, type: 'vitals', health_percentage: n % 100 },
    { ...of, type: 'rare', name: `Pearl ${n}`, ew: 1, ns: 1 },
    { ...of, type: 'chat', text: `[Allegiance] ${character_name} says, "news ${n}"` },
    { ...of, type: 'quest', quest: `Quest ${n}`, countdown: 'READY' },
    { ...of, type: 'combat_stats', session_id: 'news', session: { total_kills: n, monsters: {} } },
    { ...of, type: 'nearby_objects', landblock: '01E9', ew: 1, ns: 1, heading: n % 360, objects: [] },
    { ...of, type: 'dungeon_map', landblock: '01E9', z_levels: [{ z: 0, cells: [{ env_id: n, x: 0, y: 0 }] }] },
    { ...of, type: 'inventory_delta', action: 'add', item: { Id: 900_000 + n, Name: `Wand ${n}`, ObjectClass: 31 } },
  ]
}
let news = 0

/** Whether a value is, part by part, what was answered before or what is answered now. */
function isOneOf(shown: unknown, before: unknown, now: unknown): boolean {
  if (isDeepStrictEqual(shown, before) || isDeepStrictEqual(shown, now)) return true
  const parts = [shown, before, now]
  if (!parts.every((part) => typeof part === 'object' && part !== null)) return false
  const [of, was, is] = parts.map((part) => Object.entries(part as object)) as [Entries, Entries, Entries]
  if (of.length !== was.length || of.length !== is.length) return false
  return of.every(([, part], n) => isOneOf(part, was[n]![1], is[n]![1]))
}
type Entries = [string, unknown][]

describe('a client that keeps what it was answered', () => {
  it.each(clients)('%s shows of each character what the network answered', async (_, open) => {
    await using client = open(overlord)
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

  it.each(clients)('%s shows of each stream what the network sent, and still what it answered', async (_, open) => {
    await using client = open(overlord)
    // What two queries share, one of them was answered: the other shows that, as it was then.
    const first = new Map<Asked, unknown>()
    for (const query of asked.flat()) {
      await client.ask(query)
      first.set(query, client.answered(query) ?? (await ofNetwork(query)))
    }
    const followed = streams.map((stream) => ({ stream, ...client.follow(stream) }))
    const silent = () => followed.filter(({ sent }) => !sent.length).map(({ stream }) => stream.name)
    await overlord.graph('mutation ($input: AskInput!) { ask(input: $input) { questionsLeft } }', {
      input: { sessionId, message: 'who is online' },
    })
    await overlord.graph('mutation ($input: GmSayInput!) { gmSay(input: $input) { turn { id } } }', {
      input: { sessionId: game, message: '/roll 4 tn4' },
    })
    await using plugin = await overlord.plugin()
    await until('an event of every stream', () => {
      for (const character of characters) for (const frame of newsOf(character)) plugin.send(frame)
      return silent().length === 0
    }).catch(() => expect(silent()).toEqual([]))
    await until('all of them to be shown', () => followed.every(({ shown, sent }) => shown.length >= sent.length))
    for (const { stream, shown, sent } of followed) expect(shown, stream.name).toEqual(sent)
    for (const query of asked.flat()) {
      const [shown, now] = [await client.ask(query), await ofNetwork(query)]
      const before = client.answered(query) ?? first.get(query)
      expect(isOneOf(shown, before, now), `${query.name} ${JSON.stringify(query.variables)}`).toBe(true)
    }
  })
})

describe('node', () => {
  it('finds every character and item again by its id, and nothing by another', async () => {
    const { data } = await overlord.graph<{
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
    const found = await overlord.graph<{ nodes: unknown[]; one: unknown; none: unknown }>(
      `query ($ids: [ID!]!, $one: ID!) { nodes(ids: $ids) ${FIELDS} one: node(id: $one) ${FIELDS} none: node(id: "x")
        ${FIELDS} }`,
      { ids: [...ids, ...unknown], one: ids[0] },
    )
    expect(found.data).toEqual({ nodes: [...objects, ...unknown.map(() => null)], one: objects[0], none: null })
  })

  it('refuses more ids than it says', async () => {
    const { errors } = await overlord.graph(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: Array.from({ length: 101 }, (_, n) => `Coldeve:${n}`) },
      { mayFail: true },
    )
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT'])
  })
})
