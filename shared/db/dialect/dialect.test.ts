import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Client } from '../pool.ts'
import { TIME_TABLES } from '../partitions.ts'
import { partitions } from './partitions.ts'
import { timescale } from './timescale.ts'

const folder = path.join(import.meta.dirname, '..', 'migrations')
const migrations = readdirSync(folder)
  .map((file) => readFileSync(path.join(folder, file), 'utf8'))
  .join('\n')

describe('the dialect of TimescaleDB', () => {
  it('makes a hypertable of every time series, and leaves the rest of a migration as it is', () => {
    const made = timescale.create(migrations)
    expect(made).not.toContain('partition by range')
    for (const table of TIME_TABLES)
      expect(made).toContain(
        `select create_hypertable('${table}', 'received_at', chunk_time_interval => interval '1 day',
          create_default_indexes => false);`,
      )
    expect(made).toContain('create index on telemetry (character_id, received_at);')
    expect(timescale.create('create table a (\n  b int\n);')).toBe('create table a (\n  b int\n);')
  })

  it('compresses only where the licence lets it', () => {
    expect(timescale.create(migrations)).toMatch(
      /if current_setting\('timescaledb.license', true\) = 'timescale' then\s+alter table chat set \(timescaledb\.compress/,
    )
  })

  it('drops chunks itself', async () => {
    const asked: unknown[] = []
    const client = { query: (...args: unknown[]) => (asked.push(args), Promise.resolve({ rows: [{ chunk: 'c1' }] })) }
    expect(await timescale.dropOld(client as unknown as Client, 'chat', new Date(0))).toEqual(['c1'])
    expect(asked).toEqual([
      [
        'select drop_chunks($1::regclass, older_than => $2::timestamptz)::text as chunk',
        ['chat', '1970-01-01T00:00:00.000Z'],
      ],
    ])
  })
})

describe('the dialect of partitions', () => {
  it('takes migrations as they are', () => expect(partitions.create(migrations)).toBe(migrations))
})
