// The day of the tests.
import { afterAll, beforeAll } from 'vitest'
import type { Pool } from '../../../shared/db/pool.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { testWriter, type TestWriter } from './test-writer.ts'

/** The moment tests begin at. */
export const NOON = Date.parse('2026-06-20T12:00:00Z')
export const stamp = (second: number) => new Date(NOON + second * 1000).toISOString()

/** A test writer on a database of its own, at noon, for the tests of one file; available once they begin. */
export function testWriterAtNoon() {
  let database: TestDatabase
  const there = {} as TestWriter & { readonly pool: Pool }
  /** Another process on the same database. */
  const other = {} as TestWriter
  beforeAll(async () => {
    database = await testDatabase(new Date(NOON))
    Object.assign(there, testWriter(database.pool), { pool: database.pool })
    Object.assign(other, testWriter(database.pool))
  })
  afterAll(() => database[Symbol.asyncDispose]())
  let names = 0
  return {
    at: there,
    other,
    rowsOf: async <R>(text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows as R[],
    newName: () => `Character ${names++}`,
  }
}
