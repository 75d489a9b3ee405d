// Thirty days of sixty characters: how fast the graph answers from them, what a row costs, and whether taking in slows
// down.
import { rm } from 'node:fs/promises'
import { readDialect } from '../../shared/db/dialect/choose.ts'
import { migrate } from '../../shared/db/migrate.ts'
import { openDatabase } from '../../shared/db/open.ts'
import { openPool, type Pool } from '../../shared/db/pool.ts'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import { hourOf } from '../../shared/world/dereth/heat-cells.ts'
import { historyLoader, TELEMETRY } from '../../subgraphs/telemetry/history/store.ts'
import { cutStretch } from '../../subgraphs/telemetry/history/stretch.ts'
import { trails } from '../../subgraphs/telemetry/telemetry/trails.ts'
import { spawnCounts } from '../../subgraphs/telemetry/spawn/counts.ts'
import { heatOf } from '../../subgraphs/telemetry/spawn/heat.ts'
import { percentile, type Figure } from './figure.ts'
import { storeRate } from './ingest/rate.ts'
import { packAll } from '../../shared/testing/pack-all.ts'
import { bytesPerRow } from './store/bytes.ts'
import { benchRetention, timed, type Timed } from './store/retention.ts'
import {
  CHARACTERS,
  DAYS,
  fillChat,
  fillDerived,
  fillPeople,
  fillSpawns,
  fillTelemetry,
  fillVitals,
  nameOf,
} from './store/fill.ts'

const ROUNDS = 60
const SPAWNS = 1_000_000
const CHAT = 300_000

async function time(work: () => Promise<unknown>, rounds = ROUNDS): Promise<Timed> {
  for (let n = 0; n < 5; n++) await work() // warms code, plans and caches
  const took: number[] = []
  for (let n = 0; n < rounds; n++) {
    const begun = performance.now()
    await work()
    took.push(performance.now() - begun)
  }
  return timed(took)
}

function figure(name: string, target: number, graph: Timed, bare: Timed | null, beside: Figure['beside'] = {}): Figure {
  return {
    bench: 'store',
    name: `${name}, p95`,
    unit: 'ms',
    better: 'less',
    ours: graph.p95,
    control: bare?.p95 ?? null,
    against: bare && 'the same read without the graph',
    beside: { target, 'p50 ms': graph.p50, 'worst ms': graph.worst, ...beside },
  }
}

/** A request that counts in bytes as a browser would get them. */
async function bytesOf(overlord: TestOverlord, query: string, variables: object): Promise<number> {
  const response = await fetch(`${overlord.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: overlord.cookie },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  if (text.includes('"errors"')) throw new Error(text.slice(0, 500))
  return text.length
}

const TRAILS = `query BenchTrails($at: DateTime) { trails(seconds: 1800, points: 90, at: $at) {
  character { name } path { since seconds ew ns } } }`
const SERIES = 'first min max last'
const HISTORY = `query BenchHistory($name: String!, $from: DateTime!, $to: DateTime!) { character(name: $name) {
  history(since: $from, until: $to, points: 500) {
  bucketSeconds telemetry { at frames onlineSeconds ew { ${SERIES} } ns { ${SERIES} } kills { ${SERIES} } killsPerHour {
  ${SERIES} } deaths { ${SERIES} } } } } }`
const HEAT = `query BenchHeat($hours: Int!, $cell: Float!, $within: MapBox) { spawnHeatmap(hours: $hours,
  cellSize: $cell, within: $within) { size edge cells spawns cellCount total } }`
const AT = `query BenchThen($at: DateTime!) { characters(at: $at, first: 60) {
    nodes { name live(at: $at) telemetry(at: $at) { ew ns kills state } vitals(at: $at) { healthPercent } } } }`
const SEARCH = `query BenchSearch($text: String!) { chat(where: { text: $text }, first: 100) {
    nodes { id text sender receivedAt } } }`
const BOARD = 'query BenchBoard { leaderboard(metric: KILLS, hours: 720) { rank character { name } value } }'

async function benchReads(overlord: TestOverlord, pool: Pool, now: Date): Promise<Figure[]> {
  const figures: Figure[] = []
  const ask = (query: string, variables: object = {}) => bytesOf(overlord, query, variables)
  const at = now.toISOString()
  const from = new Date(now.getTime() - DAYS * 86_400_000).toISOString()

  const way = () => trails(pool, { seconds: 1_800, at, points: 90 }, null)
  figures.push(
    figure('trails of 60 characters, 30 min', 50, await time(() => ask(TRAILS, { at })), await time(way), {
      points: (await way()).reduce((sum, { ms }) => sum + ms.length, 0),
      bytes: await ask(TRAILS, { at }),
    }),
  )
  let turn = 0
  const stretch = cutStretch(from, at, 500)
  const past = () => historyLoader(pool, TELEMETRY).load({ name: nameOf(turn++ % CHARACTERS), stretch })
  figures.push(
    figure(
      'history of a character, 30 days at 500 points',
      100,
      await time(() => ask(HISTORY, { name: nameOf(turn++ % CHARACTERS), from, to: at })),
      await time(past),
      { points: (await past()).at.length, frames: (await past()).frames.reduce((sum, frames) => sum + frames, 0) },
    ),
  )
  const day = { from: new Date(now.getTime() - 3 * 3_600_000).toISOString(), to: at }
  figures.push(
    figure(
      'history of a character, 3 hours of frames at 500 points',
      100,
      await time(() => ask(HISTORY, { name: nameOf(turn++ % CHARACTERS), ...day })),
      null,
    ),
  )
  for (const hours of [1, 24, 168])
    for (const [cell, step] of [
      [0.5, 1],
      [1, 2],
      [2, 4],
    ] as const) {
      const counts = spawnCounts(pool)
      const bare = async () => heatOf(await counts.sum(hourOf(Date.now()), hours), step, null)
      const heat = await bare()
      figures.push(
        figure(
          `spawn heatmap, ${hours} h by ${cell}`,
          50,
          await time(() => ask(HEAT, { hours, cell })),
          await time(bare),
          {
            cells: heat.cells.length,
            of: heat.cellCount,
            bytes: await ask(HEAT, { hours, cell }),
          },
        ),
      )
    }
  const within = { west: -25, south: -25, east: 25, north: 25 }
  figures.push(
    figure(
      'spawn heatmap, 168 h by 0.5, a part of 50 units',
      50,
      await time(() => ask(HEAT, { hours: 168, cell: 0.5, within })),
      null,
    ),
  )
  const then = new Date(now.getTime() - 12.5 * 86_400_000).toISOString()
  figures.push(figure('where 60 characters were 12 days ago', 100, await time(() => ask(AT, { at: then })), null))
  figures.push(figure('chat search, a rare word', 100, await time(() => ask(SEARCH, { text: 'Timaru 123' })), null))
  figures.push(figure('chat search, a common word', 100, await time(() => ask(SEARCH, { text: 'portal' })), null))
  figures.push(figure('leaderboard of kills, 30 days', 100, await time(() => ask(BOARD)), null))
  return figures
}

/** Telemetry alone, of characters the store does not hold. */
async function insertRate(overlord: TestOverlord, pool: Pool): Promise<number> {
  const load = { sockets: CHARACTERS, perSecond: 0, seconds: 4, packed: true, only: 'telemetry', called: 'Blaster' }
  await storeRate(overlord, { ...load, perSecond: 2_000, seconds: 2 })
  const rounds: number[] = []
  for (let round = 0; round < 3; round++) rounds.push((await storeRate(overlord, load)).stored)
  await pool.query(
    "delete from telemetry where character_id in (select id from characters where name like 'Blaster %')",
  )
  return percentile(rounds, 0.5)
}

/** The whole, with so many rows of telemetry. */
export async function benchStore(rows: number): Promise<Figure[]> {
  const dataDir = await tempFolder('store')
  await using database = await openDatabase({ dataDir })
  const pool = openPool(database.url, { name: 'bench', max: 4 })
  pool.options.options = '-c timezone=UTC -c statement_timeout=0'
  const report = (what: string) => console.error(`  ${what}`)
  try {
    const now = new Date()
    await migrate(pool, now)
    const rates: [number, number][] = []
    {
      await using overlord = await startOverlord({ env: { DATABASE_URL: database.url } })
      const rate = async (stored: number) => {
        // What the database has to tidy up after the filling is not what is measured.
        await pool.query('vacuum (analyze) telemetry')
        await pool.query('checkpoint')
        rates.push([stored, await insertRate(overlord, pool)])
      }
      await rate(0)
      await fillPeople(pool, now)
      const tenth = Array.from({ length: DAYS / 10 }, (_, day) => day)
      await fillTelemetry(pool, now, rows, tenth)
      await rate(rows / 10)
      report(`a tenth of the rows stands`)
      await fillTelemetry(pool, now, rows, Array.from({ length: DAYS }, (_, day) => day).slice(DAYS / 10))
      await rate(rows)
      report('all rows stand')
    }
    await fillVitals(pool, now, rows)
    await fillSpawns(pool, now, SPAWNS)
    await fillChat(pool, now, CHAT)
    await fillDerived(pool)
    await pool.query("delete from service_tokens where name = 'test'") // each overlord makes its own
    await pool.query('vacuum analyze')
    report('derived and analyzed')
    // Overlord would, at its first hour; what is read below are packed days
    const packed = await packAll(pool, { days: { telemetry: 0 }, now })
    report(`${packed.length} days packed`)
    const figures: Figure[] = []
    {
      await using overlord = await startOverlord({ env: { DATABASE_URL: database.url, RETENTION: 'telemetry=0' } })
      figures.push(...(await benchReads(overlord, pool, now)))
    }
    const dialect = await readDialect(pool)
    figures.push(await bytesPerRow(pool, dialect.name, packed))
    await pool.query('checkpoint') // nor is what writing these left in memory
    figures.push(await benchRetention(pool, now, dataDir))
    for (const [stored, rate] of rates)
      figures.push({
        bench: 'store',
        name: `telemetry taken in with ${stored.toLocaleString('en')} rows stored`,
        unit: 'frames/s',
        better: 'more',
        ours: rate,
        control: rates[0]![1],
        against: 'an empty store',
      })
    return figures
  } finally {
    await pool.end()
    await database[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  }
}
