import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { knownMigrations } from '../migrate.ts'
import { indexesOf, stepsOf } from './steps.ts'

describe('[OPS11] the text of a migration', () => {
  it('is one transaction without lines of steps', () => {
    expect(stepsOf('-- Why.\nselect 1;\n')).toEqual([{ kind: 'transaction', sql: '-- Why.\nselect 1;\n' }])
  })

  it('is split at its lines of steps; comments before the first one are none', () => {
    const text = `-- Why.
-- step: indexes while others write, with pg_trgm
create index a on b (c);
-- step: each of the last 2 days of telemetry
analyze :day;
-- step: commits on its way
do $$ begin end $$;
`
    expect(stepsOf(text)).toEqual([
      { kind: 'indexes', needs: 'pg_trgm', sql: '\ncreate index a on b (c);\n' },
      { kind: 'days', days: 2, table: 'telemetry', sql: '\nanalyze :day;\n' },
      { kind: 'commits', sql: '\ndo $$ begin end $$;\n' },
    ])
  })

  it('is refused with an unknown step', () => {
    expect(() => stepsOf('-- step: quickly\nselect 1;')).toThrow('There is no such step of a migration: quickly')
  })

  it('has nothing but named indexes in a step of indexes', async () => {
    expect(indexesOf('-- Why.\ncreate index a on b (c) where d;\n')).toEqual([
      { name: 'a', table: 'b', rest: '(c) where d' },
    ])
    expect(() => indexesOf('create index on b (c);')).toThrow('another statement: create index on b (c)')
    for (const name of await knownMigrations()) {
      const text = await readFile(path.join(import.meta.dirname, '../migrations', name), 'utf8')
      for (const step of stepsOf(text)) if (step.kind === 'indexes') expect(indexesOf(step.sql), name).not.toEqual([])
    }
  })
})
