// What the federation subgraph compatibility suite asks of a subgraph, asked of ours in this process: the suite
// itself needs Docker.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { composeServices } from '@theguild/federation-composition'
import { graphql, Kind, parse, type ObjectTypeDefinitionNode, type ObjectTypeExtensionNode } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subgraphs as listed } from '../rooms.ts'
import type { Viewer } from '../shared/auth/viewer.ts'
import { readSchemaText } from '../shared/serve/schema-files.ts'
import type { Subgraph } from '../shared/serve/subgraph.ts'
import { testDatabase } from '../shared/testing/test-database.ts'
import { startSubgraphs } from './subgraphs.ts'

const ROOT = path.join(import.meta.dirname, '..')
const NAMES = listed.map(({ name }) => name)
const MACHINERY = /^(_Any|_Entity|_Service|link|key|shareable|composeDirective|(federation|link)__\w+)$/
/** Games have no characters of the guild: a subgraph without entities has no `_Entity`, and `_entities` is refused. */
const WITHOUT_ENTITIES: ReadonlySet<string> = new Set(['tabletop'])
const viewer: Viewer = {
  kind: 'user',
  id: '1',
  name: 'a',
  role: 'admin',
  session: null,
  needsPassword: false,
  owner: false,
}

let database: Awaited<ReturnType<typeof testDatabase>>
const subgraphs = new Map<string, Subgraph>()

beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(
    "insert into characters (name, first_seen_at, last_seen_at) values ('Larsson', now(), now())",
  )
  for (const subgraph of await startSubgraphs(database.url)) subgraphs.set(subgraph.name, subgraph)
})
afterAll(async () => {
  for (const subgraph of subgraphs.values()) await subgraph[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const ask = async (name: string, source: string, variableValues: Record<string, unknown> = {}) => {
  const subgraph = subgraphs.get(name)!
  const { schema } = subgraph
  return graphql({ schema, source, variableValues, contextValue: subgraph.contextFor(viewer, 'whole') })
}
const sdlOf = async (name: string) =>
  ((await ask(name, '{ _service { sdl } }')).data as unknown as { _service: { sdl: string } })._service.sdl

type TypeNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode
const keyed = (sdl: string) =>
  parse(sdl).definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
      ? (node.directives ?? []).filter(({ name }) => name.value === 'key').map((key) => [node, key] as const)
      : [],
  )

describe.each(NAMES)('[STD3] the subgraph %s', (name) => {
  it('_service: gives its schema as it was written, composable as it stands', async () => {
    const sdl = await sdlOf(name)
    const types = (text: string) =>
      parse(text)
        .definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : []))
        .filter((type, nth, all) => all.indexOf(type) === nth)
        .sort()
    const written = types(readSchemaText(path.join(ROOT, 'subgraphs', name)))
    expect(types(sdl)).toEqual(expect.arrayContaining(written))
    // Besides, only what federation itself brings.
    expect(types(sdl).filter((type) => !written.includes(type) && !MACHINERY.test(type))).toEqual([])
  })

  it('@link: says which federation it speaks, and imports what it uses', async () => {
    const links = parse(await sdlOf(name)).definitions.flatMap((node) =>
      node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
    )
    // Federation itself, and our own directives that reach the gateway by way of @composeDirective.
    expect(links.map(({ name }) => name.value)).toEqual(['link', 'link', 'composeDirective', 'composeDirective'])
    const text = JSON.stringify(links[0])
    expect(text).toContain('https://specs.apollo.dev/federation/v2.')
    const used = new Set(
      (await sdlOf(name)).match(
        /@(key|shareable|requires|provides|external|override|tag|inaccessible|composeDirective)\b/g,
      ),
    )
    for (const directive of used) expect(text).toContain(`"${directive}"`)
  })

  it('@key: every entity is in _Entity, and resolved by its key, in order; nothing else that was sent is trusted', async () => {
    const sdl = await sdlOf(name)
    const { data } = await ask(name, '{ __type(name: "_Entity") { possibleTypes { name } } }')
    const entities = [...new Set(keyed(sdl).map(([node]) => node.name.value))].sort()
    if (WITHOUT_ENTITIES.has(name)) {
      expect(entities).toEqual([])
      expect(data).toEqual({ __type: null })
      return
    }
    const possible = (data as unknown as { __type: { possibleTypes: { name: string }[] } }).__type.possibleTypes
    expect(possible.map((type) => type.name).sort()).toEqual(entities)
    expect(entities).toContain('Character')
    const asked = ['Larsson', 'Nobody', 'Larsson']
    const found = await ask(
      name,
      'query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Character { name } } }',
      { of: asked.map((one) => ({ __typename: 'Character', name: one, live: 'made up' })) },
    )
    expect(found.errors).toBeUndefined()
    expect((found.data as unknown as { _entities: { name: string }[] })._entities.map((one) => one?.name)).toEqual(
      asked,
    )
  })

  it('_entities: what is no entity, or lacks its key, is refused without harm to the process', async () => {
    for (const of of [[{ __typename: 'Nothing' }], [{}], [{ __typename: 'PageInfo' }]]) {
      const { errors } = await ask(name, 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
        of,
      })
      expect(errors?.length).toBeGreaterThan(0)
    }
  })

  it('@shareable: what several subgraphs say of the same type is marked, and nothing else is', async () => {
    const sdl = await sdlOf(name)
    const shared = parse(sdl).definitions.filter(
      (node): node is TypeNode => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
    )
    expect(
      shared
        .filter(({ directives = [] }) => directives.some((one) => one.name.value === 'shareable'))
        .map((node) => node.name.value),
    ).toEqual(/^type PageInfo\b/m.test(sdl) ? ['PageInfo'] : [])
  })

  it('answers introspection and __typename as any server', async () => {
    const { data, errors } = await ask(name, '{ __typename __schema { queryType { name } } }')
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({ __typename: 'Query', __schema: { queryType: { name: 'Query' } } })
  })
})

describe('[STD3] of what the suite asks besides', () => {
  it('composition: what the four answer as their schemas fits together', async () => {
    const services = await Promise.all(
      NAMES.map(async (name) => ({ name, url: 'http://here.invalid', typeDefs: parse(await sdlOf(name)) })),
    )
    expect(composeServices(services).errors ?? []).toEqual([])
  })

  it('ftv1: traces are not embedded in answers, asked for or not: steps are reported by OpenTelemetry', async () => {
    for (const name of NAMES) expect(await ask(name, '{ __typename }')).not.toHaveProperty('extensions')
  })

  it('@requires, @provides, @external, @override, @tag, @inaccessible and @interfaceObject are not used', async () => {
    for (const name of NAMES)
      expect(await sdlOf(name)).not.toMatch(/@(requires|provides|external|override|tag|inaccessible|interfaceObject)\b/)
  })

  it('the supergraph joins every subgraph, and shows none of its machinery to the outside', () => {
    const supergraph = readFileSync(path.join(ROOT, 'gateway', 'supergraph.graphql'), 'utf8')
    for (const name of NAMES) expect(supergraph).toContain(`@join__graph(name: "${name}"`)
    expect(readFileSync(path.join(ROOT, 'gateway', 'api.graphql'), 'utf8')).not.toMatch(/_service|_entities|join__/)
  })
})
