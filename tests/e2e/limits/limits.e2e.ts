import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphClient, openFeed } from '../../../shared/testing/feed.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const deep = `{ characters { nodes { ${'rares { nodes { character { '.repeat(6)} name ${'} } }'.repeat(6)} } } }`
const wide = `{ ${Array.from({ length: 200 }, (_, n) => `a${n}: me { name }`).join(' ')} }`
const bomb = `{ characters { nodes { ...A } } } fragment A on Character { ...B ...B ...B ...B ...B ...B ...B
  ...B } fragment B on Character { ${'name '.repeat(400)} }`

const link = (n: number) => `fragment F${n} on Viewer { ${n < 59 ? `...F${n + 1} ...F${n + 1}` : '__typename'} }`
const chain = `{ me { ...F0 } } ${Array.from({ length: 60 }, (_, n) => link(n)).join(' ')}`

describe('a document', () => {
  it.each([
    ['too deep', deep, /depth/],
    ['with too many aliases', wide, /aliases/],
    ['that unfolds into too many fields', bomb, /fields/],
    ['whose fragments double sixty times', chain, /fields/],
  ])('%s is refused with the reason, over HTTP', async (_, query, reason) => {
    const { errors } = await overlord.graph(query, {}, { mayFail: true })
    expect(errors?.map((error) => [error.message, error.extensions?.code])).toEqual([
      [expect.stringMatching(reason), 'BAD_USER_INPUT'],
    ])
  })

  it('too deep is refused over the WebSocket without ending the streams beside it', async () => {
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, overlord.token)
    await using stream = openFeed<{ ew: number }>(
      client,
      'subscription { telemetryChanged { ew } }',
      'telemetryChanged',
    )
    await using refused = openFeed(client, deep, 'characters')
    await refused.find(() => true).catch(() => undefined)
    expect(JSON.stringify(refused.ended())).toMatch(/depth/)
    await using plugin = await overlord.plugin('Stayer')
    plugin.send({ type: 'telemetry', character_name: 'Stayer', ew: 7, ns: 1 })
    expect(await stream.find((event) => event.ew === 7)).toEqual({ ew: 7 })
    await client.dispose()
  })

  const many = `query Many($first: Int!) { characters(first: 500) { nodes { inventory { items(first: $first) {
      nodes { name value burden } } } } } }`
  it('[LIM1] with nested lists that multiply to too many fields is refused before execution on both transports', async () => {
    const { errors } = await overlord.graph(many, { first: 1_000 }, { mayFail: true })
    expect(errors?.map((error) => error.extensions?.code)).toEqual(['TOO_COSTLY'])
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, overlord.token)
    await using refused = openFeed(client, many, 'characters', { first: 1_000 })
    await refused.find(() => true).catch(() => undefined)
    expect(JSON.stringify(refused.ended())).toMatch(/TOO_COSTLY/)
    expect((await overlord.graph(many, { first: 10 })).errors).toBeUndefined()
    await client.dispose()
  })

  it.each([
    ['no GraphQL', '{ characters(', 'GRAPHQL_PARSE_FAILED', {}],
    ['not of the schema', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED', {}],
    ['with variables that do not fit', many, 'BAD_USER_INPUT', { first: 'many' }],
    ['refused by us', '{ characters(first: 501) { totalCount } }', 'BAD_USER_INPUT', {}],
    ['too deep', deep, 'BAD_USER_INPUT', {}],
  ])('[ERR1] that is %s says why with code, hint and trace, over both doors', async (_, query, code, variables) => {
    const whole = { code, hint: expect.any(String) as string, trace: expect.stringMatching(/^[0-9a-f]{16}$/) as string }
    const { errors } = await overlord.graph(query, variables, { mayFail: true })
    expect(errors!.length).toBeGreaterThan(0)
    for (const error of errors!) expect(error.extensions).toMatchObject(whole)
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, overlord.token)
    await using refused = openFeed(client, query, 'characters', variables)
    await refused.find(() => true).catch(() => undefined)
    for (const error of refused.ended() as { extensions?: object }[]) expect(error.extensions).toMatchObject(whole)
    await client.dispose()
  })

  it('that asks the schema about itself, as tools do, is answered', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    const { data } = await overlord.graph<{ __schema: { queryType: { name: string } } }>(getIntrospectionQuery())
    expect(data.__schema.queryType.name).toBe('Query')
  })

  it.each([
    '{ characters(first: 501) { totalCount } }',
    '{ characters(first: -1) { totalCount } }',
    '{ trails(seconds: 99999) { points { ew } } }',
    '{ characters(after: "nonsense") { totalCount } }',
    '{ rares(where: { since: "yesterday" }) { totalCount } }',
  ])('that asks for more than is served says what is: %s', async (query) => {
    const { errors } = await overlord.graph(query, {}, { mayFail: true })
    expect(errors?.[0]?.extensions?.code).toMatch(/BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED/)
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|select |\.ts:/)
  })
})

describe('plugins of one address', () => {
  it('[SOC11] are so many and no more; one that leaves makes room', async () => {
    await using small = await startOverlord({ env: { PLUGINS_PER_ADDRESS: '2' } })
    const first = await small.plugin('One')
    await using _second = await small.plugin('Two')
    await expect(small.plugin('Three')).rejects.toThrow('429')
    await first[Symbol.asyncDispose]()
    await using again = await until('room', () => small.plugin('Three').catch(() => null))
    expect(again.isOpen()).toBe(true)
  })
})
