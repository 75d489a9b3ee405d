import { appendFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowList } from '../../../shared/contract/redact-trace.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'
import { TraceJournal } from './journal.ts'
import { traceQueue } from './queue.ts'
import { readReport, type TraceReport } from './report.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase
let pool: Pool
let folder: string
let made = 0
beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.url, { name: 'journal', max: 2, pipeline: true })
  folder = await tempFolder('journal')
})
afterAll(async () => {
  await pool.end()
  await database[Symbol.asyncDispose]()
})

const reportOf = (session_id: string, tool: string) =>
  readReport(
    { session_id, tool },
    { source: 'j', reporter: 'bot', allowed: allowList(), now: new Date(), newCall: () => `n${made++}` },
  ) as TraceReport
const toolsOf = async (key: string) =>
  (
    await pool.query<{ tool: string; step: number }>(
      `select t.tool, t.step from trace_steps t join trace_sessions s on s.id = t.session_id where s.key = $1
       order by t.id`,
      [key],
    )
  ).rows

describe('reports that were accepted', () => {
  it('are stored by the next process when the first ended before it could, each once and in order', async () => {
    // The first process never gets to store: its schema is not there.
    const first = traceQueue({
      pool,
      pubsub: memoryPubSub(),
      log,
      journal: new TraceJournal(folder, log),
      ready: new Promise(() => undefined),
    })
    for (const tool of ['a', 'b', 'c']) expect(first.add(reportOf('killed', tool))).toBe(true)
    appendFileSync(path.join(folder, 'traces.jsonl'), '{"half": "a li')

    const journal = new TraceJournal(folder, log)
    expect(journal.left).toHaveLength(3)
    const next = traceQueue({ pool, pubsub: memoryPubSub(), log, journal })
    next.add(reportOf('killed', 'd'))
    await until('all are stored', async () => (await toolsOf('killed')).length === 4)
    expect(await toolsOf('killed')).toEqual(['a', 'b', 'c', 'd'].map((tool, at) => ({ tool, step: at + 1 })))
    await until('it is empty', async () => (await readFile(path.join(folder, 'traces.jsonl'))).length === 0)
    await next[Symbol.asyncDispose]()
  })

  it('do not hold up an end before the schema is there, and stay on disk', async () => {
    const own = await tempFolder('journal-end')
    const away = openPool('postgres://127.0.0.1:1/none', { name: 'away', max: 1, pipeline: true })
    const options = { pool: away, pubsub: memoryPubSub(), log, journal: new TraceJournal(own, log) }
    const queue = traceQueue({ ...options, ready: new Promise(() => undefined) })
    queue.add(reportOf('waits', 'a'))
    await queue[Symbol.asyncDispose]()
    await away.end()
    using journal = new TraceJournal(own, log)
    expect(journal.left.map(({ tool }) => tool)).toEqual(['a'])
  })

  it('are one step if they were stored before', async () => {
    const report = reportOf('again', 'a')
    for (let time = 0; time < 2; time++) {
      const queue = traceQueue({ pool, pubsub: memoryPubSub(), log, journal: new TraceJournal(folder, log) })
      queue.add(report)
      await queue[Symbol.asyncDispose]()
    }
    expect(await toolsOf('again')).toEqual([{ tool: 'a', step: 1 }])
  })

  it('are all stored but for those that the database refuses, also if it goes away meanwhile', async () => {
    await pool.query(`create sequence ends;
      create function refuse() returns trigger language plpgsql as $$ begin
        if new.tool = 'refused' then raise exception 'refused'; end if;
        -- What a sequence counted outlives the connection.
        if new.tool = 'ends' and nextval('ends') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
        return new;
      end $$;
      create trigger refuse before insert on trace_steps for each row execute function refuse()`)
    const own = await tempFolder('journal-refused')
    await using queue = traceQueue({ pool, pubsub: memoryPubSub(), log, journal: new TraceJournal(own, log) })
    for (const tool of ['a', 'refused', 'ends', 'b']) queue.add(reportOf('refused', tool))
    await until('the rest', async () => (await toolsOf('refused')).length === 3)
    expect((await toolsOf('refused')).map(({ tool }) => tool)).toEqual(['a', 'ends', 'b'])
  })

  it('are flushed together soon after they were accepted, also into a journal that was written again', async () => {
    const own = await tempFolder('journal-flush')
    const messages: string[] = []
    const journal = new TraceJournal(own, pino({ level: 'warn' }, { write: (line: string) => messages.push(line) }))
    for (const tool of ['a', 'b']) journal.add(reportOf('flushed', tool))
    await until('a flush', () => journal.flushes > 0)
    expect(journal.flushes).toBe(1)
    journal.add(reportOf('flushed', 'c'))
    journal.rewrite([reportOf('flushed', 'c')])
    await until('another one', () => journal.flushes === 2)
    journal.add(reportOf('flushed', 'd'))
    journal.clear()
    journal[Symbol.dispose]()
    expect(messages).toEqual([])
  })

  it('stay in a journal that is written again, which goes on', async () => {
    using journal = new TraceJournal(folder, log)
    const reports = ['a', 'b', 'c'].map((tool) => reportOf('long', tool))
    reports.forEach((report) => journal.add(report))
    journal.rewrite(reports.slice(1))
    journal.add(reports[0]!)
    using again = new TraceJournal(folder, log)
    expect(again.left.map(({ tool }) => tool)).toEqual(['b', 'c', 'a'])
  })
})
