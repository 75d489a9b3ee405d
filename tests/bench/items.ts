// Searches over a hundred thousand items, through the whole graph; beside them a plain filter over the same items in
// memory.
import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { itemRecord } from '../../ingest/simulator/plugin/item-record.ts'
import { pick, seeded, whole, type Rng } from '../../ingest/simulator/world/chance.ts'
import { outfit } from '../../ingest/simulator/world/inventory.ts'
import { testWriter } from '../../ingest/writer/testing/test-writer.ts'
import { migrate } from '../../shared/db/migrate.ts'
import { openDatabase } from '../../shared/db/open.ts'
import { openPool, type Pool } from '../../shared/db/pool.ts'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import { itemPage } from '../../subgraphs/inventory/search/page.ts'
import type { ItemOrder, ItemWhere } from '../../subgraphs/inventory/generated/resolvers.ts'
import type { Owner, RawItem } from '../e2e/inventory/fleet.ts'
import { itemsOf, matches, type NaiveItem, type NaiveWhere } from '../e2e/inventory/naive.ts'
import { drawWhere } from '../e2e/inventory/queries.ts'
import { percentile, type Figure } from './figure.ts'

const ITEMS = 100_000
const OWNERS = 100
const QUERIES = 200
const ROUNDS = 3
const SEED = 7
const SORTS = ['NAME', 'VALUE', 'ARMOR_LEVEL', 'WORKMANSHIP', 'TOTAL_RATING', 'TIER', 'BURDEN', 'MAX_DAMAGE']

interface Query {
  where: NaiveWhere
  orderBy: { by: string; direction: string }
  facets: boolean
}

/** A hundred mules with a thousand items each. */
function mules(): Owner[] {
  let serial = 0
  return Array.from({ length: OWNERS }, (_, index) => {
    const items: RawItem[] = []
    for (let part = 0; items.length < ITEMS / OWNERS; part++) {
      const rng = seeded(SEED + index * 31 + part)
      const records = [
        ...outfit(rng, 0x50000000 + index, 0, whole(rng, 20, 275), 1_750_000_000_000).items.values(),
      ].map(itemRecord)
      for (const record of records) items.push({ ...(JSON.parse(JSON.stringify(record)) as RawItem), Id: -++serial })
    }
    const skills = { heavy_weapons: { base: 300, training: 'Trained' }, war_magic: { base: 20, training: 'Untrained' } }
    const sheet = { level: 150 + index, skills, attributes: {}, vitals: {} }
    return { character: `Mule ${index}`, server: 'Coldeve', items: items.slice(0, ITEMS / OWNERS), sheet }
  })
}

async function fill(pool: Pool, owners: readonly Owner[]): Promise<void> {
  const write = testWriter(pool)
  for (const { character, server, items, sheet } of owners) {
    write.queue(Date.now(), { type: 'character_stats', character_name: character, ...sheet })
    await write.store(Date.now(), { type: 'full_inventory', character_name: character, server, items })
  }
  await pool.query('vacuum analyze')
  await pool.query('checkpoint') // what filling left to do is done before anything is measured
}

function draw(rng: Rng, items: readonly NaiveItem[], owners: readonly Owner[]): Query[] {
  return Array.from({ length: QUERIES }, () => ({
    where: drawWhere(rng, items, owners),
    orderBy: { by: pick(rng, SORTS), direction: pick(rng, ['ASC', 'DESC']) },
    facets: rng() < 0.3,
  }))
}

const DOCUMENT = `query BenchItems($where: ItemWhere, $orderBy: ItemOrder, $facets: Boolean!) { items(where: $where,
  orderBy: $orderBy, first: 50) {
  totalCount nodes { id fullName character { name } armorLevel workmanship setName tier value }
  facets @include(if: $facets) { sets { key count } materials { key count } slots { key count } tiers { key count }
  characters { key count } } } }`

async function ask(overlord: TestOverlord, query: Query): Promise<{ ms: number; count: number }> {
  const begun = performance.now()
  const { data } = await overlord.graph<{ items: { totalCount: number } }>(DOCUMENT, { ...query })
  return { ms: performance.now() - begun, count: data.items.totalCount }
}

/** What the database makes of a query: each of its statements, explained. */
async function explain(pool: Pool, { where, orderBy, facets }: Query): Promise<string> {
  const asked: { text: string; values: unknown[] }[] = []
  const listening = {
    query: (query: string | { text: string; values: unknown[] }, values: unknown[] = []) => {
      const whole = typeof query === 'string' ? { text: query, values } : query
      asked.push(whole)
      return pool.query(whole)
    },
  } as unknown as Pool
  const page = itemPage(listening, { where: where as ItemWhere, orderBy: orderBy as ItemOrder, first: 50, after: null })
  await Promise.all([page.rows(), page.count(), facets && page.facets()])
  const plans: string[] = []
  for (const { text, values } of asked) {
    const { rows } = await pool.query<Record<'QUERY PLAN', string>>(`explain (analyze, buffers) ${text}`, values)
    plans.push(`${text}\n${JSON.stringify(values)}\n\n${rows.map((row) => row['QUERY PLAN']).join('\n')}`)
  }
  return plans.join('\n\n')
}

/** The whole; the plan of the slowest query is written beside the results. */
export async function benchItems(): Promise<Figure[]> {
  const dataDir = await tempFolder('items')
  await using database = await openDatabase({ dataDir })
  const pool = openPool(database.url, { name: 'bench', pipeline: true })
  try {
    await migrate(pool, new Date())
    const owners = mules()
    const items = itemsOf(owners)
    await fill(pool, owners)
    console.error(`  ${items.length} items stored`)
    const queries = draw(seeded(SEED), items, owners)
    const counts = new Map<Query, number>()
    const plain: number[] = []
    for (const query of queries) {
      const begun = performance.now()
      counts.set(query, items.filter((item) => matches(item, query.where, owners)).length)
      plain.push(performance.now() - begun)
    }
    await using overlord = await startOverlord({ env: { DATABASE_URL: database.url } })
    // others: compiled code, and nothing remembered of these
    for (const query of draw(seeded(SEED + 1), items, owners)) await ask(overlord, query)
    const took: { query: Query; ms: number }[] = []
    for (let round = 0; round < ROUNDS; round++)
      for (const query of queries) {
        const { ms, count } = await ask(overlord, query)
        if (count !== counts.get(query))
          throw new Error(`${JSON.stringify(query.where)}: ${count} instead of ${counts.get(query)}`)
        took.push({ query, ms })
      }
    const slowest = took.toSorted((a, b) => b.ms - a.ms)[0]!
    const file = path.join(import.meta.dirname, 'items-slowest.txt')
    const plan = await explain(pool, slowest.query)
    writeFileSync(file, `${slowest.ms.toFixed(1)} ms through the graph\n${JSON.stringify(slowest.query)}\n\n${plan}\n`)
    console.error(`  the slowest, explained: ${file}`)
    const ms = took.map((one) => one.ms)
    const apart = (facets: boolean) =>
      percentile(
        took.filter(({ query }) => query.facets === facets).map((one) => one.ms),
        0.95,
      )
    return [
      {
        bench: 'items',
        name: `p95 of ${QUERIES} mixed searches over ${ITEMS.toLocaleString('en')} items, through the graph`,
        unit: 'ms',
        better: 'less',
        ours: percentile(ms, 0.95),
        control: percentile(plain, 0.95),
        against: 'a plain filter over the same records in memory, which only counts',
        beside: {
          target: 50,
          'p50 ms': percentile(ms, 0.5),
          'p99 ms': percentile(ms, 0.99),
          'worst ms': slowest.ms,
          'p95 ms with facets': apart(true),
          'p95 ms without': apart(false),
          'answers compared': took.length,
        },
      },
    ]
  } finally {
    await pool.end()
    await rm(dataDir, { recursive: true, force: true })
  }
}
