// What an item becomes by the records that name its id, against a model of the rules.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pool } from '../../../shared/db/pool.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { testWriter } from '../../writer/testing/test-writer.ts'

interface Known {
  name: string
  weenie: number
  container: number
  worn: number | null
  appraised: boolean
  figures: Record<string, number | null>
  ints: Record<string, number>
}
interface Report {
  isFull: boolean
  appraised: boolean
  which: 0 | 1
  container: number
  worn: number | null | undefined
  ints: Record<string, number>
}

/** The figures with a column, by their key in the bag of whole numbers. */
const FIGURES = { burden: '5', value: '19', armor_level: '28', workmanship: '105', material: '131', tinks: '171' }
const NAMES = ['Girth', 'Orb']
const WEENIE = '218103808'
const WORN = '10'

/** The rules INV2, INV14 and INV15 in as few words as possible. */
function model(before: Known | null, { isFull, appraised, which, container, worn, ints }: Report): Known {
  const same = before?.weenie === which ? before : null
  const bag = { ...(appraised ? {} : same?.ints), ...ints }
  const figures = Object.entries(FIGURES).map(([column, key]) => {
    const kept = appraised ? null : (same?.figures[column] ?? null)
    return [column, ints[key] ?? kept] as const
  })
  const unnamed = isFull || appraised || container !== same?.container ? null : same.worn
  return {
    name: NAMES[which]!,
    weenie: which,
    container,
    worn: worn === undefined ? unnamed : worn,
    appraised: appraised || (same?.appraised ?? false),
    figures: Object.fromEntries(figures),
    ints: bag,
  }
}

const record = ({ appraised, which, container, worn, ints }: Report) => ({
  Id: 7,
  HasIdData: appraised,
  Name: NAMES[which],
  ContainerId: container,
  IntValues: { ...ints, ...(worn === undefined ? {} : { [WORN]: worn ?? 0 }), [WEENIE]: which },
})
const frameOf = (report: Report) =>
  report.isFull
    ? { type: 'full_inventory', character_name: 'Larsson', server: 'S', items: [record(report)] }
    : { type: 'inventory_delta', character_name: 'Larsson', server: 'S', action: 'update', item: record(report) }

const anyReport = fc.record<Report>({
  isFull: fc.boolean(),
  appraised: fc.boolean(),
  which: fc.constantFrom<0 | 1>(0, 1),
  container: fc.integer({ min: 1, max: 2 }),
  worn: fc.constantFrom(undefined, null, 4, 8),
  ints: fc.dictionary(fc.constantFrom(...Object.values(FIGURES), '107'), fc.integer({ min: 1, max: 3 }), {
    maxKeys: 4,
  }),
})

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase()
  pool = database.pool
})
afterAll(() => database[Symbol.asyncDispose]())

async function stored() {
  const { rows } = await pool.query<Record<string, unknown> & { int_values: Record<string, number> }>(
    `select name, container_id, wielded_location, appraised_at is not null as appraised, int_values,
       ${Object.keys(FIGURES).join(', ')} from items`,
  )
  const { name, container_id: container, wielded_location: worn, appraised, int_values, ...figures } = rows[0]!
  const { [WEENIE]: weenie, [WORN]: _, ...ints } = int_values
  return { name, weenie, container, worn, appraised, figures, ints }
}

describe('[INV2] [INV14] [INV15] an item after records of two items that share its id', () => {
  it.each([
    ['batch by batch', true],
    ['in one batch', false],
  ])('is what the rules make of them, in any order, %s', async (_, isEach) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyReport, { minLength: 1, maxLength: 6 }), async (reports) => {
        await pool.query('delete from items')
        const writer = testWriter(pool)
        for (const [n, report] of reports.entries()) {
          writer.queue(Date.UTC(2026, 5, 1) + n * 1_000, frameOf(report))
          if (isEach) await writer.flush()
        }
        await writer.flush()
        expect(await stored()).toEqual(reports.reduce<Known | null>(model, null))
      }),
      { numRuns: 150 },
    )
  })
})
