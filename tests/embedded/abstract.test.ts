// Whatever a schema may say, one process answers it: what cannot be compiled goes by the planner, and both say the
// same.
import type { ExecutionRequest } from '@graphql-tools/utils'
import { addResolversToSchema } from '@graphql-tools/schema'
import { buildSchema, execute, parse, printSchema, validate, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { embedded } from '../../gateway/graph/embedded/embedded.ts'
import type { Executes } from '../../gateway/graph/execute.ts'
import { fixedRouter } from '../../gateway/graph/fixed-router.ts'
import { inProcess } from '../../gateway/graph/in-process.ts'
import { seeded } from '../../ingest/simulator/world/chance.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { documents } from './documents.ts'
import { librarySubgraphs, librarySupergraph, whole } from './library.ts'

const viewer: Viewer = {
  kind: 'user',
  id: '1',
  name: 'a',
  role: 'admin',
  session: null,
  needsPassword: false,
  owner: false,
}
const DOCUMENTS = 4 * Number(process.env['EMBEDDED_DOCUMENTS'] ?? 200)
const SEED = Number(process.env['EMBEDDED_SEED'] ?? 1)
const POOL = { String: ['1', 'Book', 'o', ''], ID: ['b1', 'f3', 'none'], Int: [0, 1, 5, 60] }
/**
 * Beneath a union within an entity the planner (router-runtime 1.4.23) finds no way to a field that `@requires`
 * another.
 */
const WITHOUT = new Set(['age'])
const log = pino({ level: 'silent' })

let schema: GraphQLSchema
let reference: GraphQLSchema
let executeEmbedded: Executes
let executePlanned: Executes
let executeAny: Executes

beforeAll(async () => {
  const supergraph = librarySupergraph()
  const given = {
    unifiedGraph: buildSchema(supergraph, { assumeValidSDL: true }),
    getUnifiedGraphSDL: () => supergraph,
  }
  const handler = await fixedRouter(inProcess(librarySubgraphs, log), (api, planned) => {
    executePlanned = planned
    return (executeEmbedded = embedded(api, librarySubgraphs, log))
  })(given as never)
  executeAny = handler.executor as unknown as Executes
  schema = handler.unifiedGraph
  reference = addResolversToSchema({ schema: buildSchema(printSchema(schema)), resolvers: whole as never })
})

const requestOf = (query: string, variables: Record<string, unknown> = {}): ExecutionRequest => ({
  document: parse(query),
  variables,
  context: { viewer, phase: 'whole' },
})
const answerOf = (result: unknown) => {
  const { data, errors } = result as ExecutionResult
  return {
    data: JSON.parse(JSON.stringify(data ?? {})) as unknown,
    errors: errors?.map(({ message }) => message) ?? [],
  }
}
const expected = ({ document, variables }: ExecutionRequest) =>
  execute({ schema: reference, document, variableValues: variables as Record<string, unknown> })

it(`answers ${DOCUMENTS} generated documents as one all-knowing resolver would, however they are executed`, async () => {
  const next = documents(schema, seeded(SEED), POOL, WITHOUT)
  const seen = { compared: 0, compiled: 0, planned: 0, fragments: 0 }
  for (let i = 0; i < DOCUMENTS; i++) {
    const { query, variables } = next()
    const request = requestOf(query, variables)
    expect(validate(schema, request.document)).toEqual([])
    const wanted = answerOf(await expected(request))
    const beside = JSON.stringify({ query, variables })
    expect(answerOf(await executePlanned(requestOf(query, variables))), beside).toEqual(wanted)
    for (const _ of ['first', 'compiled']) expect(answerOf(await executeAny(request)), beside).toEqual(wanted)
    if (executeEmbedded(request) === null) seen.planned++
    else seen.compiled++
    if (query.includes('... on')) seen.fragments++
    seen.compared++
  }
  console.log(seen)
  expect(seen.planned).toBeGreaterThan(DOCUMENTS / 4)
  expect(seen.compiled).toBeGreaterThan(DOCUMENTS / 20)
})

describe('only what needs the planner goes by it', () => {
  it.each([
    ['{ size }', 'compiled'],
    ['{ authors { name born } }', 'compiled'],
    ['{ reviews(first: 3) { text by { name born } } }', 'compiled'],
    ['{ works(first: 2) { id } }', 'planned'],
    ['{ authors { works { name } } }', 'planned'],
    ['{ authors { ...f } } fragment f on Author { praise { __typename } }', 'planned'],
    ['{ authors { age } }', 'planned'],
    ['{ reviews(first: 3) { by { name age } } }', 'planned'],
    ['{ places { row column } }', 'compiled'],
    ['{ boxes { row } }', 'compiled'],
    ['{ boxes { row label } }', 'compiled'],
    ['{ boxes { holds { __typename } } }', 'planned'],
    ['{ named { name } }', 'planned'],
  ])('%s is %s', async (query, way) => {
    const request = requestOf(query)
    expect(executeEmbedded(request) === null ? 'planned' : 'compiled').toBe(way)
    expect(answerOf(await executeAny(request))).toEqual(answerOf(await expected(request)))
  })
})

it.each([true, false])('decides conditions within a union before it is planned: %s', async (some) => {
  const query = `query ($some: Boolean!, $all: Boolean! = true) { named { ... on Book { reviews {
    of { ... on Book { pages @include(if: $all) } ... on Film { name @include(if: $some) ...f @skip(if: $some) } }
  } } } works(first: 2) @skip(if: $some) { id } } fragment f on Film { minutes }`
  for (const _ of ['first', 'remembered'])
    expect(answerOf(await executeAny(requestOf(query, { some })))).toEqual(
      answerOf(await expected(requestOf(query, { some }))),
    )
})

it.each([
  '{ __schema { queryType { name } } size }',
  '{ size __schema { queryType { name } } }',
  `{ a: size __typename t: __type(name: "Author") { ...t } authors { ...f } } fragment f on Author { name }
   fragment t on __Type { name kind }`,
  '{ ...q } fragment q on Query { size __schema { queryType { name } } works(first: 2) { id __typename } }',
  'query ($s: Boolean! = true, $n: String!) { size @skip(if: $s) __type(name: $n) { name } authors { name } }',
  'query Q($s: Boolean! = true) { ... @include(if: $s) { size __schema { queryType { name } } } }',
  '{ ...q } fragment q on Query { __schema { queryType { name } } }',
])('answers a document that asks for data and for the schema with both: %s', async (query) => {
  const request = requestOf(query, query.includes('$n') ? { n: 'Author' } : {})
  const answer = await executeAny(request)
  expect(answerOf(answer)).toEqual(answerOf(await expected(request)))
  expect(Object.keys((answer as ExecutionResult).data!)).toEqual(Object.keys((await expected(request)).data!))
})
