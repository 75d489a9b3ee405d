import { afterAll, beforeAll, expect, it } from 'vitest'
import { watchServer } from '../../../ingest/schedule/server-health.ts'
import type { ProbeAnswer } from '../../../ingest/schedule/server-probe.ts'
import { topic } from '../../../shared/contract/topics.ts'
import { GAME_SERVER_TOPIC, type AlertEvent, type GameServerEvent } from '../../../shared/contract/watch.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { createLog } from '../../../shared/log.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { until } from '../../../shared/testing/until.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase(new Date(), { max: 6 })
  pool = database.pool
})
afterAll(() => database?.[Symbol.asyncDispose]())

it('[SRV2] of two processes, one probes at a time; down and up are published once each', async () => {
  const pubsub = memoryPubSub()
  const alerts: AlertEvent[] = []
  const states: string[] = []
  await pubsub.subscribe(topic('alert'), (event) => alerts.push(event as AlertEvent))
  await pubsub.subscribe(GAME_SERVER_TOPIC, (event) => states.push((event as GameServerEvent).state))
  let answer: ProbeAnswer = { state: 'UP', latencyMs: 5 }
  let asking = 0
  let most = 0
  const probe = async () => {
    most = Math.max(most, ++asking)
    await new Promise(setImmediate)
    asking--
    return answer
  }
  const options = {
    pool,
    pubsub,
    log: createLog('silent'),
    name: 'Coldeve',
    address: 'x:1',
    countsUrl: null,
    probe,
    everyMs: 60,
  }
  await using one = watchServer(options)
  await using two = watchServer(options)
  void [one, two]
  await until('up', () => states.at(-1) === 'UP')
  expect(alerts).toEqual([])
  answer = { state: 'DOWN', latencyMs: null }
  await until('down', () => states.at(-1) === 'DOWN')
  answer = { state: 'UNKNOWN', latencyMs: null }
  const looks = states.length
  await until('more looks', () => states.length > looks + 2)
  expect(states.at(-1)).toBe('DOWN')
  answer = { state: 'UP', latencyMs: 7 }
  await until('up again', () => states.at(-1) === 'UP' && alerts.length === 2)
  expect(alerts.map(({ kind, character, text }) => [kind, character, text])).toEqual([
    ['SERVER_DOWN', null, 'Coldeve does not answer'],
    ['SERVER_UP', null, 'Coldeve answers again'],
  ])
  expect(most).toBe(1)
  const { rows } = await pool.query<{ state: string }>('select state from game_server_history order by at')
  expect(rows.map(({ state }) => state)).toEqual(['UP', 'DOWN', 'UP'])
})
