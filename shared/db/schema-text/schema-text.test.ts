import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { readSchema } from './read.ts'

const FILE = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'schema.sql')

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

it('docs/schema.sql is what the migrations make; `npm run schema` writes it', async () => {
  expect(await readSchema(database.pool)).toBe(await readFile(FILE, 'utf8'))
})

it('names every kind of object, and a new column, index, view, trigger or function changes the text', async () => {
  const before = await readSchema(database.pool)
  const changes = [
    'alter table characters add column planted int default 7',
    'create index planted_index on characters (last_seen_at, name)',
    'create view planted_view as select name from characters',
    `create function planted() returns trigger language plpgsql as 'begin return new; end'`,
    'create trigger planted_trigger after insert on characters for each row execute function planted()',
    `comment on table characters is 'Planted.'`,
  ]
  let last = before
  for (const change of changes) {
    await database.pool.query(change)
    const now = await readSchema(database.pool)
    expect(now, change).not.toBe(last)
    last = now
  }
  expect(last).toContain('planted integer default 7')
})

it('leaves day partitions out: they are storage', async () => {
  expect(await readSchema(database.pool)).not.toMatch(/telemetry_\d{4}/)
})
