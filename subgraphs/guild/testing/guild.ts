// For tests: the guild subgraph on a database of its own, asked as its host asks it, access and audit included.
import { graphql, parse, subscribe, type GraphQLSchema } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import { sha256 } from '../../../shared/auth/secrets.ts'
import type { Role, Viewer } from '../../../shared/auth/viewer.ts'
import { CHARACTERS_TOPIC, PEOPLE_TOPIC } from '../../../shared/contract/people.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { startGuild } from '../start.ts'

export interface Answer<T> {
  data: T
  /** Of the first error; null where there is none. */
  code: string | null
  message: string | null
}

/** The settings of a guild for tests. */
const settingsWith = (shareLinks: 'on' | 'off') => ({
  SHARED_SECRET: 'a secret for tests only',
  SHARE_LINKS: shareLinks,
  SHARE_LINK_HOURS: 24,
})

/** A guild that is there once the tests of one file begin. */
export function aGuild({ shareLinks = 'on' }: { shareLinks?: 'on' | 'off' } = {}) {
  let pool: Pool
  let guild: ReturnType<typeof startGuild>
  let database: Awaited<ReturnType<typeof testDatabase>>
  const published: unknown[] = []
  beforeAll(async () => {
    database = await testDatabase()
    pool = database.pool
    const pubsub = memoryPubSub()
    for (const topic of [PEOPLE_TOPIC, CHARACTERS_TOPIC])
      await pubsub.subscribe(topic, (event) => void published.push([topic, event]))
    const log = pino({ level: 'silent' })
    const host = { databaseUrl: database.url, pubsub, log, dataDir: '/nowhere', pluginUrl: 'ws://here' }
    guild = startGuild(host as never, settingsWith(shareLinks))
  })
  afterAll(async () => {
    await guild[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  async function ask<T = Record<string, never>>(
    viewer: Viewer,
    source: string,
    variableValues: Record<string, unknown> = {},
  ): Promise<Answer<T>> {
    const contextValue = guild.contextFor(viewer, 'whole' as never)
    const { data, errors } = await graphql({ schema: guild.schema, source, variableValues, contextValue })
    const [error] = errors ?? []
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as T,
      code: error ? String(error.extensions['code']) : null,
      message: error?.message ?? null,
    }
  }
  return {
    get pool() {
      return pool
    },
    ask,
    /** Follows a subscription of one field; `end` lets go of it. */
    follow: <T>(viewer: Viewer, source: string) =>
      follow<T>(guild.schema, guild.contextFor(viewer, 'whole' as never), source),
    /** What was published to other rooms since the last call, as topic and event. */
    published: () => published.splice(0),
    /** Makes an account with one session, which it asks by. */
    async person(name: string, role: Role = 'viewer', passwordHash: string | null = null): Promise<Viewer> {
      const id = await addAccount(pool, name, role, passwordHash)
      const session = await addSession(pool, id)
      return { kind: 'user', id, name, role, session, needsPassword: false, owner: false }
    },
    /** One more session of an account; gives its id in the graph. */
    async session(account: string, fields: { seen?: string; ends?: string } = {}): Promise<string> {
      const hash = await addSession(pool, account, fields)
      const { rows } = await pool.query<{ id: string }>('select id::text as id from user_sessions where id_hash = $1', [
        Buffer.from(hash, 'base64url'),
      ])
      return rows[0]!.id
    },
    /** How many sessions an account has. */
    async sessions(account: string): Promise<number> {
      const { rows } = await pool.query('select from user_sessions where user_id = $1', [account])
      return rows.length
    },
  }
}

async function follow<T>(schema: GraphQLSchema, contextValue: unknown, source: string) {
  const events = await subscribe({ schema, document: parse(source), contextValue })
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events.errors))
  const iterator = events[Symbol.asyncIterator]()
  const next = async () => Object.values((await iterator.next()).value?.data as Record<string, T>)[0] as T
  return { next, end: async () => void (await iterator.return!(undefined)) }
}

/** A program of the guild. */
export const aToken = (name: string, role: Role = 'viewer'): Viewer => ({
  kind: 'token',
  id: '00000000-0000-4000-8000-000000000001',
  name,
  role,
  session: null,
  needsPassword: false,
  owner: false,
})

async function addAccount(pool: Pool, name: string, role: Role, passwordHash: string | null): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'insert into users (username, role, password_hash) values ($1, $2, $3) returning id::text as id',
    [name, role, passwordHash],
  )
  return rows[0]!.id
}

let sessions = 0
async function addSession(pool: Pool, account: string, { seen = '0 s', ends = '1 day' } = {}): Promise<string> {
  const hash = sha256(`a session of tests ${++sessions}`)
  await pool.query(
    `insert into user_sessions (id_hash, user_id, seen_at, ends_at, idle_s, address, agent)
     values ($1, $2, now() - $3::interval, now() + $4::interval, 3600, '203.0.113.x', 'a browser')`,
    [hash, account, seen, ends],
  )
  return hash.toString('base64url')
}
