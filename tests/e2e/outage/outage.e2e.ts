import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  visit,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subgraphs } from '../../../rooms.ts'
import { connectPlugin, type TestPlugin } from '../../../shared/testing/plugin.ts'
import { hasNats, startApart, type Apart } from '../../../shared/testing/start-apart.ts'
import { until } from '../../../shared/testing/until.ts'

const PASSWORD = 'a password for tests only'
const SECRET = 'a secret for tests only'
const json = { 'content-type': 'application/json' }
const textOf = (file: string) => readFileSync(path.join(import.meta.dirname, '..', '..', '..', 'gateway', file), 'utf8')
const api = buildSchema(textOf('api.graphql'), { assumeValidSDL: true })

const PARTS = [
  'characters { nodes { name live } }',
  'characters { nodes { name inventory { itemCount } combat { lifetime { kills } } } }',
  'fighters { nodes { name live rares { totalCount } inventory { itemCount } } }',
  'items { totalCount nodes { name character { name live combat { lifetime { kills } } } } }',
  'me { name }',
  'tokens { nodes { name } }',
  'rares { totalCount nodes { name character { name inventory { itemCount } } } }',
  'character(name: "Larsson") { name telemetry { kills } inventory { itemCount } combat { lifetime { kills } } }',
  'board { totalCount }',
  'alerts { totalCount }',
]
/** Parts about traces and worlds. */
const TRACES = [
  'characters { nodes { name traceSessions { totalCount } } }',
  'character(name: "Larsson") { name traceSessions { totalCount } }',
  'traceSessions { totalCount }',
  'worlds { name }',
]
/** Parts about games. The person is in none, so that there are no states of games that could differ. */
const GAMES = [
  'gmSamples { name }',
  'gmSessions { totalCount }',
  'gmSessions { nodes { title } }',
  'gmSamples { name archetype }',
  'me { name }',
]
/** Every two of the parts beside each other. */
const pairsOf = (parts: readonly string[]) =>
  parts.flatMap((one, i) => parts.slice(i + 1).map((other) => `{ a: ${one} b: ${other} }`))
const DOCUMENTS = [...pairsOf(PARTS).slice(0, 40), ...pairsOf(TRACES), ...pairsOf(GAMES)]

type Path = (string | number)[]
interface Answer {
  data: Record<string, unknown> | null
  errors?: { path?: Path; extensions: { code: string; hint: string; trace: string } }[]
}

/** Which subgraphs answer a field of the supergraph, as `Type.field`. */
function ownersOfFields(): Map<string, Set<string>> {
  const owners = new Map<string, Set<string>>()
  const graphsOf = (directives: readonly { name: { value: string }; arguments?: readonly unknown[] }[], name: string) =>
    directives
      .filter((directive) => directive.name.value === name)
      .flatMap((directive) => directive.arguments as { name: { value: string }; value: { value?: string } }[])
      .filter((argument) => argument.name.value === 'graph')
      .map((argument) => argument.value.value!.toLowerCase())
  visit(parse(textOf('supergraph.graphql')), {
    ObjectTypeDefinition(type) {
      for (const field of type.fields ?? []) {
        const own = graphsOf(field.directives ?? [], 'join__field')
        const graphs = own.length ? own : graphsOf(type.directives ?? [], 'join__type')
        owners.set(`${type.name.value}.${field.name.value}`, new Set(graphs))
      }
    },
  })
  return owners
}
const owners = ownersOfFields()

/** The paths at which something is null that was not, and whatever else differs. */
function lostBetween(before: unknown, after: unknown, at: Path = []): { lost: Path[]; changed: Path[] } {
  if (JSON.stringify(before) === JSON.stringify(after)) return { lost: [], changed: [] }
  if (after === null) return { lost: [at], changed: [] }
  if (typeof before !== 'object' || typeof after !== 'object' || before === null) return { lost: [], changed: [at] }
  const entries = Object.entries(before)
  if (entries.length !== Object.keys(after as object).length) return { lost: [], changed: [at] }
  const found = entries.map(([key, value]) =>
    lostBetween(value, (after as Record<string, unknown>)[key], [...at, Array.isArray(before) ? Number(key) : key]),
  )
  return { lost: found.flatMap(({ lost }) => lost), changed: found.flatMap(({ changed }) => changed) }
}

const fieldNames = (document: string) =>
  new Map([...document.matchAll(/\b([ab]): (\w+)/g)].map(([, key, name]) => [key!, name!]))

/** `Type.field` of a path in the answer to a document. */
function fieldAt(document: string, at: Path): string {
  let type: GraphQLObjectType = api.getQueryType()!
  let found = ''
  for (const key of at) {
    if (typeof key === 'number') continue
    const name = type === api.getQueryType() ? fieldNames(document).get(key)! : key
    found = `${type.name}.${name}`
    const next = getNamedType(type.getFields()[name]!.type)
    if (isObjectType(next)) type = next
  }
  return found
}

/** The paths of nulls where the public schema says there are none. */
function wrongNulls(document: string, value: unknown, type: GraphQLOutputType, at: Path): Path[] {
  if (value === null) return isNonNullType(type) ? [at] : []
  const own = getNullableType(type)
  if (isListType(own))
    return (value as unknown[]).flatMap((one, i) => wrongNulls(document, one, own.ofType, [...at, i]))
  if (!isObjectType(own)) return []
  return Object.entries(value as object).flatMap(([key, inner]) => {
    const name = own === api.getQueryType() ? fieldNames(document).get(key)! : key
    return wrongNulls(document, inner, own.getFields()[name]!.type, [...at, key])
  })
}

describe.skipIf(!hasNats)('[OUT1] a subgraph that is away', () => {
  let overlord: Apart
  let cookie: string
  const plugins: TestPlugin[] = []
  const ask = async (query: string): Promise<Answer> => {
    const answer = await fetch(`${overlord.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { ...json, cookie },
      body: JSON.stringify({ query }),
    })
    return (await answer.json()) as Answer
  }
  const askAll = () => Promise.all(DOCUMENTS.map(ask))
  let whole: Answer[]

  beforeAll(async () => {
    overlord = await startApart({ SHARED_SECRET: SECRET, ADMIN_PASSWORD: PASSWORD })
    const signedIn = await fetch(`${overlord.gatewayUrl}/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    })
    cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
    for (const name of ['Larsson', 'Friend']) {
      const character_name = name
      const plugin = await connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, {
        secret: SECRET,
        character: name,
      })
      plugins.push(plugin)
      plugin.send({ type: 'telemetry', character_name, ew: 1, ns: 2, kills: 3 })
      plugin.send({ type: 'full_inventory', character_name, items: [{ Id: name.length, Name: 'Gem' }] })
      plugin.send({ type: 'combat_stats', character_name, session_id: 's', session: { total_kills: 7, monsters: {} } })
      plugin.send({ type: 'rare', character_name, name: 'Pearl of Rares', ew: 1, ns: 2 })
    }
    await until('everything to be stored', async () => {
      const [first, text] = [JSON.stringify(await askAll()), JSON.stringify((whole = await askAll()))]
      const isWhole =
        !text.includes('"errors"') && !text.includes(':null') && /"totalCount":2,"nodes":\[\{"name":"Gem/.test(text)
      return first === text && isWhole
    })
  })
  afterAll(async () => {
    for (const plugin of plugins) await plugin[Symbol.asyncDispose]()
    await overlord?.[Symbol.asyncDispose]()
  })

  it.each(subgraphs.map(({ name }) => name))(
    'takes along nothing but its own fields, each with an error whose path names it: %s',
    async (away) => {
      expect(DOCUMENTS).toHaveLength(56)
      overlord.signal(away, 'SIGTERM')
      await until('it to be gone', () =>
        fetch(`${overlord.urlOf(away)}/healthz`).then(
          () => false,
          () => true,
        ),
      )
      const answers = await askAll()
      const failing = await ask('mutation { deleteNote(input: { id: "1" }) { deletedNoteId } }')
      await overlord.restart(away)
      let losses = 0
      for (const [i, { data, errors = [] }] of answers.entries()) {
        const document = DOCUMENTS[i]!
        const { lost, changed } = lostBetween(whole[i]!.data, data)
        expect(changed, document).toEqual([])
        const sorted = (paths: unknown[]) => paths.map((one) => JSON.stringify(one)).sort()
        expect(sorted(errors.map((error) => error.path)), document).toEqual(sorted(lost))
        for (const { extensions } of errors)
          expect(extensions).toEqual({ code: 'NOT_READY', hint: expect.any(String), trace: expect.any(String) })
        for (const at of lost) expect([...owners.get(fieldAt(document, at))!], document).toContain(away)
        expect(wrongNulls(document, data, api.getQueryType()!, []), document).toEqual([])
        losses += lost.length
      }
      expect(losses).toBeGreaterThan(10)
      expect(failing.data).toEqual({ deleteNote: null })
      expect(failing.errors).toMatchObject([
        { path: ['deleteNote'], extensions: { code: away === 'guild' ? 'NOT_READY' : 'NOT_FOUND' } },
      ])
    },
  )
})
