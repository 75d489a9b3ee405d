// SQL as clients send it: through the gateway, in one process and with every room a process of its own.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { hasNats, startApart } from '../../../shared/testing/start-apart.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import pg from 'pg'

const DOCUMENT = `query Statement($statement: String!, $first: Int!) {
  queryTelemetry(statement: $statement, first: $first) { columns { name type } rows rowCount truncated elapsedMs } }`
const SLOW =
  'select count(*) from generate_series(1, 10000) a, generate_series(1, 10000) b, generate_series(1, 10000) c'

interface Sql {
  queryTelemetry: { columns: { name: string; type: string }[]; rows: unknown[][]; rowCount: number; truncated: boolean }
}

describe('SQL over the graph', () => {
  let overlord: TestOverlord
  let plugin: TestPlugin
  beforeAll(async () => {
    overlord = await startOverlord({ env: { AGENT: 'off' } })
    plugin = await overlord.plugin('Aluvia')
    plugin.send({ type: 'telemetry', character_name: 'Aluvia', session_id: 's', ew: 33.6, ns: 42.1, kills: 12 })
    await until('the frame is stored', async () => {
      const { data } = await overlord.graph<{ character: { telemetry: object | null } | null }>(
        '{ character(name: "Aluvia") { telemetry { kills } } }',
      )
      return data.character?.telemetry != null
    })
  })
  afterAll(async () => {
    await plugin[Symbol.asyncDispose]()
    await overlord[Symbol.asyncDispose]()
  })
  const sql = (statement: string, headers?: Record<string, string>) =>
    overlord.graph<Sql>(DOCUMENT, { statement, first: 100 }, { mayFail: true, ...(headers && { headers }) })
  const codeOf = async (statement: string) => (await sql(statement)).errors?.[0]?.extensions?.code

  it('answers a statement, to a token that only reads too', async () => {
    for (const headers of [undefined, { authorization: `Bearer ${overlord.token}` }])
      expect((await sql('select character, ew, max(kills) over () as most from telemetry', headers)).data).toEqual({
        queryTelemetry: {
          columns: [
            { name: 'character', type: 'text' },
            { name: 'ew', type: 'real' },
            { name: 'most', type: 'integer' },
          ],
          rows: [['Aluvia', 33.6, 12]],
          rowCount: 1,
          truncated: false,
          elapsedMs: expect.any(Number) as number,
        },
      })
  })

  it('refuses what is no question about the views, and says what is allowed', async () => {
    const { errors } = await sql('select * from telemetries')
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
    expect(errors?.[0]?.message).toContain('Nearest: telemetry')
    expect(await codeOf('drop table users')).toBe('BAD_USER_INPUT')
    expect(await codeOf("select 'x'::int")).toBe('BAD_USER_INPUT')
  })

  it('costs as much as the rows that are asked for', async () => {
    const answer = await fetch(`${overlord.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: overlord.cookie },
      body: JSON.stringify({
        query: DOCUMENT,
        variables: { statement: 'select 1', first: 1000 },
        extensions: { cost: true },
      }),
    })
    const { extensions } = (await answer.json()) as { extensions: { cost: number } }
    expect(extensions.cost).toBeGreaterThan(1_000)
  })

  it('ends a statement that takes too long, while others are answered', async () => {
    const slow = [codeOf(SLOW), codeOf(SLOW)]
    const begun = performance.now()
    expect(await Promise.race([...slow, overlord.graph('{ me { name } }').then(() => 'answered')])).toBe('answered')
    expect(await Promise.all(slow)).toEqual(['TOO_SLOW', 'TOO_SLOW'])
    expect(performance.now() - begun).toBeLessThan(9_000)
    expect(await codeOf('select 1')).toBeUndefined()
  })

  it('refuses a third statement of one viewer at once', async () => {
    const codes = await Promise.all([codeOf(SLOW), codeOf(SLOW), codeOf(SLOW)])
    expect(codes.sort()).toEqual(['TOO_MANY_TRIES', 'TOO_SLOW', 'TOO_SLOW'])
  })

  it('shows the secrets of the role in no log', async () => {
    const client = new pg.Client({ connectionString: await databaseOf(overlord.dataDir) })
    await client.connect()
    const { rows } = await client.query<{ secret: string }>(
      "select rolpassword as secret from pg_authid where rolname like 'overlord_sql_%'",
    )
    await client.end()
    const postgres = readFileSync(path.join(overlord.dataDir, 'postgres', 'postgres.log'), 'utf8')
    expect(rows).toHaveLength(1)
    expect(rows[0]!.secret).toMatch(/^SCRAM-SHA-256/)
    for (const text of [overlord.output(), postgres]) {
      expect(text).not.toContain(rows[0]!.secret)
      expect(text).not.toMatch(/SCRAM|overlord_sql_\d+:/)
    }
  })
})

it.skipIf(!hasNats)('SQL is answered when every room is a process of its own', async () => {
  await using overlord = await startApart({
    SHARED_SECRET: 'a secret for tests only',
    ADMIN_PASSWORD: 'a password for tests',
  })
  const headers = { 'content-type': 'application/json' }
  const post = (address: string, body: object, more: Record<string, string> = {}) =>
    fetch(`${overlord.gatewayUrl}${address}`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify(body),
    })
  const signedIn = await post('/login', { username: 'admin', password: 'a password for tests' })
  const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
  const answer = await post(
    '/graphql',
    { query: DOCUMENT, variables: { statement: 'select 1 as one', first: 100 } },
    { cookie },
  )
  expect(await answer.json()).toMatchObject({ data: { queryTelemetry: { rows: [[1]] } } })
})
