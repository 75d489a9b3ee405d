import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { processes as listed } from '../../../rooms.ts'
import { graphClient, openFeed } from '../../../shared/testing/feed.ts'
import { hasNats, startApart } from '../../../shared/testing/start-apart.ts'
import { startOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { run, treeByTheBook, type Changed } from './copy.ts'

const SECRET = 'a secret for tests only'
const PASSWORD = 'a password for tests only'
const json = { 'content-type': 'application/json' }
let tree: Changed

beforeAll(async () => {
  tree = await treeByTheBook()
  run(tree.root, process.execPath, 'scripts/build-missing.js', 'codegen', 'server')
  run(tree.root, process.execPath, '--import', 'tsx', 'scripts/settings/write.ts')
}, 240_000)
afterAll(() => tree && rm(tree.root, { recursive: true, force: true }))

/** Lints a file of the copy; gives what was found, empty for nothing. */
function linted(file: string): string {
  try {
    run(tree.root, process.execPath, 'node_modules/eslint/bin/eslint.js', '--max-warnings', '0', file)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

/** Asks a graph; `headers` say who asks. */
async function ask<T>(url: string, query: string, headers: Record<string, string>) {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify({ query }),
  })
  const body = (await answer.json()) as { data: T; errors?: { message: string; extensions?: { code?: string } }[] }
  return { status: answer.status, ...body, code: body.errors?.[0]?.extensions?.code }
}

const BOARD = `{ postings { __typename ... on Signed { id by { name live } } ... on Notice { text } ... on Offer { price
  } } }`
const SIGNED = `{ signed(id: "2") { __typename id by { name } ... on Offer { price } } none: signed(id: "9") { id } }`
const OF_CHARACTER = `{ character(name: "Larsson") { name live postings { __typename ... on Signed { id } ... on Offer {
  price } } } }`

interface Posted {
  __typename: string
  id: string
  text?: string
  price?: number
  by: { name: string }
}
const POSTED = 'subscription { posted { __typename id by { name } ... on Notice { text } ... on Offer { price } } }'

/** What the graph with the fifth subgraph must do, in whichever form it runs. */
async function answersAsDeclared(url: string, cookie: string) {
  const admin = { cookie }
  const made = await ask<{ reader: { secret: string } }>(
    url,
    'mutation { reader: createToken(input: { name: "reader" }) { secret } }',
    admin,
  )
  const { secret } = made.data.reader
  const reader = { authorization: `Bearer ${secret}` }
  const client = graphClient(`${url.replace('http', 'ws')}/graphql`, secret)
  try {
    const notice = `mutation {
      postNotice(input: { by: "Larsson", text: "Portal at noon" }) { notice { __typename id by { name } text } }
    }`
    expect((await ask(url, notice, admin)).data).toEqual({
      postNotice: { notice: { __typename: 'Notice', id: '1', by: { name: 'Larsson' }, text: 'Portal at noon' } },
    })

    // What is there comes first, then each change; interfaces of both types.
    await using feed = openFeed<Posted>(client, POSTED, 'posted')
    await feed.find(({ id }) => id === '1')
    await ask(url, 'mutation { postOffer(input: { by: "Larsson", price: 500 }) { offer { id } } }', admin)
    await feed.find(({ id }) => id === '2')
    await ask(url, 'mutation { postNotice(input: { by: "Birgit", text: "Sold" }) { notice { id } } }', admin)
    await feed.find(({ id }) => id === '3')
    expect(feed.seen).toEqual([
      { __typename: 'Notice', id: '1', by: { name: 'Larsson' }, text: 'Portal at noon' },
      { __typename: 'Offer', id: '2', by: { name: 'Larsson' }, price: 500 },
      { __typename: 'Notice', id: '3', by: { name: 'Birgit' }, text: 'Sold' },
    ])

    // Unions and interfaces, joined with what other subgraphs know of a character; the same each time, compiled or not.
    for (const _ of ['first', 'again', 'remembered']) {
      expect((await ask(url, BOARD, reader)).data).toEqual({
        postings: [
          { __typename: 'Notice', id: '1', by: { name: 'Larsson', live: null }, text: 'Portal at noon' },
          { __typename: 'Offer', id: '2', by: { name: 'Larsson', live: null }, price: 500 },
          { __typename: 'Notice', id: '3', by: { name: 'Birgit', live: null }, text: 'Sold' },
        ],
      })
      expect((await ask(url, SIGNED, reader)).data).toEqual({
        signed: { __typename: 'Offer', id: '2', by: { name: 'Larsson' }, price: 500 },
        none: null,
      })
    }

    // Refused: by role, by the subgraph's own setting, and without a credential.
    const refused = await ask(url, 'mutation { postNotice(input: { by: "A", text: "B" }) { notice { id } } }', reader)
    expect(refused.code).toBe('FORBIDDEN')
    const full = await ask(url, 'mutation { postNotice(input: { by: "A", text: "B" }) { notice { id } } }', admin)
    expect(full.errors?.[0]?.message).toBe('The board holds at most 3 postings.')
    expect(await ask(url, BOARD, {})).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    const stranger = graphClient(`${url.replace('http', 'ws')}/graphql`)
    await using nothing = openFeed<Posted>(stranger, POSTED, 'posted')
    await expect(nothing.find(() => true, 3_000)).rejects.toThrow()
    expect(nothing.seen).toEqual([])
    await stranger.dispose()
  } finally {
    await client.dispose()
  }
}

describe('a fifth subgraph', () => {
  it('costs its folder, one entry, its compose service and a job of Prometheus', () => {
    expect(tree.added.every((file) => file.startsWith('subgraphs/bulletin/'))).toBe(true)
    expect(tree.changed.sort()).toEqual(['docker-compose.yml', 'rooms.ts', 'scripts/grafana/prometheus.yml'])
  })

  it('is composed: its types are in the public schema beside those of others', () => {
    const api = readFileSync(path.join(tree.root, 'gateway', 'api.graphql'), 'utf8')
    expect(api).toContain('union Posting = Notice | Offer')
    expect(api).toContain('type Notice implements Signed')
    expect(readFileSync(path.join(tree.root, 'gateway', 'supergraph.graphql'), 'utf8')).toContain(
      '@join__graph(name: "bulletin"',
    )
  })

  it('has its settings in README.md and .env.example', () => {
    const readme = readFileSync(path.join(tree.root, 'README.md'), 'utf8')
    expect(readme).toContain('| `BULLETIN_MAX_POSTINGS` | `100` | postings that the board holds at most |')
    expect(readme).toContain('`BULLETIN_PORT`')
    expect(readme).toContain('http://127.0.0.1:4015/graphql')
    expect(readFileSync(path.join(tree.root, '.env.example'), 'utf8')).toContain('BULLETIN_MAX_POSTINGS=100\n')
  })

  it('fits: types, lint, imports, compose file, and what federation asks of a subgraph', () => {
    run(tree.root, process.execPath, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json')
    expect(linted('subgraphs/bulletin')).toBe('')
    run(tree.root, process.execPath, '--import', 'tsx', 'scripts/rooms/check-imports.ts')
    run(
      tree.root,
      process.execPath,
      'node_modules/vitest/vitest.mjs',
      'run',
      'tests/compose.test.ts',
      'tests/federation.test.ts',
    )
  }, 240_000)

  it.each([
    ["import { startGuild } from '../guild/start.ts'\nvoid startGuild\n", 'may not import subgraphs/guild/start.ts'],
    ["import { serve } from '../../gateway/start.ts'\nvoid serve\n", 'may not import gateway/start.ts'],
    ["import { subgraphs } from '../../rooms.ts'\nvoid subgraphs\n", 'may not import rooms.ts'],
  ])('is refused an import it has no right to: %s', (text, message) => {
    const file = path.join(tree.root, 'subgraphs', 'bulletin', 'planted.ts')
    writeFileSync(file, text)
    expect(linted('subgraphs/bulletin/planted.ts')).toContain(message)
    rmSync(file)
  })

  it('is refused as a whole without its entry', () => {
    const file = path.join(tree.root, 'rooms.ts')
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, whole.replace(/ {2}subgraphRoom\(\{\n {4}name: 'bulletin'[\s\S]*?\}\),\n/, ''))
    expect(linted('subgraphs/bulletin/start.ts')).toContain('No entry of rooms.ts covers subgraphs/bulletin')
    writeFileSync(file, whole)
  })

  it('does not compose where a type does not fit those of others', () => {
    const file = path.join(tree.root, 'subgraphs', 'bulletin', 'schema.graphql')
    const whole = readFileSync(file, 'utf8')
    appendFileSync(file, '\nscalar Telemetry\n')
    expect(() => run(tree.root, process.execPath, '--import', 'tsx', 'gateway/compose.ts', '--check')).toThrow(
      'The subgraphs do not fit together',
    )
    writeFileSync(file, whole)
  })

  it('is served by the process with every room in it: asked, joined, subscribed to, refused', async () => {
    await using overlord = await startOverlord({ root: tree.root, env: { BULLETIN_MAX_POSTINGS: '3' } })
    await answersAsDeclared(overlord.url, overlord.cookie)
    await using plugin = await overlord.plugin('Larsson')
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2 })
    await using seen = overlord.feed<{ character: { postings: unknown[] } }>(
      'subscription { telemetryChanged { character { name postings { __typename ... on Signed { id } } } } }',
      'telemetryChanged',
    )
    expect((await seen.find(() => true)).character.postings).toEqual([
      { __typename: 'Notice', id: '1' },
      { __typename: 'Offer', id: '2' },
    ])
    const found = () => ask<{ character: unknown }>(overlord.url, OF_CHARACTER, { cookie: overlord.cookie })
    await until('the character to be stored', async () => (await found()).data.character !== null)
    expect((await found()).data).toEqual({
      character: {
        name: 'Larsson',
        live: true,
        postings: [
          { __typename: 'Notice', id: '1' },
          { __typename: 'Offer', id: '2', price: 500 },
        ],
      },
    })
  }, 120_000)

  it('is named at the start where its setting is not usable', async () => {
    await expect(startOverlord({ root: tree.root, env: { BULLETIN_MAX_POSTINGS: 'many' } })).rejects.toThrow(
      'BULLETIN_MAX_POSTINGS: must be a whole number from 1 to 10000',
    )
  })
})

describe.skipIf(!hasNats)('a fifth subgraph as a process of its own', () => {
  it('is asked, joined, subscribed to and refused as within one process, and answers only the gateway', async () => {
    const { processes } = (await import(pathToFileURL(path.join(tree.root, 'rooms.ts')).href)) as {
      processes: typeof listed
    }
    expect(processes.map(({ name }) => name)).toContain('bulletin')
    await using apart = await startApart(
      { SHARED_SECRET: SECRET, ADMIN_PASSWORD: PASSWORD, BULLETIN_MAX_POSTINGS: '3' },
      { root: tree.root, rooms: processes },
    )
    const signedIn = await fetch(`${apart.gatewayUrl}/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    })
    await answersAsDeclared(apart.gatewayUrl, signedIn.headers.get('set-cookie')!.split(';')[0]!)
    expect((await fetch(`${apart.urlOf('bulletin')}/readyz`)).status).toBe(200)
    const direct = await ask(apart.urlOf('bulletin'), '{ postings { __typename } }', { 'x-apollo-operation-name': 'A' })
    expect(direct).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    expect(JSON.stringify(direct)).not.toContain('Notice')
  }, 180_000)
})
