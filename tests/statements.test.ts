// The main lists through the whole gateway, with few rows and with many: the statements they cost must be the same.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Documents } from '../gateway/documents/documents.ts'
import { graphRuntime } from '../gateway/graph/runtime.ts'
import { fixedSupergraph } from '../gateway/graph/supergraph.ts'
import { testDatabase } from '../shared/testing/test-database.ts'
import { startSubgraphs } from './subgraphs.ts'

const FEW = 3
const MANY = 60
const viewer = { kind: 'user', id: '1', name: 'admin', role: 'admin', owner: false }

let database: Awaited<ReturnType<typeof testDatabase>>
let runtime: Awaited<ReturnType<typeof graphRuntime>>['runtime']
const closers: AsyncDisposable[] = []

beforeAll(async () => {
  database = await testDatabase()
  await fill()
  const subgraphs = await startSubgraphs(database.url)
  const supergraph = readFileSync(path.join(import.meta.dirname, '..', 'gateway', 'supergraph.graphql'), 'utf8')
  const graph = await graphRuntime({
    supergraph: fixedSupergraph(supergraph),
    subgraphs: { inProcess: subgraphs },
    documents: new Documents({}, 'viewer'),
    introspection: 'viewer',
    operationSeconds: 30,
    signedViewerOf: () => '',
    renewViewer: (signedViewer) => signedViewer,
    log: pino({ level: 'silent' }),
  })
  runtime = graph.runtime
  closers.push(runtime as unknown as AsyncDisposable, ...subgraphs)
})
afterAll(async () => {
  for (const closer of closers) await closer[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** Sixty characters that have reported everything. */
async function fill(): Promise<void> {
  const everybody = 'select id from characters'
  for (const text of [
    `insert into characters (name, first_seen_at, last_seen_at) select 'Runner ' || lpad(n::text, 2, '0'), now(), now()
      from generate_series(1, ${MANY}) n`,
    `insert into telemetry (character_id, received_at, at, ew, ns) select id, now(), now(), 1, 2 from (${everybody}) c`,
    `insert into latest_telemetry (character_id, received_at, at, ew, ns) select id, now(), now(), 1, 2
      from (${everybody}) c`,
    `insert into vitals (character_id, received_at, at, health_percent) select id, now(), now(), 50
      from (${everybody}) c`,
    `insert into latest_vitals (character_id, received_at, at) select id, now(), now() from (${everybody}) c`,
    `insert into telemetry_spans (character_id, span, frames, seen) select id, extract(epoch
      from now())::int / 300, 1, 1 from (${everybody}) c`,
    `insert into character_sheets (character_id, received_at, at, raw) select id, now(), now(), '{}'
      from (${everybody}) c`,
    `insert into session_tallies (character_id, key, started_at, last_at, first_told_at, told_at, kills, deaths,
      tapers_used, turn)
       select id, 's' || n, now(), now(), now(), now(), 5, 0, 0, n from (${everybody}) c cross
       join generate_series(1, 3) n`,
    `insert into tally_hours select id, extract(epoch from now())::int / 3600, 5, 0, 0, 3600 from (${everybody}) c`,
    `insert into tally_spans select id, extract(epoch from now())::int / 300, 5, 0, 0, 300 from (${everybody}) c`,
    `insert into quests (character_id, name, at, received_at) select id, 'Quest ' || n, now(), now()
      from (${everybody}) c cross join generate_series(1, 5) n`,
    `insert into combat_sessions (character_id, key, started_at, received_at, snapshot)
      select id, 's1', now(), now(), '{"total_kills": 5}' from (${everybody}) c`,
    `insert into rares (character_id, name, tier, at, received_at) select id, 'Pearl', 'COMMON', now(), now()
      from (${everybody}) c`,
    `insert into inventories (character_id, changed_at) select id, now() from (${everybody}) c`,
    `insert into items (server, game_id, character_id, name, object_class, container_id, wielded_location, armor_level,
      set_id, burden, int_values,
       double_values, bool_values, string_values, spells, active_spells, changed_at)
       select 'S', id * 100 + n, id, 'Item ' || n, case n when 1 then 10 else 2 end, 0, case n when 3 then 1 end, n *
       10, 14, 5, '{}', '{}', '{}', '{}', '{6105}', '{}', now()
       from (${everybody}) c cross join generate_series(1, 5) n`,
    `insert into equipment (character_id, received_at, at, raw) select id, now(), now(), '{}' from (${everybody}) c`,
  ])
    await database.pool.query(text)
}

/** Statements an operation costs, and how many rows of its first list came. */
async function statementsOf(query: string, first: number): Promise<{ statements: number; text: string }> {
  const spy = vi.spyOn(pg.Pool.prototype, 'query')
  try {
    const response = await runtime.fetch(
      'http://here.invalid/graphql',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-overlord': '1' },
        body: JSON.stringify({ query, variables: { first, at: new Date(Date.now() + 1_000).toISOString() } }),
      },
      { viewer, signedViewer: '' } as never,
    )
    const text = await response.text()
    expect(text).not.toContain('"errors"')
    return { statements: spy.mock.calls.length, text }
  } finally {
    spy.mockRestore()
  }
}

const list = (fields: string) =>
  `query Q($first: Int!) { characters(first: $first) { totalCount nodes { name ${fields} } } }`
const then = (fields: string) =>
  `query Q($first: Int!, $at: DateTime!) { characters(first: $first, at: $at) { nodes { name ${fields} } } }`

describe('statements to the database do not grow with the rows', () => {
  it.each([
    ['characters with places and vitals', list('live telemetry { ew } vitals { health }'), 4],
    ['sheets and rates', list('sheet { level attributes { name } } rates { killsPerHour xpPerHour }'), 4],
    [
      'totals and sessions',
      list(
        `totals { kills } playSession { kills } playSessions(first: 2) { totalCount
          nodes { kills character { name } } }`,
      ),
      6,
    ],
    [
      'fights',
      list('combat { latestFight { totals { kills } } lifetime { kills monsters { name } offense { element } } }'),
      3,
    ],
    ['quests', list('quests { name ready character { name } }'), 3],
    ['rares', list('rares(first: 2) { totalCount nodes { name character { name } } }'), 4],
    ['inventories and equipment', list('inventory { itemCount } equipment { items { name } }'), 4],
    [
      'pages of inventories',
      list(
        `inventory { itemCount items(first: 3, where: { sets: [14] }, orderBy: { by: ARMOR_LEVEL }) { totalCount facets
          { sets { count } } nodes { name boundSpells { name } intValues } } }`,
      ),
      8,
    ],
    [
      'packs, histories and inventories of the past',
      list(
        `inventory { containers { itemCount containers { containers { name itemCount item { name } } } } items(first: 2)
          { nodes { name history(first: 2) { nodes { since character { name } } } } } }`,
      ),
      7,
    ],
    [
      'inventories as they were',
      then('inventoryAt(at: $at) { itemCount items(first: 2) { nodes { since item { name fullName } } } }'),
      5,
    ],
    [
      'a list of items with their owners',
      `query Q($first: Int!) { items(first: $first) { totalCount
        nodes { name character { name inventory { itemCount } } history { nodes { since } } mana { max } } } }`,
      7,
    ],
    [
      'trails and histories',
      list(
        `trail(seconds: 60) { ew } history(since: "2026-01-01T00:00:00Z", until: "2026-02-01T00:00:00Z") { telemetry {
          at } vitals { at } }`,
      ),
      5,
    ],
    [
      'the past',
      then('live(at: $at) telemetry(at: $at) { ew } vitals(at: $at) { health } combat(at: $at) { lifetime { kills } }'),
      6,
    ],
    [
      'a list of quests with their characters',
      'query Q($first: Int!) { quests(first: $first) { nodes { name character { name live } } } }',
      3,
    ],
    [
      'a list of rares with their characters',
      'query Q($first: Int!) { rares(first: $first) { nodes { name character { name live vitals { health } } } } }',
      4,
    ],
    [
      'a leaderboard',
      `query Q($first: Int!) { leaderboard(metric: KILLS, hours: 24, first: $first) { rank value character { name live }
        } }`,
      2,
    ],
    [
      'fighters',
      'query Q($first: Int!) { fighters(first: $first) { nodes { name combat { lifetime { kills } } } } }',
      2,
    ],
  ])('of %s', async (_, query, most) => {
    await statementsOf(query, FEW) // what is remembered for a while, as the size of a table, is asked for by the first
    const few = await statementsOf(query, FEW)
    const many = await statementsOf(query, MANY)
    expect(many.text.length).toBeGreaterThan(few.text.length)
    expect(many.statements).toBe(few.statements)
    expect(many.statements).toBeGreaterThan(0)
    expect(many.statements).toBeLessThanOrEqual(most)
  })
})
