// Queries and streams are answered in one process without a plan. Whatever is asked, the planner must say the same.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ExecutionRequest } from '@graphql-tools/utils'
import { buildSchema, execute, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { embedded } from '../../gateway/graph/embedded/embedded.ts'
import type { VersionSink } from '../../gateway/context.ts'
import { fixedRouter } from '../../gateway/graph/fixed-router.ts'
import { inProcess } from '../../gateway/graph/in-process.ts'
import type { Executes } from '../../gateway/graph/execute.ts'
import { seeded } from '../../ingest/simulator/world/chance.ts'
import { playWorld } from '../../ingest/simulator/simulator.ts'
import { testWriter } from '../../ingest/writer/testing/test-writer.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { contract } from '../../ingest/frames/registry.ts'
import { topic, type TelemetryEvent, type VitalsEvent } from '../../shared/contract/topics.ts'
import { ensureDays } from '../../shared/db/partitions.ts'
import { memoryPubSub } from '../../shared/pubsub/memory.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Subgraph } from '../../shared/serve/subgraph.ts'
import { testDatabase } from '../../shared/testing/test-database.ts'
import { startSubgraphs } from '../subgraphs.ts'
import { documents, type Pool } from './documents.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')
const viewer: Viewer = {
  kind: 'user',
  id: '1',
  name: 'a',
  role: 'admin',
  session: null,
  needsPassword: false,
  owner: false,
}
/**
 * Fields that take long or report this very moment; and those that give an interface or a union, which are always
 * planned (abstract.test.ts compares such documents).
 */
const WITHOUT = new Set([
  'suit',
  'suitAdvice',
  'ingest',
  'live',
  'onlineSeconds',
  'latencyMs',
  'Query.node',
  'Query.nodes',
  'GuildEvent.detail',
  'Rates.since', // counted from now, if nothing else is asked
  'Rates.until',
])
const DOCUMENTS = Number(process.env['EMBEDDED_DOCUMENTS'] ?? 200)
const SEED = Number(process.env['EMBEDDED_SEED'] ?? 1)

const log = pino({ level: 'silent' })

let database: Awaited<ReturnType<typeof testDatabase>>
let subgraphs: Subgraph[]
let schema: GraphQLSchema
let executeEmbedded: Executes
let executePlanned: Executes
let pubsub: PubSub
let characters: string[]
let pool: Pool

beforeAll(async () => {
  database = await testDatabase()
  const names = new Set<string>()
  const from = Date.now() - 600_000
  await ensureDays(database.pool, [new Date(from).toISOString(), new Date().toISOString()])
  const { queue, flush } = testWriter(database.pool)
  for (const { at, frame } of playWorld({ seed: 5, characters: 5, minutes: 6, start: from })) {
    names.add(String(frame['character_name']))
    if (contract.has(frame.type)) queue(Number(at), frame as never)
  }
  await flush()
  pubsub = memoryPubSub()
  subgraphs = await startSubgraphs(database.url, pubsub)
  const supergraph = readFileSync(path.join(ROOT, 'gateway', 'supergraph.graphql'), 'utf8')
  const handler = await fixedRouter(
    inProcess(subgraphs, log),
    () => () => null,
  )({
    unifiedGraph: buildSchema(supergraph, { assumeValidSDL: true }),
    getUnifiedGraphSDL: () => supergraph,
  } as never)
  schema = handler.unifiedGraph
  executePlanned = handler.executor as unknown as Executes
  executeEmbedded = embedded(schema, subgraphs, log)
  characters = [...names]
  const { data } = await shortcut(requestOf('{ items(first: 20) { nodes { id } } }', {}))
  const items = (data as { items: { nodes: { id: string }[] } }).items.nodes
  const moments = [120, 300, 540].map((seconds) => new Date(from + seconds * 1000).toISOString())
  pool = {
    name: [...names, 'Nobody'],
    character: [...names, 'Nobody'],
    DateTime: moments,
    String: ['a', 'Drudge', ''],
    ID: items.map(({ id }) => id),
    Int: [0, 1, 5, 60],
    Float: [0, 1.5, -20],
    Boolean: [true, false],
    Long: [0, 1000],
    JSON: [{}],
    everyMs: [1000],
    points: [3, 10],
    after: [null],
    hours: [1, 24],
    zoom: [0, 3],
  }
})
afterAll(async () => {
  for (const subgraph of subgraphs) await subgraph[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const requestOf = (query: string, variables: Record<string, unknown>): ExecutionRequest => ({
  document: parse(query),
  variables,
  context: { viewer, phase: 'whole' },
})
const shortcut = (request: ExecutionRequest) => executeEmbedded(request) as Promise<ExecutionResult>
/**
 * What an answer says, however it came about: data, and where trouble left nothing. Of several fields whose trouble
 * takes the same object away, an executor may report one or all.
 */
const comparable = ({ data, errors }: ExecutionResult) => {
  const plain = JSON.parse(JSON.stringify(data ?? null)) as unknown
  const places = (errors ?? []).map(({ path }) => nothingAt(plain, path ?? []))
  return { data: plain, nothingAt: [...new Set(places)].sort() }
}

/** The planner leaves nothing where the schema allows none; what stands above it has to go, as everywhere else. */
async function righted(
  { document, variables }: ExecutionRequest,
  { data, errors }: ExecutionResult,
): Promise<ExecutionResult> {
  // It gives no data at all where every field is skipped.
  if (!data) return { data: errors ? null : {}, errors }
  const again = await execute({
    schema,
    document,
    variableValues: variables as Record<string, unknown>,
    rootValue: data,
    fieldResolver: (source: Record<string, unknown>, _args, _context, { path: { key } }) => source[key],
  })
  return { data: again.data, errors }
}
const plannedRight = async (request: ExecutionRequest) =>
  righted(request, (await executePlanned(request)) as ExecutionResult)

function nothingAt(data: unknown, where: readonly (string | number)[]): string {
  let at = 0
  for (let value = data; at < where.length && value !== null && value !== undefined; at++)
    value = (value as Record<string, unknown>)[where[at]!]
  return where.slice(0, at).join('.')
}

it(`answers ${DOCUMENTS} generated documents as the planner does, compiled and not`, async () => {
  const next = documents(schema, seeded(SEED), pool, WITHOUT)
  const seen = { compared: 0, invalid: 0, moved: 0, withData: 0, withErrors: 0 }
  for (let i = 0; i < DOCUMENTS; i++) {
    const { query, variables } = next()
    const request = requestOf(query, variables)
    if (validate(schema, request.document).length) {
      seen.invalid++
      continue
    }
    const fresh = () => ({ ...request, context: { viewer, phase: 'whole' } })
    const before = comparable(await plannedRight(fresh()))
    const first = comparable(await shortcut(request))
    const compiled = comparable(await shortcut(fresh()))
    const after = comparable(await plannedRight(fresh()))
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      seen.moved++
      continue
    }
    seen.compared++
    if (before.nothingAt.length) seen.withErrors++
    if (before.data && JSON.stringify(before.data).length > 60) seen.withData++
    const beside = JSON.stringify({ query, variables })
    expect(first, beside).toEqual(before)
    expect(compiled, beside).toEqual(before)
  }
  console.log(seen)
  expect(seen.compared).toBeGreaterThan(DOCUMENTS / 2)
  expect(seen.withData).toBeGreaterThan(DOCUMENTS / 4)
})

it('fills in what a variable leaves to its defaults, within objects too, compiled or not', async () => {
  const ask = 'query($order: ItemOrder) { items(first: 4, orderBy: $order) { nodes { name } } }'
  const request = requestOf(ask, { order: {} })
  const wanted = comparable(await plannedRight(request))
  expect(wanted.data).not.toBeNull()
  for (const _ of ['first', 'compiled']) expect(comparable(await shortcut(request))).toEqual(wanted)
})

const STREAMS = ['telemetryChanged', 'vitalsChanged'] as const

/** Subscribes to changes; returns them once every later change will be received. */
async function changesOf(executes: Executes, request: ExecutionRequest) {
  let listening: () => void = () => undefined
  const isListening = new Promise<void>((resolve) => (listening = resolve))
  const versionSink: VersionSink = { queue: [], listening: () => listening(), takeWhole: () => false }
  const stream = (await executes({
    ...request,
    context: { viewer, phase: 'changes', versionSink },
  })) as AsyncIterable<ExecutionResult> | ExecutionResult
  if (!(Symbol.asyncIterator in stream))
    throw new Error(`${executes === executeEmbedded ? 'without a plan' : 'by plan'}: ${JSON.stringify(stream)}`)
  const events = stream[Symbol.asyncIterator]()
  let first: Promise<IteratorResult<ExecutionResult>> | null = events.next()
  await isListening
  return {
    versions: versionSink.queue,
    async next(): Promise<ExecutionResult> {
      const step = await (first ?? events.next())
      first = null
      return step.value as ExecutionResult
    },
    end: () => events.return?.(),
  }
}

it(`sends the events of ${DOCUMENTS / 4} generated streams as the planner does, with their row versions`, async () => {
  const next = documents(schema, seeded(SEED), pool, WITHOUT, STREAMS)
  const seen = { compared: 0, joined: 0, withErrors: 0 }
  for (let i = 0; i < DOCUMENTS / 4; i++) {
    const { query, variables } = next()
    const request = requestOf(query, variables)
    if (validate(schema, request.document).length) continue
    const [one, other] = [await changesOf(executeEmbedded, request), await changesOf(executePlanned, request)]
    for (const [nth, character] of characters.entries()) {
      const receivedAt = new Date().toISOString()
      const moved = {
        character,
        clientAt: receivedAt,
        receivedAt,
        ew: nth,
        ns: i,
        kills: null,
      } as unknown as TelemetryEvent
      const hurt = {
        character,
        clientAt: receivedAt,
        receivedAt,
        health: nth,
        healthPercent: null,
      } as unknown as VitalsEvent
      pubsub.publish(topic('telemetry', character), moved)
      pubsub.publish(topic('vitals', character), hurt)
    }
    for (const _ of characters) {
      const [event, planned] = [await one.next(), await other.next()]
      const wanted = comparable(await righted(request, planned))
      expect(comparable(event), JSON.stringify({ query, variables })).toEqual(wanted)
      seen.compared++
      if (wanted.nothingAt.length) seen.withErrors++
    }
    const alone = subgraphs.filter(
      ({ schema }) => schema.getSubscriptionType() && !validate(schema, request.document).length,
    )
    if (!alone.length) seen.joined++
    expect(one.versions).toEqual(other.versions)
    await one.end()
    await other.end()
  }
  console.log(seen)
  expect(seen.compared).toBeGreaterThan((characters.length * DOCUMENTS) / 8)
  expect(seen.joined).toBeGreaterThan(DOCUMENTS / 20)
})
