import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { openPool, type Pool } from '../pool.ts'
import { retain } from './retain.ts'
import type { Retention } from './periods.ts'

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.url, { name: 'retention', max: 2 })
})
afterAll(async () => {
  await pool.end()
  await database[Symbol.asyncDispose]()
})

it('removes sessions of assistants with their steps, and how worlds looked, after their days and no earlier', async () => {
  await pool.query(
    `with s as (
       insert into trace_sessions (source, key, reporter, used_at)
       select 't', key, 'bot', now() - days * interval '1 day' from (values ('old', 31), ('new', 29)) v (key, days)
       returning id, key)
     insert into trace_steps (session_id, call, kind, step, tool, mode, outcome, started_at)
     select id, key, 'CALL', 1, 'look', 'god', 'OK', now() from s`,
  )
  await pool.query(
    `insert into world_frames (world, seq, view, at)
     select 'demo', days, '{}', now() - days * interval '1 day' from unnest(array[4, 2]) days`,
  )
  const retention = { trace_sessions: 30, world_frames: 3 } as Partial<Retention> as Retention
  expect(await retain(pool, retention, new Date())).toEqual(['trace_sessions: 1', 'world_frames: 1'])
  const left = await pool.query('select key, call from trace_sessions s join trace_steps t on t.session_id = s.id')
  expect(left.rows).toEqual([{ key: 'new', call: 'new' }])
  expect((await pool.query('select seq from world_frames')).rows).toEqual([{ seq: 2 }])
})
