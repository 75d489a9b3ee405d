import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ensureDays } from '../partitions.ts'
import { packAll } from '../../testing/pack-all.ts'
import { testDatabase } from '../../testing/test-database.ts'
import type { Pool } from '../pool.ts'
import { packBlocks, type ColumnLists } from './block.ts'
import { BLOCK_TABLES, STEP_BLOCKS, type BlockColumn, type BlockTable, type ColumnKind } from './columns.ts'
import { EPOCH_US, momentOfMs, msOf, readValues, rowsWithin, selectBlocks } from './read-blocks.ts'
import { Words } from './words.ts'

const DAY_MS = 86_400_000
const now = new Date()
const day = Math.floor(now.getTime() / DAY_MS - 4) * DAY_MS

const real = fc.oneof(
  fc.float({ noNaN: false }),
  fc.integer({ min: -10_000, max: 10_000 }).map((tenths) => Math.fround(tenths / 10)),
  fc.constantFrom(-0, 0, Infinity, -Infinity, NaN, Math.fround(1e-45), Math.fround(3.4028235e38)),
)
const int = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.integer({ min: 0, max: 400 }))
/** How much later than its frame says, in microseconds: clocks jump by years. */
const late = fc.oneof(fc.constant(0), fc.nat(5_000_000), fc.integer({ min: -(2 ** 51), max: 2 ** 51 }))
/** Times between frames: many at one moment, pauses. */
const pause = fc.oneof(fc.constant(2_000_000), fc.constant(0), fc.nat(3_000), fc.nat(60_000_000))

/** The values of a column of so many rows: one for all, few, any, some of them null, all null. */
const columnOf = (value: fc.Arbitrary<number>, rows: number): fc.Arbitrary<(number | null)[]> => {
  const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: rows, maxLength: rows })
  return fc.oneof(
    fc.oneof(value, fc.constant(null)).map((one) => new Array<number | null>(rows).fill(one)),
    fc.tuple(value, value).chain((two) => list(fc.constantFrom<number | null>(...two, null))),
    list(value),
    list(fc.option(value, { freq: 3 })),
  )
}

const texts = fc.oneof(
  fc.constantFrom('combat', 'navigation', 'idle', '', 'NULL', '{"a", b}', "Ünicode\n'☃"),
  fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
)

/** Rows of a character within an hour, its words as numbers of `words`. */
const someRows = ({ columns }: BlockTable, words: Words) =>
  fc.integer({ min: 1, max: 90 }).chain((rows) => {
    const pauses = fc.array(pause, { minLength: rows, maxLength: rows })
    const valueOf = {
      real,
      int,
      moment: int,
      late: int,
      word: texts.map((text) => words.numberOf(text)),
      flag: fc.constantFrom(0, 1),
    }
    const others = columns.map(({ kind }) => columnOf(valueOf[kind], rows))
    const lates = fc.array(late, { minLength: rows, maxLength: rows })
    return fc.tuple(pauses, lates, fc.tuple(...others), fc.nat(22)).map(([pauses, lates, values, hour]) => {
      let at = momentOfMs(day + hour * 3_600_000)
      const end = at + 3_599_999_999
      const receivedAt = pauses.map((length) => (at = Math.min(end, at + length)))
      const listOf = ({ kind }: BlockColumn, n: number): (number | null)[] => {
        if (kind === 'moment') return receivedAt
        if (kind === 'late') return receivedAt.map((moment, row) => moment - lates[row]!)
        return kind === 'flag' ? values[n]!.map((value) => value ?? 0) : values[n]!
      }
      return Object.fromEntries(columns.map((column, n) => [column.name, listOf(column, n)])) as ColumnLists
    })
  })

/** A real or whole number as SQL reads it. */
const written = (value: number | null) => (Object.is(value, -0) ? '-0' : value === null ? null : String(value))
const TYPES: Record<ColumnKind, string> = {
  moment: 'timestamptz',
  late: 'timestamptz',
  int: 'int',
  real: 'real',
  word: 'text',
  flag: 'boolean',
}
const moment = (value: number) =>
  `${new Date(Math.floor(msOf(value))).toISOString().slice(0, -1)}${String(((value % 1000) + 1000) % 1000).padStart(
    3,
    '0',
  )}Z`

/** Steps as blocks of their own have them: character, moment, place, state. */
async function stepsInBlocks(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: number; blocks: Buffer | null }>(
    `select id, (${selectBlocks(STEP_BLOCKS, STEP_BLOCKS.columns, 'b.character_id = id')}) as blocks
     from generate_series(0, 149) id`,
  )
  return rows
    .flatMap(({ id, blocks }) => {
      const words = new Words()
      const lists = rowsWithin(STEP_BLOCKS.columns, blocks, () => true, words)
      return lists['received_at']!.map((receivedAt, n) => {
        const state = lists['state']![n]!
        return JSON.stringify([id, receivedAt, lists['ew']![n], state === null ? null : words.list[state]])
      })
    })
    .sort()
}

/** The same of all rows. */
async function stepsOfHistory(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: number; us: string; ew: number; state: string | null }>(
    `select character_id as id, (extract(epoch from received_at) * 1e6)::bigint::text as us, ew, state
     from telemetry_history where step`,
  )
  expect(rows.length).toBeGreaterThan(500)
  return rows.map(({ id, us, ew, state }) => JSON.stringify([id, Number(us) - EPOCH_US, Math.fround(ew), state])).sort()
}

describe.each(BLOCK_TABLES.map((table) => [table.table, table] as const))('rows of %s in blocks', (_, table) => {
  const { columns } = table

  it('[PAK1] are the same rows when they are read, bit for bit, all of them and one by one', () => {
    const words = new Words()
    fc.assert(
      fc.property(fc.array(someRows(table, words), { minLength: 1, maxLength: 3 }), (pieces) => {
        const rows: ColumnLists = Object.fromEntries(
          columns.map(({ name }) => [name, pieces.flatMap((piece) => piece[name]!)]),
        )
        const blocks = packBlocks(table, rows, words)
        for (const column of columns) {
          expect(blocks.flatMap((block) => readValues(column, block, words))).toEqual(rows[column.name])
          const single = blocks.flatMap((block) =>
            Array.from({ length: block.rows }, (_, n) => readValues(column, block, words, n, n + 1)[0]),
          )
          expect(single).toEqual(rows[column.name])
        }
      }),
      { numRuns: 200 },
    )
  })

  it('[PAK1] are the same rows for SQL', async () => {
    await using database = await testDatabase(now, { max: 3 })
    const { pool } = database
    await ensureDays(pool, [new Date(day).toISOString()])
    const words = new Words()
    const characters = fc.sample(someRows(table, words), { numRuns: 150, seed: 19 })
    const writtenOf = (kind: ColumnKind, value: number | null) => {
      if (value === null) return null
      if (kind === 'moment' || kind === 'late') return moment(value)
      if (kind === 'word') return words.list[value]!
      return kind === 'flag' ? value === 1 : written(value)
    }
    const types = columns.map(({ kind }, n) => `$${n + 2}::${TYPES[kind]}[]`)
    // What a table has to have is there in every row.
    const isNeeded = (name: string) => table.table === 'telemetry' && (name === 'ew' || name === 'ns')
    for (const [id, rows] of characters.entries()) {
      const lists = columns.map(({ name, kind }) =>
        rows[name]!.map((value) => writtenOf(kind, isNeeded(name) ? (value ?? 0) : value)),
      )
      await pool.query(
        `insert into ${table.table} (character_id, ${columns.map(({ name }) => name).join(', ')})
         select $1, r.* from unnest(${types.join(', ')}) r`,
        [id, ...lists],
      )
    }
    const all = async () => {
      const { rows } = await pool.query<{ row: string }>(
        `select (character_id, ${columns.map(({ name }) => name).join(', ')})::text as row
         from ${table.table}_history order by 1`,
      )
      return rows.map(({ row }) => row)
    }
    const before = await all()
    expect(before.length).toBeGreaterThan(3_000)
    const packed = await packAll(pool, { now })
    expect(packed.reduce((sum, { rows }) => sum + rows, 0)).toBe(before.length)
    expect(await all()).toEqual(before)
    if (table.marked) expect(await stepsInBlocks(pool)).toEqual(await stepsOfHistory(pool))
  })
})
