import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken, revokeToken } from '../../../shared/auth/token.ts'
import { PEOPLE_TOPIC } from '../../../shared/contract/people.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'
import { GAME_CALLS_TOPIC, GAME_ENDED_TOPIC } from '../../../shared/contract/game.ts'
import { followAssistant } from './assistant.ts'
import { followGame } from './game.ts'
import { traceDoor } from './door.ts'
import { traceQueue, type TraceQueue } from './queue.ts'
import { allowList } from '../../../shared/contract/redact-trace.ts'
import { knownTokens } from './known-tokens.ts'

let database: TestDatabase
let pool: Pool
let server: Server
let queue: TraceQueue
let secret: string
const pubsub = memoryPubSub()

beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.url, { name: 'traces', max: 4, pipeline: true })
  secret = (await createToken(pool, 'gateway', ['trace'])).secret
  queue = traceQueue({ pool, pubsub, log: pino({ level: 'silent' }) })
  await followAssistant(pubsub, queue)
  await followGame(pubsub, queue, () => new Date())
  const door = traceDoor({ queue, tokens: await knownTokens(pool, pubsub, 'trace'), allowed: allowList() })
  server = createServer((request, response) => void door(request, response, '/trace')).listen(0)
})
afterAll(async () => {
  server.close()
  await queue[Symbol.asyncDispose]()
  await pool.end()
  await database[Symbol.asyncDispose]()
})

const post = async (body: object, token = secret) => {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/trace`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  await answer.arrayBuffer()
  return answer.status
}
const stepsOf = async (key: string) =>
  (
    await pool.query<{ step: number; tool: string; outcome: string; owner: string | null; result: unknown }>(
      `select t.step, t.tool, t.outcome, s.owner_id::text as owner, t.result from trace_steps t
       join trace_sessions s on s.id = t.session_id where s.key = $1 and t.kind = 'CALL' order by t.id`,
      [key],
    )
  ).rows
const hasSteps = (key: string, count: number) => until('steps', async () => (await stepsOf(key)).length === count)

describe('a report', () => {
  it('is answered before it is stored, and stored in its order', async () => {
    await post({ session_id: 'first', tool: 'a' }) // from now on the token is known
    const client = await pool.connect()
    await client.query('begin; lock table trace_sessions')
    for (const tool of ['a', 'b', 'c']) expect(await post({ session_id: 'locked', tool })).toBe(202)
    await client.query('commit')
    client.release()
    await hasSteps('locked', 3)
    expect(await stepsOf('locked')).toMatchObject([
      { step: 1, tool: 'a' },
      { step: 2, tool: 'b' },
      { step: 3, tool: 'c' },
    ])
  })

  it('of a call that was reported before adds its result', async () => {
    await post({ session_id: 'twice', tool: 'a', call_id: '1' })
    await post({ session_id: 'twice', tool: 'a', call_id: '1', result: { count: 5 } })
    await post({ session_id: 'twice', tool: 'b', call_id: '2' })
    await hasSteps('twice', 2)
    expect((await stepsOf('twice'))[0]!.result).toEqual({ count: 5 })
  })

  it('that counts its step is one step however often the same bytes come; another result is another call', async () => {
    const body = { session_id: 'resent', tool: 'a', step: 1, input: { count: 1 } }
    for (let time = 0; time < 3; time++) expect(await post(body)).toBe(202)
    await post({ ...body, result: { count: 2 } })
    await post({ session_id: 'resent', tool: 'uncounted' })
    await post({ session_id: 'resent', tool: 'uncounted' })
    await hasSteps('resent', 4)
    expect((await stepsOf('resent')).map(({ tool }) => tool)).toEqual(['a', 'a', 'uncounted', 'uncounted'])
  })

  it.each([
    ['deep', `{"session_id":"odd","tool":"deep","step":1,"input":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 202],
    [
      'deep keys',
      `{"session_id":"odd","tool":"t","input":{"type":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}}`,
      202,
    ],
    ['numbers as text', '{"session_id":7,"tool":"t","step":"12","duration_ms":"5","total_steps":"20"}', 202],
    ['a number without end', '{"session_id":"odd","tool":"t","duration_ms":1e400}', 400],
    ['another type', '{"session_id":["odd"],"tool":"t"}', 400],
    ['only blanks', '{"session_id":" \\u0000 "}', 400],
    ['no object', '"text"', 400],
    ['not all of it', '{"session_id":"odd"', 400],
  ])('with %s is answered, stored or refused, and stops nothing', async (_, text, status) => {
    const { port } = server.address() as AddressInfo
    const answer = await fetch(`http://127.0.0.1:${port}/trace`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: text,
    })
    await answer.arrayBuffer()
    expect(answer.status).toBe(status)
  })

  it('of a call that another one made is stored with it', async () => {
    await post({ session_id: 'tree', tool: 'inner', call_id: '2', parent_id: '1' })
    await post({ session_id: 'tree', tool: 'outer', call_id: '1' })
    await hasSteps('tree', 2)
    const { rows } = await pool.query(
      `select tool, parent from trace_steps t join trace_sessions s on s.id = t.session_id
       where key = 'tree' order by t.id`,
    )
    expect(rows).toEqual([
      { tool: 'inner', parent: '1' },
      { tool: 'outer', parent: null },
    ])
  })

  it('is refused when too many wait, and nothing that was accepted is lost', async () => {
    const client = await pool.connect()
    await client.query('begin; lock table trace_sessions')
    const codes: number[] = []
    while (codes.at(-1) !== 503) codes.push(await post({ session_id: 'many', tool: 'a' }))
    await client.query('commit')
    client.release()
    expect(codes.length).toBeLessThanOrEqual(2_101)
    await hasSteps('many', codes.length - 1)
  }, 60_000)

  it('is refused as soon as its token is revoked', async () => {
    const { token, secret: other } = await createToken(pool, 'other', ['read', 'trace'])
    expect(await post({ session_id: 'x' }, other)).toBe(202)
    await revokeToken(pool, token.id)
    pubsub.publish(PEOPLE_TOPIC, { tokens: [token.id] })
    expect(await post({ session_id: 'x' }, other)).toBe(401)
  })
})

describe('a call of our own assistant', () => {
  it('belongs to the person who asked, and comes with its result', async () => {
    const { rows } = await pool.query<{ turn: string; person: string }>(
      `with u as (insert into users (username, role) values ('asker', 'viewer') returning id),
         s as (insert into assistant_sessions (user_id) select id from u returning id, user_id)
       insert into assistant_turns (session_id, user_id, sign_in, message)
       select id, user_id, gen_random_uuid(), 'q' from s returning id::text as turn, user_id::text as person`,
    )
    const { turn, person } = rows[0]!
    const publish = (kind: string, payload: object) =>
      pubsub.publish('assistant.events.s', { turnId: turn, kind, payload, at: new Date().toISOString() })
    publish('TOOL_CALL', { id: 'c1', name: 'get_live_players', arguments: { first: 3, secret: 'x' } })
    await hasSteps(turn, 1)
    publish('TOOL_RESULT', { id: 'c1', name: 'get_live_players', ok: false, ms: 4, error: 'no' })
    await until('its result', async () => (await stepsOf(turn))[0]!.outcome === 'FAILED')
    expect(await stepsOf(turn)).toMatchObject([{ tool: 'get_live_players', owner: person, result: 'no' }])
  })

  it('[TAB63] of a game is a step that only who spoke may see', async () => {
    const { rows } = await pool.query<{ turn: string; user: string }>(
      `with u as (insert into users (username, role) values ('a player', 'viewer') returning id),
       s as (insert into gm_sessions (owner_id, title, next_secret) select id, 'x', 'x' from u returning id)
       insert into gm_turns (id, session_id, user_id, message, trace, secret, commitment, salt)
         select gen_random_uuid(), s.id, u.id, 'x', gen_random_uuid(), 'x', 'x', '' from u, s
         returning id::text as turn, user_id::text as user`,
    )
    const { turn, user } = rows[0]!
    const call = { turnId: turn, callId: 'c', tool: 'roll_dice', arguments: { dice: 3 }, result: { successes: 2 } }
    pubsub.publish(GAME_CALLS_TOPIC, { ...call, ok: true, at: new Date().toISOString() })
    pubsub.publish(GAME_ENDED_TOPIC, { turnId: turn, sessionId: 'x', isEnd: true })
    await hasSteps(turn, 1)
    expect(await stepsOf(turn)).toEqual([
      { step: 1, tool: 'roll_dice', outcome: 'OK', owner: user, result: { successes: 2 } },
    ])
    await until('the end', async () => {
      const ended = await pool.query('select from trace_sessions where key = $1 and ended_at is not null', [turn])
      return ended.rowCount === 1
    })
  })
})
