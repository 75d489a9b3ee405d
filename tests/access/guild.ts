// A guild in a database of its own, whose graph is asked as the gateway asks it: by its executor, over subgraphs of
// this process.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildSchema, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { pino } from 'pino'
import { embedded } from '../../gateway/graph/embedded/embedded.ts'
import { fixedRouter } from '../../gateway/graph/fixed-router.ts'
import { inProcess } from '../../gateway/graph/in-process.ts'
import type { VersionSink } from '../../gateway/context.ts'
import type { Executes } from '../../gateway/graph/execute.ts'
import { playWorld } from '../../ingest/simulator/simulator.ts'
import { testWriter } from '../../ingest/writer/testing/test-writer.ts'
import type { Asker } from '../../shared/access/access-table.ts'
import { readDeclarations, type Declarations, type FieldAccess } from '../../shared/access/declarations.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { contract } from '../../ingest/frames/registry.ts'
import { CHARACTERS_TOPIC } from '../../shared/contract/people.ts'
import { ensureDays } from '../../shared/db/partitions.ts'
import { memoryPubSub } from '../../shared/pubsub/memory.ts'
import { readSchemaDocument } from '../../shared/serve/schema-files.ts'
import { testDatabase } from '../../shared/testing/test-database.ts'
import { startSubgraphs } from '../subgraphs.ts'
import { happen } from './events.ts'
import { answerWorldCommands } from './published-seeds.ts'
import { seed, sessionOf, type Seeds } from './seeds.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')
const log = pino({ level: 'silent' })

export type Guild = Awaited<ReturnType<typeof openGuild>>

/** A refusal or another fault of one field. */
export interface Trouble {
  path: string
  code: string
}

export interface Answer {
  data: unknown
  troubles: Trouble[]
}

export async function openGuild() {
  const database = await testDatabase()
  const names = await play(database.pool)
  const pubsub = memoryPubSub()
  const subgraphs = await startSubgraphs(database.url, pubsub)
  const seeds = await seed(database.pool, pubsub, names)
  await answerWorldCommands(pubsub)
  pubsub.publish(CHARACTERS_TOPIC, {})
  seeds.publish()

  const supergraph = readFileSync(path.join(ROOT, 'gateway', 'supergraph.graphql'), 'utf8')
  let schema: GraphQLSchema | undefined
  const open = fixedRouter(inProcess(subgraphs, log), (api) => {
    schema = api
    return embedded(api, subgraphs, log)
  })
  const { executor } = await open({
    unifiedGraph: buildSchema(supergraph, { assumeValidSDL: true }),
    getUnifiedGraphSDL: () => supergraph,
  } as never)
  const executes = executor as unknown as Executes
  const declared = subgraphs.map(({ name }) => readDeclarations(readSchemaDocument(path.join(ROOT, 'subgraphs', name))))

  /** What the executor gives for a document: an answer, or a stream. */
  async function execute(viewer: Viewer | undefined, query: string, beside: object = { phase: 'whole' }) {
    const document = parse(query)
    const faults = validate(schema!, document)
    if (faults.length) throw new Error(`${query}: ${faults.map(({ message }) => message).join(' ')}`)
    return executes({ document, variables: {}, context: viewer ? { viewer, ...beside } : beside } as never)
  }

  return {
    pool: database.pool,
    pubsub,
    seeds,
    names,
    schema: schema!,
    subgraphs,
    declared: merged(declared),
    execute,
    /** Asks for an answer: its data, and what went wrong where. */
    async ask(viewer: Viewer | undefined, query: string): Promise<Answer> {
      return answerOf((await execute(viewer, query)) as ExecutionResult)
    },
    /** The changes of a stream, once every later change will be received. */
    async changes(viewer: Viewer, query: string) {
      let listening: () => void = () => undefined
      const isListening = new Promise<void>((resolve) => (listening = resolve))
      const versionSink: VersionSink = { queue: [], listening: () => listening(), takeWhole: () => false }
      const stream = (await execute(viewer, query, { phase: 'changes', versionSink })) as AsyncIterable<ExecutionResult>
      const events = stream[Symbol.asyncIterator]()
      const first = events.next()
      await isListening
      return { first, events }
    },
    /**
     * The first event of a stream. Things happen until it comes: nobody else says when a stream has begun to listen.
     */
    async firstOf(events: AsyncIterator<unknown>): Promise<IteratorResult<unknown>> {
      let hasCome = false
      const first = events.next().finally(() => (hasCome = true))
      while (!hasCome) {
        await happen(database.pool, pubsub, seeds.exact, names)
        seeds.publish()
        await new Promise(setImmediate)
      }
      return first
    },
    async [Symbol.asyncDispose]() {
      for (const subgraph of subgraphs) await subgraph[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Data and troubles of an answer, as a client would see them. */
export const answerOf = ({ data, errors = [] }: ExecutionResult): Answer => ({
  data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
  troubles: errors.map(({ path = [], extensions }) => ({
    path: path.join('.'),
    code: String(extensions['code']),
  })),
})

/** Some minutes of a played world in the database; gives its characters. */
async function play(pool: Awaited<ReturnType<typeof testDatabase>>['pool']): Promise<string[]> {
  const from = Date.now() - 420_000
  const names = new Set<string>()
  await ensureDays(pool, [new Date(from).toISOString(), new Date().toISOString()])
  const { queue, flush } = testWriter(pool)
  for (const { at, frame } of playWorld({ seed: 5, characters: 5, minutes: 6.5, start: from })) {
    if (typeof frame['character_name'] === 'string') names.add(frame['character_name'])
    if (contract.has(frame.type)) queue(Number(at), frame as never)
  }
  await flush()
  return [...names].sort()
}

/** What is declared over all subgraphs; of a field that several answer they say the same. */
function merged(all: readonly Declarations[]): Map<string, Map<string, FieldAccess>> {
  const result = new Map<string, Map<string, FieldAccess>>()
  for (const declared of all)
    for (const [type, fields] of declared) {
      const there = result.get(type) ?? new Map<string, FieldAccess>()
      for (const [name, access] of fields) if (!there.has(name)) there.set(name, access)
      result.set(type, there)
    }
  return result
}

/** The viewer that asks as somebody; undefined for nobody. Ids are those of the seeds. */
export function viewerOf(asker: Asker, { people, tokens, viewLink }: Seeds): Viewer | undefined {
  const { kind, role, name } = asker
  if (kind === null) return undefined
  const id = kind === 'user' ? people[role] : name === 'shared view' ? viewLink : tokens[role]
  const session = kind === 'user' ? sessionOf(role).toString('base64url') : null
  const only = 'only' in asker ? { only: asker.only } : {}
  const stores = 'stores' in asker ? { stores: asker.stores } : {}
  return { kind, id, name, role, session, needsPassword: false, owner: false, ...only, ...stores }
}

/** A person of this role, who may own characters. Ids are those of the seeds. */
export const personOf = ({ people }: Seeds, person: keyof Seeds['people']): Viewer => ({
  kind: 'user',
  id: people[person],
  name: person,
  role: person === 'owner' ? 'viewer' : person,
  session: null,
  needsPassword: false,
  owner: person === 'owner',
})
