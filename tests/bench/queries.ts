// Questions a second, beside plain graphql-js over node:http that has the same answers in memory.
import autocannon from 'autocannon'
import { startSimulator } from '../../ingest/simulator/simulator.ts'
import { startOverlord } from '../../shared/testing/start-overlord.ts'
import { until } from '../../shared/testing/until.ts'
import { startControl } from './control.ts'
import type { Figure } from './figure.ts'
import { readMetrics } from './metrics.ts'

const CHARACTERS = 60
const PLACE = 'telemetry { ew ns z kills killsPerHour state receivedAt }'
const THREE = `name live ${PLACE} inventory { itemCount burden value } combat { latestFight { sessionId receivedAt } }`
const SDL = `
  type Query { character(name: String!): Character  characters(first: Int!): Characters! }
  type Characters { nodes: [Character!]! }
  type Character { name: String! live: Boolean telemetry: Telemetry inventory: Inventory combat: Combat }
  type Telemetry { ew: Float! ns: Float! z: Float kills: Int killsPerHour: Float state: String receivedAt: String! }
  type Inventory { itemCount: Int! burden: Float! value: Float! }
  type Combat { latestFight: Fight }
  type Fight { sessionId: String! receivedAt: String! }`

interface Asked {
  name: string
  query: string
}
const questions: Asked[] = [
  {
    name: 'one: a character, one subgraph',
    query: `query One($name: String!) { character(name: $name) { name live ${PLACE} } }`,
  },
  {
    name: 'join1: a character, three subgraphs',
    query: `query Join1($name: String!) { character(name: $name) { ${THREE} } }`,
  },
  {
    name: 'join60: 60 characters, three subgraphs',
    query: `query Join60 { characters(first: 60) { nodes { ${THREE} } } }`,
  },
]

async function fire(url: string, body: string, headers: Record<string, string>, seconds: number) {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    connections: 16,
    duration: seconds,
  })
  if (result.non2xx || result.errors) throw new Error(`${result.non2xx + result.errors} requests failed at ${url}`)
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}

export async function benchQueries(): Promise<Figure[]> {
  await using overlord = await startOverlord()
  const play = await startSimulator({
    url: overlord.pluginUrl,
    secret: overlord.secret,
    characters: CHARACTERS,
    pace: 'fast',
    minutes: 2,
  })
  await play.done
  await play.stop()
  const name = play.characters[0]!
  const ask = (query: string) => overlord.graph<Record<string, unknown>>(query, query.includes('$name') ? { name } : {})
  const all = await until('all characters to be known', async () => {
    const { data } = await ask(questions[2]!.query)
    const { nodes } = data['characters'] as { nodes: { combat: unknown; inventory: unknown }[] }
    return nodes.length === CHARACTERS && nodes.every((node) => node.inventory) && nodes
  })
  const character = (await ask(questions[1]!.query)).data['character']
  await using control = await startControl('control-graph.ts', {
    sdl: SDL,
    rootValue: { character, characters: { nodes: all } },
  })
  const figures: Figure[] = []
  for (const { name: title, query } of questions) {
    const body = JSON.stringify({ query, ...(query.includes('$name') ? { variables: { name } } : {}) })
    const headers = { authorization: `Bearer ${overlord.token}` }
    const url = `http://127.0.0.1:${control.port}/`
    await fire(`${overlord.url}/graphql`, body, headers, 2)
    await fire(url, body, {}, 2)
    const before = (await readMetrics(overlord))('process_cpu_seconds_total')
    const begun = performance.now()
    const ours = await fire(`${overlord.url}/graphql`, body, headers, 4)
    const cpu = (await readMetrics(overlord))('process_cpu_seconds_total') - before
    const core = (100 * cpu * 1000) / (performance.now() - begun)
    const theirs = await fire(url, body, {}, 4)
    figures.push({
      bench: 'queries',
      name: title,
      unit: 'queries/s',
      better: 'more',
      ours: ours.perSecond,
      control: theirs.perSecond,
      against: 'plain graphql-js over node:http, from memory',
      beside: { 'p50 ms': ours.p50, 'p99 ms': ours.p99, '% of a core': core, 'control p99 ms': theirs.p99 },
    })
  }
  return figures
}
