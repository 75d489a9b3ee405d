// For tests: the tabletop subgraph on a database of its own, asked as its host asks it, access included.
import { randomUUID } from 'node:crypto'
import { graphql, parse, subscribe } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { startTabletop } from '../start.ts'

export interface Answer<T> {
  data: T
  /** Of the first error; null where there is none. */
  code: string | null
  message: string | null
}

/** The process that narrates. */
export const narrator: Viewer = {
  kind: 'token',
  id: randomUUID(),
  name: 'agent',
  role: 'viewer',
  session: null,
  needsPassword: false,
  owner: false,
  only: 'agent',
}

/** An event of a session. */
export interface TestEvent {
  id: string
  turnId: string | null
  kind: string
  payload: Record<string, unknown>
  traceId: string
}

const CREATE = `mutation ($title: String!) {
  createGmSession(input: { title: $title, withSamples: true }) { session { id characters { id name isOpponent } } } }`
const INVITE = `mutation ($sessionId: ID!, $role: GmRole!) {
  inviteToGmSession(input: { sessionId: $sessionId, role: $role }) { code } }`
const JOIN = 'mutation ($code: String!) { joinGmSession(input: { code: $code }) { session { id role } } }'
const TAKE = 'mutation ($input: TakeGmCharacterInput!) { takeGmCharacter(input: $input) { character { id } } }'
const SAY = `mutation ($sessionId: ID!, $message: String!, $characterId: ID, $traceId: ID) {
  gmSay(input: { sessionId: $sessionId, message: $message, characterId: $characterId, traceId: $traceId }) {
    turn { id character } } }`
const RUN = 'mutation ($input: RunGmToolInput!) { runGmTool(input: $input) { ok result error } }'
const REPORT = 'mutation ($input: ReportGmEventsInput!) { reportGmEvents(input: $input) { over } }'
const EVENTS = `query ($id: ID!) {
  gmSession(id: $id) { events(first: 200) { nodes { id turnId kind payload traceId } } } }`
const FOLLOW = `subscription ($sessionId: ID!, $afterId: ID) {
  gmEvents(sessionId: $sessionId, afterId: $afterId) { id turnId kind payload traceId } }`

type Table = ReturnType<typeof startTabletop>

/** A table that is there once the tests of one file begin. */
// eslint-disable-next-line max-lines-per-function -- the methods of what is started, each a few lines
export function aTable() {
  let pool: Pool
  let table: Table
  let database: Awaited<ReturnType<typeof testDatabase>>
  beforeAll(async () => {
    database = await testDatabase()
    pool = database.pool
    const host = { databaseUrl: database.url, pubsub: memoryPubSub(), log: pino({ level: 'silent' }) }
    table = startTabletop(host as never)
  })
  afterAll(async () => {
    await table[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  async function ask<T = Record<string, never>>(
    viewer: Viewer,
    source: string,
    variableValues: Record<string, unknown> = {},
  ): Promise<Answer<T>> {
    const contextValue = table.contextFor(viewer, 'whole' as never)
    const { data, errors } = await graphql({ schema: table.schema, source, variableValues, contextValue })
    const [error] = errors ?? []
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as T,
      code: error ? String(error.extensions['code']) : null,
      message: error?.message ?? null,
    }
  }

  async function person(name: string): Promise<Viewer> {
    const { rows } = await pool.query<{ id: string }>(
      "insert into users (username, role) values ($1, 'viewer') returning id::text as id",
      [`${name} ${randomUUID()}`],
    )
    const { id } = rows[0]!
    return { kind: 'user', id, name, role: 'viewer', session: null, needsPassword: false, owner: false }
  }
  /** A session with the samples, led by this person. */
  async function session(leader: Viewer) {
    const { data } = await ask<{
      createGmSession: { session: { id: string; characters: { id: string; name: string; isOpponent: boolean }[] } }
    }>(leader, CREATE, { title: 'A night out' })
    return data.createGmSession.session
  }
  /** Lets somebody join. */
  async function join(leader: Viewer, sessionId: string, viewer: Viewer, role = 'PLAYER') {
    const { data } = await ask<{ inviteToGmSession: { code: string } }>(leader, INVITE, { sessionId, role })
    return ask(viewer, JOIN, data.inviteToGmSession)
  }

  return {
    get pool() {
      return pool
    },
    ask,
    person,
    /** Two people, the first to lead. */
    two: (): Promise<[leader: Viewer, player: Viewer]> => Promise.all([person('leader'), person('player')]),
    session,
    join,
    /**
     * A session with a player in it, and the ids of its characters by the beginning of their names.
     * @param plays the character that the player takes, if any
     */
    async game(leader: Viewer, player: Viewer, plays?: string) {
      const { id, characters } = await session(leader)
      await pool.query('delete from paces') // nobody is held back for how often they joined
      await join(leader, id, player)
      const idOf = (name: string) => characters.find((one) => one.name.startsWith(name))!.id
      if (plays !== undefined) await ask(player, TAKE, { input: { sessionId: id, characterId: idOf(plays) } })
      return { id, characters, idOf }
    },
    say: (viewer: Viewer, sessionId: string, message: string, more: Record<string, unknown> = {}) =>
      ask<{ gmSay: { turn: { id: string; character: string | null } } }>(viewer, SAY, { sessionId, message, ...more }),
    /** Runs a tool as the process that narrates. */
    run: (turnId: string, tool: string, given: unknown, callId: string = randomUUID()) =>
      ask<{ runGmTool: { ok: boolean; result: Record<string, unknown> | null; error: string | null } }>(narrator, RUN, {
        input: { turnId, callId, tool, arguments: given },
      }),
    /** Reports as the process that narrates. */
    report: (turnId: string, ...events: { number: number; kind: string; content: string; code?: string }[]) =>
      ask<{ reportGmEvents: { over: boolean } }>(narrator, REPORT, { input: { turnId, events } }),
    /** What is stored of a session, oldest first. */
    async events(viewer: Viewer, id: string): Promise<TestEvent[]> {
      const { data } = await ask<{ gmSession: { events: { nodes: TestEvent[] } } }>(viewer, EVENTS, { id })
      return data.gmSession.events.nodes.toReversed()
    },
    /** The first event of a stream. */
    async first<T>(viewer: Viewer, source: string, matches: (data: T) => boolean = () => true): Promise<{ data: T }> {
      const contextValue = table.contextFor(viewer, 'whole' as never)
      const stream = await subscribe({ schema: table.schema, document: parse(source), contextValue })
      if (!(Symbol.asyncIterator in stream)) throw stream.errors![0]!
      for (;;) {
        const found = JSON.parse(JSON.stringify((await stream.next()).value)) as { data: T }
        if (!matches(found.data)) continue
        await stream.return(undefined)
        return found
      }
    },
    /** Follows a session. The caller ends it. */
    async follow(viewer: Viewer, sessionId: string, afterId: string | null) {
      const contextValue = table.contextFor(viewer, 'whole' as never)
      const variableValues = { sessionId, afterId }
      const stream = await subscribe({ schema: table.schema, document: parse(FOLLOW), variableValues, contextValue })
      if (!(Symbol.asyncIterator in stream)) throw stream.errors![0]!
      return {
        async next(): Promise<TestEvent> {
          const step = await stream.next()
          return JSON.parse(JSON.stringify(step.value!.data!['gmEvents'])) as TestEvent
        },
        end: () => stream.return(undefined),
      }
    },
  }
}
