// Brings a database with rows in it up to date, step by step, while others write.
import { setTimeout as wait } from 'node:timers/promises'
import type { Dialect } from '../dialect/dialect.ts'
import type { Client } from '../pool.ts'
import { createLiveIndex, LOCK_MS, partitionsOf } from './live-index.ts'
import { indexesOf, type Step } from './steps.ts'

/** A migration that is to be run. */
export interface Pending {
  name: string
  steps: readonly Step[]
}

const PAUSE_MS = 1_000

/**
 * Runs migrations on a connection that holds the lock of migrations. Each step is committed by itself; the next call
 * goes on after the last one that was. `record` notes within a transaction that a migration is done.
 */
export async function upgrade(
  client: Client,
  dialect: Dialect,
  pending: readonly Pending[],
  record: (name: string) => Promise<void>,
): Promise<void> {
  await client.query(`set statement_timeout = 0; set lock_timeout = ${LOCK_MS}; set enable_seqscan = on`)
  try {
    await client.query('create table if not exists migration_steps (name text, step int, primary key (name, step))')
    for (const { name, steps } of pending) {
      const { rows } = await client.query<{ step: number }>('select step from migration_steps where name = $1', [name])
      const done = new Set(rows.map((row) => row.step))
      const last = steps.length - 1
      for (const [i, step] of steps.entries()) {
        if (done.has(i)) continue
        await patiently(client, () => run(client, dialect, step, () => note(client, name, i, i === last, record)))
      }
    }
    await patiently(client, () => client.query('drop table migration_steps'))
  } finally {
    await client.query('reset statement_timeout; reset lock_timeout; reset enable_seqscan').catch(() => undefined)
  }
}

async function note(
  client: Client,
  name: string,
  step: number,
  isLast: boolean,
  record: (name: string) => Promise<void>,
): Promise<void> {
  if (!isLast) return void (await client.query('insert into migration_steps values ($1, $2)', [name, step]))
  await record(name)
  await client.query('delete from migration_steps where name = $1', [name])
}

/** Tries again while others hold what it needs: 55P03 is a lock not had in time, 40P01 a deadlock. */
async function patiently<T>(client: Client, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const { code } = error as { code?: string }
      await client.query('rollback').catch(() => undefined) // the error is the one that counts
      if (code !== '55P03' && code !== '40P01') throw error
      await wait(PAUSE_MS)
    }
  }
}

async function run(client: Client, dialect: Dialect, step: Step, done: () => Promise<void>): Promise<void> {
  if (step.kind === 'transaction') {
    await client.query('begin')
    await client.query(dialect.create(step.sql))
    await done()
    await client.query('commit')
    return
  }
  if (step.kind === 'commits') await client.query(step.sql)
  else if (step.kind === 'indexes') await createIndexes(client, dialect, step)
  else
    for (const day of await lastDays(client, step))
      for (const statement of statementsFor(step.sql, day)) await client.query(statement)
  await client.query('begin')
  await done()
  await client.query('commit')
}

async function createIndexes(client: Client, dialect: Dialect, step: Step & { kind: 'indexes' }): Promise<void> {
  if (step.needs && !(await hasExtension(client, step.needs))) return
  // A hypertable has no days of its own that could be indexed one by one.
  if (dialect.name === 'timescale') return void (await client.query(step.sql))
  for (const index of indexesOf(step.sql)) await createLiveIndex(client, index)
}

/** Runs a step as a part of the caller's transaction: of a database that is empty, or that nobody else uses. */
export async function runWithin(client: Client, dialect: Dialect, step: Step): Promise<void> {
  if (step.kind === 'days') {
    for (const day of await lastDays(client, step))
      await client.query(step.sql.replaceAll(':day', day).replaceAll(' concurrently', ''))
  } else if (step.kind !== 'indexes' || !step.needs || (await hasExtension(client, step.needs)))
    await client.query(dialect.create(step.sql))
}

async function lastDays(client: Client, { table, days }: Step & { kind: 'days' }): Promise<string[]> {
  const since = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  return (await partitionsOf(client, table)).filter((name) => name >= `${table}_${since}`)
}

/** One by one: statements that are sent together are one transaction, in which nothing is done concurrently. */
const statementsFor = (sql: string, day: string): string[] =>
  sql
    .replaceAll(':day', day)
    .split(';')
    .filter((text) => text.trim())

async function hasExtension(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query('select from pg_extension where extname = $1', [name])
  return rows.length > 0
}
