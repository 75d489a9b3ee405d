import { randomUUID } from 'node:crypto'
import { graphql, parse, subscribe, type ExecutionResult } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../shared/auth/audit-chain.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { DEFAULT_DAYS } from '../../../shared/db/retention/periods.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import type { Subgraph } from '../../../shared/serve/subgraph.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'
import { startGuild } from '../start.ts'
import { endStaleTurns } from './watch-turns.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let guild: Subgraph
const pubsub = memoryPubSub()
const AGENT: Viewer = {
  kind: 'token',
  id: randomUUID(),
  name: 'agent',
  role: 'viewer',
  session: null,
  needsPassword: false,
  owner: false,
  only: 'agent',
}

beforeAll(async () => {
  database = await testDatabase()
  const host = {
    databaseUrl: database.url,
    pubsub,
    log: pino({ level: 'silent' }),
    dataDir: '/nowhere',
    key: 'a key for tests only',
    pluginUrl: 'ws://here',
  }
  guild = startGuild(host, {
    SHARED_SECRET: 'a secret for tests only',
    SHARE_LINKS: 'off',
    SHARE_LINK_HOURS: 24,
  })
})
afterAll(async () => {
  await guild[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function aPerson(): Promise<Viewer> {
  const hash = Buffer.from(randomUUID())
  const { rows } = await database.pool.query<{ id: string }>(
    `with u as (insert into users (username, role) values ('u ' || gen_random_uuid(), 'viewer') returning id)
     insert into user_sessions (id_hash, user_id, ends_at) select $1, id, now() + interval '1 day' from u
     returning user_id::text as id`,
    [hash],
  )
  const session = hash.toString('base64url')
  return { kind: 'user', id: rows[0]!.id, name: 'u', role: 'viewer', session, needsPassword: false, owner: false }
}

async function asked<T>(viewer: Viewer, source: string, variableValues: object = {}) {
  const contextValue = guild.contextFor(viewer, 'whole')
  const { data, errors } = await graphql({
    schema: guild.schema,
    source,
    variableValues: { ...variableValues },
    contextValue,
  })
  return { data: data as T, errors, code: errors?.[0]?.extensions['code'] }
}
async function follow<T>(viewer: Viewer, source: string) {
  const contextValue = guild.contextFor(viewer, 'whole')
  const events = await subscribe({ schema: guild.schema, document: parse(source), contextValue })
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events.errors))
  const iterator = events[Symbol.asyncIterator]()
  const next = async () => Object.values((await iterator.next()).value?.data as Record<string, T>)[0] as T
  return { next, end: () => iterator.return!() as Promise<IteratorResult<ExecutionResult>> }
}
const newChat = async (viewer: Viewer) =>
  (
    await asked<{ createAssistantSession: { session: { id: string } } }>(
      viewer,
      'mutation { createAssistantSession { session { id } } }',
    )
  ).data.createAssistantSession.session.id
const ask = (viewer: Viewer, sessionId: string, message = 'who is online') =>
  asked<{ ask: { questionsLeft: number; turn: { id: string } } }>(
    viewer,
    'mutation ($input: AskInput!) { ask(input: $input) { questionsLeft turn { id } } }',
    { input: { sessionId, message } },
  )
interface Reported {
  reportTurnEvents: { over: boolean; lastSeq: number }
}
const report = (turnId: string, events: object[], as = AGENT) =>
  asked<Reported>(as, 'mutation ($i: ReportTurnEventsInput!) { reportTurnEvents(input: $i) { over lastSeq } }', {
    i: { turnId, events },
  })
const event = (seq: number, kind = 'TEXT', payload: unknown = { text: `${seq}` }) => ({ seq, kind, payload })
const kindsOf = async (turnId: string) =>
  (
    await database.pool.query<{ kind: string }>('select kind from assistant_events where turn_id = $1 order by seq', [
      turnId,
    ])
  ).rows.map(({ kind }) => kind)
const TASKS = 'subscription { assistantAsked { kind turnId message actAs history { message answer } } }'
interface Task {
  kind: string
  turnId: string
  message: string
  actAs: string
  history: { message: string; answer: string }[]
}

describe('asking', () => {
  it('is one question at a time, and a refused one leaves nothing behind', async () => {
    const me = await aPerson()
    const chat = await newChat(me)
    const [one, other] = await Promise.all([ask(me, chat), ask(me, chat)])
    expect([one.code, other.code].sort()).toEqual(['TOO_MANY_TRIES', undefined])
    const { rows } = await database.pool.query('select from assistant_turns where session_id = $1', [chat])
    expect(rows).toHaveLength(1)
  })

  it('is 60 questions an hour, counted wherever they were asked; the error says when there is room', async () => {
    const me = await aPerson()
    const chat = await newChat(me)
    await database.pool.query(
      `insert into assistant_turns (session_id, user_id, sign_in, message, asked_at, ended_at)
       select $1, $2, gen_random_uuid(), 'x', now() - make_interval(mins => 59 - n / 2), now()
         from generate_series(0, 58) n`,
      [chat, me.id],
    )
    const last = await ask(me, chat)
    expect(last.data.ask.questionsLeft).toBe(0)
    await asked(me, 'mutation ($id: ID!) { stopTurn(input: { id: $id }) { turn { id } } }', {
      id: last.data.ask.turn.id,
    })
    const { code, errors } = await ask(me, chat)
    expect(code).toBe('TOO_MANY_TRIES')
    const retryAfter = Number(errors![0]!.extensions['retryAfter'])
    expect(retryAfter).toBeGreaterThan(30)
    expect(retryAfter).toBeLessThanOrEqual(60)
    const { rows } = await database.pool.query('select from assistant_turns where session_id = $1', [chat])
    expect(rows).toHaveLength(60)
    await database.pool.query(
      "update assistant_turns set asked_at = asked_at - interval '2 min' where session_id = $1",
      [chat],
    )
    expect((await ask(me, chat)).code).toBeUndefined()
  })

  it('counts the questions of the last hour of a chat that was deleted', async () => {
    const me = await aPerson()
    const chat = await newChat(me)
    await database.pool.query(
      `insert into assistant_turns (session_id, user_id, sign_in, message, asked_at, ended_at)
       select $1, $2, gen_random_uuid(), 'x', now() - make_interval(mins => 45 + n), now()
         from unnest(array[0, 5, 30]) n`,
      [chat, me.id],
    )
    await asked(me, `mutation { deleteAssistantSession(input: { id: "${chat}" }) { deletedSessionId } }`)
    const { data } = await asked<{ assistantStatus: { questionsLeft: number } }>(
      me,
      '{ assistantStatus { questionsLeft } }',
    )
    expect(data.assistantStatus.questionsLeft).toBe(58)
  })

  it.each([
    ['empty', '  '],
    ['too long', 'x'.repeat(10_001)],
  ])('refuses a question that is %s', async (_, message) => {
    const me = await aPerson()
    expect((await ask(me, await newChat(me), message)).code).toBe('BAD_USER_INPUT')
  })

  it('is for the owner of a session alone, admins included', async () => {
    const [me, you] = [await aPerson(), await aPerson()]
    const chat = await newChat(me)
    for (const other of [you, { ...you, role: 'admin' as const }]) {
      expect((await ask(other, chat)).code).toBe('NOT_FOUND')
      expect((await asked(other, `{ assistantSession(id: "${chat}") { id } }`)).code).toBe('NOT_FOUND')
      await expect(follow(other, `subscription { assistantEvents(sessionId: "${chat}") { id } }`)).rejects.toThrow(
        'NOT_FOUND',
      )
    }
    expect((await asked(me, `{ assistantSession(id: "${chat}") { id } }`)).code).toBeUndefined()
  })
})

describe('reports', () => {
  it('are stored once each, in order, until exactly one of them ends the turn', async () => {
    const me = await aPerson()
    const turn = (await ask(me, await newChat(me))).data.ask.turn.id
    expect((await report(turn, [event(1), event(2)])).data.reportTurnEvents).toEqual({ over: false, lastSeq: 2 })
    expect((await report(turn, [event(2), event(3)])).data.reportTurnEvents).toEqual({ over: false, lastSeq: 3 })
    expect((await report(turn, [event(5)])).code).toBe('BAD_USER_INPUT')
    const ends = await Promise.all([report(turn, [event(4, 'DONE', {})]), report(turn, [event(4, 'ERROR', {})])])
    expect(ends.map(({ data }) => data.reportTurnEvents)).toEqual([
      { over: true, lastSeq: 4 },
      { over: true, lastSeq: 4 },
    ])
    expect((await report(turn, [event(5), event(6, 'DONE', {})])).data.reportTurnEvents.over).toBe(true)
    const kinds = await kindsOf(turn)
    expect(kinds.slice(0, 4)).toEqual(['STATUS', 'TEXT', 'TEXT', 'TEXT'])
    expect(kinds.filter((kind) => kind === 'DONE' || kind === 'ERROR')).toHaveLength(1)
    expect(kinds).toHaveLength(5)
  })

  it.each([
    ['nothing', []],
    ['too many', Array.from({ length: 101 }, (_, n) => event(n + 1))],
    ['a gap', [event(1), event(3)]],
    ['what follows an end', [event(1, 'DONE', {}), event(2)]],
    ['seq 0, which is the graph’s', [event(0)]],
    ['content that is no object', [event(1, 'TEXT', 'x')]],
    ['content that is too large', [event(1, 'TEXT', { text: 'x'.repeat(70_000) })]],
  ])('of %s are refused', async (_, events) => {
    const me = await aPerson()
    const turn = (await ask(me, await newChat(me))).data.ask.turn.id
    expect((await report(turn, events)).code).toBe('BAD_USER_INPUT')
    expect(await kindsOf(turn)).toEqual(['STATUS'])
  })

  it('are neither limited nor audited as what people write', async () => {
    const me = await aPerson()
    const turn = (await ask(me, await newChat(me))).data.ask.turn.id
    for (let seq = 1; seq <= 320; seq++) expect((await report(turn, [event(seq)])).code).toBeUndefined()
    const { rows } = await database.pool.query<{ action: string; details: unknown }>(
      "select action, details from audit where action = 'reportTurnEvents' or (action = 'ask' and viewer_id = $1)",
      [me.id],
    )
    expect(rows).toEqual([{ action: 'ask', details: { sessionId: expect.any(String) as unknown } }])
  })
})

describe('events', () => {
  it('come after an id, in order and once, and then as they are stored', async () => {
    const me = await aPerson()
    const chat = await newChat(me)
    const turn = (await ask(me, chat)).data.ask.turn.id
    await report(turn, [event(1), event(2)])
    const all = await follow<{ id: string; seq: number }>(
      me,
      `subscription { assistantEvents(sessionId: "${chat}") { id seq } }`,
    )
    const seen = [await all.next(), await all.next(), await all.next()]
    expect(seen.map(({ seq }) => seq)).toEqual([0, 1, 2])
    await all.end()
    await report(turn, [event(3)])
    const rest = await follow<{ seq: number }>(
      me,
      `subscription { assistantEvents(sessionId: "${chat}", afterId: "${seen[1]!.id}") { seq } }`,
    )
    expect([(await rest.next()).seq, (await rest.next()).seq]).toEqual([2, 3])
    await report(turn, [event(4), event(5, 'DONE', {})])
    expect([(await rest.next()).seq, (await rest.next()).seq]).toEqual([4, 5])
    await rest.end()
  })
})

describe('the process that answers', () => {
  it('takes each question once, with what was said before, and hears that it is to stop', async () => {
    const me = await aPerson()
    const chat = await newChat(me)
    const first = (await ask(me, chat, 'first')).data.ask.turn.id
    await report(first, [event(1, 'TEXT', { text: 'an ' }), event(2, 'TEXT', { text: 'answer' }), event(3, 'DONE', {})])
    const tasks = await follow<Task>(AGENT, TASKS)
    const coming = tasks.next()
    const turn = (await ask(me, chat, 'second')).data.ask.turn.id
    let task = await coming
    while (task.turnId !== turn) task = await tasks.next() // questions of other tests that nobody took
    expect(task).toMatchObject({ kind: 'RUN', message: 'second', history: [{ message: 'first', answer: 'an answer' }] })
    expect(task.actAs).toMatch(/^ovl_act_/)
    const other = await follow<Task>(AGENT, TASKS)
    const nothing = other.next()
    await asked(me, 'mutation ($id: ID!) { stopTurn(input: { id: $id }) { turn { id } } }', { id: turn })
    expect(await tasks.next()).toMatchObject({ kind: 'STOP', turnId: turn })
    expect((await report(turn, [event(1)])).data.reportTurnEvents.over).toBe(true)
    expect(await kindsOf(turn)).toEqual(['STATUS', 'ERROR'])
    await tasks.end()
    await other.end()
    await nothing.catch(() => undefined)
  })

  it('that goes in mid-answer leaves an error, and no second end', async () => {
    const me = await aPerson()
    const tasks = await follow<Task>(AGENT, TASKS)
    const coming = tasks.next()
    const turn = (await ask(me, await newChat(me))).data.ask.turn.id
    let task = await coming
    while (task.turnId !== turn) task = await tasks.next()
    await report(turn, [event(1)])
    await tasks.end()
    await until('its end', async () => (await kindsOf(turn)).includes('ERROR'))
    await report(turn, [event(2), event(3, 'DONE', {})])
    await endStaleTurns(database.pool, pubsub, new Date(Date.now() + 3_600_000))
    expect(await kindsOf(turn)).toEqual(['STATUS', 'TEXT', 'ERROR'])
  })

  it.each([
    ['was not there for 10 seconds', 11_000, 'NOT_TAKEN', ''],
    [
      'is gone without a word',
      16_000,
      'AGENT_GONE',
      'update assistant_turns set claim = gen_random_uuid() where id = $1',
    ],
    [
      'works for somebody who closed the page',
      16_000,
      'NOT_FOLLOWED',
      `with c as (update assistant_turns set claim = gen_random_uuid() where id = $1 returning claim, session_id),
       a as (insert into assistant_agents (id, alive_at) select claim, now() + interval '1 day' from c)
       update assistant_sessions s set watched_at = now() from c where s.id = c.session_id`,
    ],
    [
      'takes too long',
      301_000,
      'TOO_SLOW',
      `with c as (update assistant_turns set claim = gen_random_uuid() where id = $1 returning claim)
       insert into assistant_agents (id, alive_at) select claim, now() + interval '1 day' from c`,
    ],
  ])('that %s leaves an answer that ends with an error', async (_, laterMs, code, prepare) => {
    const me = await aPerson()
    const turn = (await ask(me, await newChat(me))).data.ask.turn.id
    if (prepare) await database.pool.query(prepare, [turn])
    await endStaleTurns(database.pool, pubsub, new Date(Date.now() + laterMs))
    const { rows } = await database.pool.query<{ code: string }>(
      "select payload ->> 'code' as code from assistant_events where turn_id = $1 and kind = 'ERROR'",
      [turn],
    )
    expect(rows).toEqual([{ code }])
  })
})

describe('a session', () => {
  const DELETE = `mutation ($id: ID!) {
    deleteAssistantSession(input: { id: $id }) { deletedSessionId }
  }`
  const begun = async (person: Viewer) => {
    const { data } = await asked<{ createAssistantSession: { session: { id: string } } }>(
      person,
      'mutation { createAssistantSession { session { id } } }',
    )
    const { id } = data.createAssistantSession.session
    await asked(person, `mutation { ask(input: { sessionId: "${id}", message: "who is online" }) { turn { id } } }`)
    return id
  }

  /** Questions that the chain misses; the tests above changed others. */
  const removed = async () => {
    const { faults } = await verifyAudit(database.pool, DEFAULT_DAYS)
    return faults.filter(({ kind }) => kind === 'REMOVED_EARLY').length
  }

  it('is deleted by its owner alone, with an answer under way; the chain of the audit fits', async () => {
    const owner = await aPerson()
    const id = await begun(owner)
    const others: Viewer[] = [await aPerson(), { ...(await aPerson()), role: 'admin' }]
    for (const other of others) expect((await asked(other, DELETE, { id })).code).toBe('NOT_FOUND')
    expect((await asked(owner, DELETE, { id })).data).toEqual({ deleteAssistantSession: { deletedSessionId: id } })
    expect((await asked(owner, DELETE, { id })).code).toBe('NOT_FOUND')
    expect((await database.pool.query('select from assistant_turns where session_id = $1', [id])).rowCount).toBe(0)
    expect(await removed()).toBe(0)
  })

  it('that somebody deleted past the graph is found', async () => {
    const id = await begun(await aPerson())
    await database.pool.query('delete from assistant_sessions where id = $1', [id])
    expect(await removed()).toBe(1)
  })
})
