import { readFileSync } from 'node:fs'
import path from 'node:path'
import { loadModule } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'
import { viewNames } from '../views.ts'
import { guard } from './guard.ts'

const read = (file: string) => JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')) as unknown
const hostile = Object.entries(read('hostile.json') as Record<string, string[]>)
const ordinary = read('ordinary.json') as string[]

beforeAll(() => loadModule())

const reasonOf = (statement: string) => {
  const guarded = guard(statement)
  return guarded.ok ? expect.fail(`passed: ${statement} as ${guarded.sql}`) : guarded.reason
}
const passed = (statement: string) => {
  const guarded = guard(statement)
  return guarded.ok ? guarded : expect.fail(`refused: ${statement}: ${guarded.reason}`)
}

describe('a hostile statement', () => {
  it.each(hostile)('of the layer %s is refused with a reason', (_, statements) => {
    const through = statements.filter((statement) => guard(statement).ok)
    expect(through).toEqual([])
    for (const statement of statements) expect(reasonOf(statement).length, statement).toBeGreaterThan(10)
  })

  it('is refused however long or deep it is, and leaves the parser able to read', () => {
    for (const deep of [
      `select ${'('.repeat(4_900)}1${')'.repeat(4_900)}`,
      `select ${'-'.repeat(1)}${' -'.repeat(4_900)} 1`,
      `select ${'not '.repeat(2_400)}true`,
      `select ${'1+'.repeat(4_900)}1`,
      `select ${"'a'||".repeat(1_900)}'a'`,
      `select ${'case when true then '.repeat(450)}1${' end'.repeat(200)}`,
      `select 1 ${'union select 1 '.repeat(600)}`,
      `select 1 ${'-- x\n'.repeat(10_000)}`,
    ]) {
      const guarded = guard(deep)
      if (guarded.ok) expect(guarded.sql.length).toBeLessThan(100_000)
      passed('select 1')
    }
  })
})

describe('an ordinary statement', () => {
  it.each(ordinary)('passes: %s', (statement) => {
    passed(statement)
  })
})

describe('what is run', () => {
  it('is rebuilt, without comments, and each view with its schema', () => {
    expect(passed('select /* x */ r.name from rares r -- y').sql.replaceAll(/\s+/g, ' ')).toBe(
      'SELECT r.name FROM sql_views.rares AS r',
    )
  })

  it.each([
    'select level from characters order by level fetch first 3 rows with ties',
    'select tier, count(*) from rares group by distinct rollup (tier), cube (tier)',
    'select now() at local',
  ])('means the same, or else it is refused: %s', (statement) => {
    expect(reasonOf(statement)).toContain('cannot be rebuilt unchanged')
  })

  it('reads at most 10,000 rows of a generate_series whose bounds are not written as numbers', () => {
    expect(passed('select n from generate_series(1, (select 100000000)) as n').sql).toContain('LIMIT 10000')
  })

  it('passes again, as the text that was made of it', () => {
    for (const statement of ordinary) {
      const { sql } = passed(statement)
      expect(passed(sql).ok, sql).toBe(true)
    }
  })
})

describe('a refusal', () => {
  it.each([
    ['select * from telemtry', 'telemetry'],
    ['select * from vital', 'vitals'],
    ['select * from users', 'All views: characters, telemetry'],
    ['select kils from telemetry', 'kills'],
    ['select t.charater from telemetry t', 'character'],
    ['select percentile(kills) from telemetry', 'percentile_'],
    ['select x.name from rares r', 'There is: r'],
    ["select '1'::oid", 'timestamptz'],
    ['delete from rares', 'Only SELECT'],
    ['select 1; select 2', 'exactly one'],
    ['selec 1', 'syntax error'],
  ])('of %s names what would serve: %s', (statement, named) => {
    expect(reasonOf(statement)).toContain(named)
  })
})

describe('names', () => {
  it('of tables of WITH are visible where Postgres sees them, and nowhere else', () => {
    passed('with a as (select 1 as x), b as (select x from a) select b.x from b')
    passed('select * from (with a as (select 1 as x) select a.x from a) s')
    for (const statement of [
      'with a as (select x from b), b as (select 1 as x) select * from a',
      'select * from (with a as (select 1 as x) select * from a) s, a',
      'with a as (select * from a) select * from a',
    ])
      expect(reasonOf(statement), statement).toMatch(/no view [ab]/)
  })

  it('of what stands beside a subquery are visible within it only after LATERAL', () => {
    passed('select * from characters c, lateral (select c.level as l) s')
    expect(reasonOf('select * from characters c, (select c.level as l) s')).toContain('no c in FROM')
    expect(reasonOf('select * from lateral (select c.level as l) s, characters c')).toContain('no c in FROM')
    expect(reasonOf('select * from characters c, rares r join chat m on c.character = m.character')).toContain(
      'no c in FROM',
    )
  })

  it('of columns that an alias renamed are gone', () => {
    passed('select r.b from rares as r(a, b)')
    expect(reasonOf('select r.id from rares as r(a, b)')).toContain('no column r.id')
  })

  it('of every view pass', () => {
    for (const name of viewNames) passed(`select * from ${name}`)
  })
})

it('refuses lists of columns that double with every level before they grow', () => {
  const nested = Array.from({ length: 40 }, () => 0).reduce((sql) => `select *, * from (${sql}) t`, 'table items')
  const tables = Array.from({ length: 40 }, (_, n) => `t${n + 1} as (select *, * from t${n})`).join()
  const joins = Array.from({ length: 40 }, (_, n) => `t${n + 1} as (select * from (t${n} a cross join t${n} b) c)`)
  for (const sql of [
    nested,
    `with t0 as (table items), ${tables} select 1 from t40`,
    `with t0 as (table items), ${joins.join()} select 1 from t40`,
  ])
    expect(reasonOf(sql)).toContain('at most 1664 columns')
})

it('checks a statement in less than a millisecond of processor time on average', () => {
  const rounds = 5
  for (const statement of ordinary) guard(statement)
  const begun = process.cpuUsage() // what others run at the same time is no part of it
  for (let n = 0; n < rounds; n++) for (const statement of ordinary) guard(statement)
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1000 / (rounds * ordinary.length)).toBeLessThan(1)
})
