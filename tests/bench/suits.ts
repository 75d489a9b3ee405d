// Suits over real items where somebody has put captures beside the project, over made-up ones elsewhere; beside ours
// HiGHS, and a search depth first, on the same.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { rm } from 'node:fs/promises'
import { testWriter } from '../../ingest/writer/testing/test-writer.ts'
import { migrate } from '../../shared/db/migrate.ts'
import { openDatabase } from '../../shared/db/open.ts'
import { openPool, type Pool } from '../../shared/db/pool.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import type { Candidate } from '../../subgraphs/inventory/suit/candidate.ts'
import { readCandidates } from '../../subgraphs/inventory/suit/candidates.ts'
import { setPointsOf, weightsOf } from '../../subgraphs/inventory/suit/presets.ts'
import { bestSuit, type SuitAnswer } from '../../subgraphs/inventory/suit/suit.ts'
import { oracle } from '../../subgraphs/inventory/suit/testing/highs.ts'
import { dice } from '../../subgraphs/inventory/suit/testing/random.ts'
import { wardrobeOf } from '../../subgraphs/inventory/suit/wardrobe.ts'
import type { Wishes } from '../../subgraphs/inventory/suit/wishes.ts'
import { madeUp, type Owner, type RawItem } from '../e2e/inventory/fleet.ts'
import { asWorn, bestSwaps } from '../../subgraphs/inventory/suit/swaps.ts'
import { depthFirst } from './depth-first.ts'
import { percentile, type Figure } from './figure.ts'

const SIZES = [1_000, 5_000, 15_900]
const QUERIES = 24
/** The other solver takes seconds: so many of the queries are put to it. */
const CONTROLS = 3
/** So many are searched depth first as well, each for so long. */
const DEPTH_FIRST = 2
const DEPTH_FIRST_MS = 20_000
const ADVISED = 60
const SWAPS = 10
const SPELLS = 25
const POOLED = 'Pooled'
const CAPTURED = process.env['OVERLORD_FLEET'] ?? path.join('..', 'shared', 'data', 'inventories')

/** The captures of all servers as if of one, for size. */
function owners(): Owner[] {
  const list = path.join(CAPTURED, '_manifest.json')
  if (!existsSync(list)) return madeUp(7, 60).map((owner) => ({ ...owner, server: POOLED }))
  let serial = 0
  const { entries } = JSON.parse(readFileSync(list, 'utf8')) as { entries: { file: string }[] }
  return entries.map(({ file }, n) => {
    const { items } = JSON.parse(readFileSync(path.join(CAPTURED, file), 'utf8')) as { items: RawItem[] }
    return {
      character: `Owner ${n}`,
      server: POOLED,
      items: items.map((item) => ({ ...item, Id: -++serial })),
      sheet: null,
    }
  })
}

async function stored(pool: Pool): Promise<{ candidates: Candidate[]; ms: number }> {
  await migrate(pool, new Date())
  const write = testWriter(pool)
  for (const { character, server, items } of owners())
    await write.store(Date.now(), { type: 'full_inventory', character_name: character, server, items })
  await pool.query('vacuum analyze')
  const begun = performance.now()
  const candidates = await readCandidates(pool, POOLED)
  return { candidates, ms: performance.now() - begun }
}

/** Twenty-five cantrips and two sets, drawn among those that are there. */
function wishesOf(seed: number, candidates: readonly Candidate[]): Wishes {
  const roll = dice(seed)
  const some = <T>(list: readonly T[], count: number) =>
    list
      .map((one) => [roll(), one] as const)
      .sort((a, b) => a[0] - b[0])
      .slice(0, count)
      .map(([, one]) => one)
  const common = <T>(all: readonly T[], most: number) => {
    const counts = new Map<T, number>()
    for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
    return [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([one]) => one)
  }
  const families = common(
    candidates.flatMap(({ cantrips }) => cantrips.map(({ family }) => family)),
    45,
  )
  const sets = common(
    candidates.flatMap(({ setId }) => (setId === null ? [] : [setId])),
    8,
  )
  const preset = seed % 4 === 3 ? 'PUBLISHED_SCORE' : 'STAT_POINTS'
  return {
    wearer: null,
    weights: weightsOf(preset),
    locked: [],
    excluded: [],
    level: null,
    onlyUnequipped: false,
    maxOwners: null,
    maxTailored: null,
    floors: {},
    critDamage: null,
    sets: some(sets, 2).map((id, n) => ({ id, pieces: 0, points: setPointsOf(preset, n ? 4 : 5) })),
    spells: some(families, SPELLS).map((family) => ({ family, atLeast: 'MAJOR', weight: 1, required: false })),
  }
}

interface Run {
  ms: number
  /** Of the processor, all threads together. */
  cpuMs: number
  firstMs: number
  againMs: number
  answer: SuitAnswer
}

const cpuMs = (since: NodeJS.CpuUsage) =>
  Object.values(process.cpuUsage(since)).reduce((sum, us) => sum + us / 1_000, 0)

function only(candidates: readonly Candidate[], wishes: Wishes): Omit<Run, 'againMs'> {
  const begun = performance.now()
  const cpu = process.cpuUsage()
  let firstMs = Infinity
  const answer = bestSuit(candidates, wishes, {
    isOver: () => performance.now() - begun > 20_000,
    better: () => (firstMs = Math.min(firstMs, performance.now() - begun)),
  })
  return { ms: performance.now() - begun, cpuMs: cpuMs(cpu), firstMs, answer }
}

function run(candidates: readonly Candidate[], wishes: Wishes): Run {
  const { answer, ...times } = only(candidates, wishes)
  const excluded = answer.suit ? [answer.suit.pieces[0]!.candidate.id] : []
  const again = performance.now()
  bestSuit(candidates, { ...wishes, excluded }, { warm: answer.warm, isOver: () => performance.now() - again > 20_000 })
  return { ...times, againMs: performance.now() - again, answer }
}

/** What sixty characters wear, the single pieces that would better it, and the best each could reach. */
function advice(all: readonly Candidate[]): Figure {
  const wearers = [...new Set(all.filter(({ equipped }) => equipped).map(({ owner }) => owner))].slice(0, ADVISED)
  const begun = performance.now()
  const cpu = process.cpuUsage()
  let proved = 0
  let swapsMs = 0
  const solved: number[] = []
  wearers.forEach((wearer, n) => {
    const wishes = { ...wishesOf(n, all), wearer }
    const before = performance.now()
    bestSwaps(all, asWorn(all, wearer), wishes, SWAPS)
    swapsMs += performance.now() - before
    const { answer, ms } = only(all, wishes)
    solved.push(ms)
    if (answer.status !== 'STOPPED') proved++
  })
  return {
    bench: 'suits',
    name: `advice for ${wearers.length} characters among ${all.length.toLocaleString('en')} candidates`,
    unit: 's',
    better: 'less',
    ours: (performance.now() - begun) / 1_000,
    control: null,
    against: null,
    beside: {
      proved,
      'processor s': cpuMs(cpu) / 1_000,
      'swaps s': swapsMs / 1_000,
      'best suit p50 ms': percentile(solved, 0.5),
      'best suit max ms': Math.max(...solved),
    },
  }
}

/**
 * Solved in this very thread, from candidates that are read: what a worker does.
 * @param sizes so many candidates, drawn among all
 */
export async function benchSuits(sizes: readonly number[] = SIZES): Promise<Figure[]> {
  const dataDir = await tempFolder('suits')
  await using database = await openDatabase({ dataDir })
  const pool = openPool(database.url, { name: 'bench', pipeline: true })
  try {
    const { candidates: all, ms: readMs } = await stored(pool)
    console.error(`  ${all.length} candidates`)
    const figures: Figure[] = []
    for (const size of sizes) {
      const roll = dice(size)
      const some = all
        .map((one) => [roll(), one] as const)
        .sort((a, b) => a[0] - b[0])
        .slice(0, size)
        .map(([, one]) => one)
      const columns = performance.now()
      wardrobeOf(some)
      const columnsMs = performance.now() - columns
      const queries = Array.from({ length: QUERIES }, (_, n) => wishesOf(n, some))
      for (const query of queries.slice(0, 2)) run(some, query) // compiled code
      const runs = queries.map((query) => run(some, query))
      const control: number[] = []
      for (const [n, query] of queries.slice(0, CONTROLS).entries()) {
        const begun = performance.now()
        const value = await oracle(some, query)
        control.push(performance.now() - begun)
        const { suit, status } = runs[n]!.answer
        if (status === 'OPTIMAL' && suit?.score.total !== value)
          throw new Error(`${suit?.score.total} instead of ${value}`)
      }
      const shares = queries.slice(0, DEPTH_FIRST).map((query, n) => {
        const value = depthFirst(some, query, DEPTH_FIRST_MS)
        const ours = runs[n]!.answer.suit?.score.total
        return ours ? Math.round((100 * value) / ours) : Number.NaN
      })
      const of = (part: (run: Run) => number, share: number) => percentile(runs.map(part), share)
      figures.push({
        bench: 'suits',
        name:
          `the best of ${some.length.toLocaleString('en')} candidates with proof, ` +
          `${SPELLS} cantrips, two sets, p50`,
        unit: 'ms',
        better: 'less',
        ours: of(({ ms }) => ms, 0.5),
        control: percentile(control, 0.5),
        against: `HiGHS on the first ${CONTROLS}`,
        beside: {
          p95: of(({ ms }) => ms, 0.95),
          max: Math.max(...runs.map(({ ms }) => ms)),
          'first suit p50': of(({ firstMs }) => firstMs, 0.5),
          'first suit p95': of(({ firstMs }) => firstMs, 0.95),
          'what-if p50': of(({ againMs }) => againMs, 0.5),
          'what-if p95': of(({ againMs }) => againMs, 0.95),
          proved: runs.filter(({ answer }) => answer.status !== 'STOPPED').length,
          [`depth first after ${DEPTH_FIRST_MS / 1_000} s, % of ours`]: shares.join(' and '),
          'processor p50': of(({ cpuMs }) => cpuMs, 0.5),
          'processor max': Math.max(...runs.map(({ cpuMs }) => cpuMs)),
          'what-if max': Math.max(...runs.map(({ againMs }) => againMs)),
          'cold read of all': readMs,
          'columns of what was read': columnsMs,
        },
      })
    }
    figures.push(advice(all))
    return figures
  } finally {
    await pool.end()
    await rm(dataDir, { recursive: true, force: true })
  }
}
