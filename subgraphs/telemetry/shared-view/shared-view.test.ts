import { graphql, parse, subscribe, type ExecutionResult } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { topic } from '../../../shared/contract/topics.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import type { Subgraph } from '../../../shared/serve/subgraph.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'
import { startTelemetry } from '../start.ts'

const NAMES = ['Aby', 'Larsson', 'Mule']
const pubsub = memoryPubSub()
let database: Awaited<ReturnType<typeof testDatabase>>
let telemetry: Subgraph
let maker: string

beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  const made = await pool.query<{ id: string }>(
    "insert into users (username, role) values ('x', 'viewer') returning id",
  )
  maker = made.rows[0]!.id
  for (const name of NAMES) {
    await pool.query(
      `with c as (insert into characters (name, tag, first_seen_at, last_seen_at)
         values ($1, case when $1 = 'Mule' then 'mules' end, now(), now()) returning id)
       insert into latest_telemetry (character_id, received_at, at, ew, ns, z, state)
       select id, now() + interval '1 minute', now(), 1.5, 2.5, 0, 'combat' from c`,
      [name],
    )
  }
  await pool.query("insert into character_settings (name, owner_id, changed_by) values ('Aby', $1, 'x')", [maker])
  const host = { databaseUrl: database.url, pubsub, log: pino({ level: 'silent' }), dataDir: '/x', pluginUrl: 'ws://x' }
  telemetry = await startTelemetry({ ...host, key: 'a key for tests only' }, { UNOWNED_TELLS: 'admins' })
  await until('what characters show', async () => (await telemetry.waitsFor()) === null)
})
afterAll(async () => {
  await telemetry[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const WHOLE = {
  ew: 0,
  ns: 0,
  across: 200,
  selected: null,
  following: false,
  layers: [],
  colouring: 'state',
  moment: null,
  hidesOthers: true,
  filters: [] as { colour: string; where: unknown }[],
}

/** The visitor of a link to such a view. */
async function visitorOf(view: Partial<Record<keyof typeof WHOLE, unknown>>): Promise<Viewer> {
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into view_links (user_id, name, secret_hash, ends_at, view)
     values ($1, 'x', gen_random_uuid()::text::bytea, now() + interval '1 hour', $2) returning id::text as id`,
    [maker, JSON.stringify({ ...WHOLE, ...view })],
  )
  const { id } = rows[0]!
  return {
    kind: 'token',
    id,
    name: 'x',
    role: 'viewer',
    session: null,
    needsPassword: false,
    owner: false,
    only: 'share',
  }
}
const contextOf = (viewer: Viewer) => telemetry.contextFor(viewer, 'whole')

interface Shown {
  sharedCharacters: { name: string; filters: number[] }[]
}
async function shownTo(viewer: Viewer): Promise<Record<string, number[]>> {
  const source = '{ sharedCharacters { name filters } }'
  const { data, errors } = await graphql({ schema: telemetry.schema, source, contextValue: contextOf(viewer) })
  expect(errors).toBeUndefined()
  const { sharedCharacters } = data as unknown as Shown
  return Object.fromEntries(sharedCharacters.map(({ name, filters }) => [name, filters]))
}
const red = (where: unknown) => ({ colour: 'RED', where })

describe('the characters of a shared view', () => {
  it('are all that are live, where it has no filter', async () => {
    expect(await shownTo(await visitorOf({}))).toEqual({ Aby: [], Larsson: [], Mule: [] })
  })

  it.each([
    ['by name', [{ names: ['aby'] }], { Aby: [0] }],
    ['by tag', [{ tags: ['mules'] }], { Mule: [0] }],
    ['by what is the maker’s', [{ mine: true }], { Aby: [0] }],
    ['by several filters', [{ names: ['Aby'] }, { live: true }], { Aby: [0, 1], Larsson: [1], Mule: [1] }],
    ['of a name that nobody has any more', [{ names: ['Nobody'] }], {}],
    ['of another shape', [{ names: 7 }], {}],
    ['of unknown fields', [{ everybody: true }], {}],
  ])('are those that its filters find where it hides the others: %s', async (_, wheres, wanted) => {
    expect(await shownTo(await visitorOf({ filters: wheres.map(red) }))).toEqual(wanted)
  })

  it('are all where it shows the others, each with the filters that find it', async () => {
    const visitor = await visitorOf({ hidesOthers: false, filters: [red({ names: ['Aby'] })] })
    expect(await shownTo(visitor)).toEqual({ Aby: [0], Larsson: [], Mule: [] })
  })

  it('of a moment are those of then: none before anybody was there', async () => {
    expect(await shownTo(await visitorOf({ moment: '2020-01-01T00:00:00.000Z' }))).toEqual({})
  })
})

describe('their stream', () => {
  const follow = async (viewer: Viewer) => {
    const document = parse('subscription { sharedCharactersMoved { name ew filters } }')
    const events = await subscribe({ schema: telemetry.schema, document, contextValue: contextOf(viewer) })
    return events as AsyncGenerator<ExecutionResult, void, void>
  }
  const namesIn = ({ value }: IteratorResult<ExecutionResult, void>) =>
    (value as ExecutionResult<{ sharedCharactersMoved: { name: string }[] }>)
      .data!.sharedCharactersMoved.map(({ name }) => name)
      .sort()

  it('begins with who is live, and goes on with who moves, as far as the view shows them', async () => {
    const events = await follow(await visitorOf({ filters: [red({ names: ['Aby', 'Mule'] })] }))
    expect(namesIn(await events.next())).toEqual(['Aby', 'Mule'])
    const at = new Date().toISOString()
    for (const character of NAMES)
      pubsub.publish(topic('telemetry', character), {
        character,
        receivedAt: at,
        clientAt: at,
        ew: 9,
        ns: 9,
        state: null,
      })
    expect(namesIn(await events.next())).toEqual(['Aby', 'Mule'])
    await events.return()
  })

  it('takes away who is no longer found, and ends with the link', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const visitor = await visitorOf({ filters: [red({ tags: ['mules'] })] })
    const events = await follow(visitor)
    expect(namesIn(await events.next())).toEqual(['Mule'])
    await database.pool.query("update characters set tag = case when name = 'Aby' then 'mules' end")
    const gone = events.next()
    await vi.advanceTimersByTimeAsync(10_000)
    expect((await gone).value).toMatchObject({ data: { sharedCharactersMoved: [{ name: 'Mule', ew: null }] } })
    await database.pool.query('delete from view_links where id::text = $1', [visitor.id])
    const end = expect(events.next().then(() => events.next())).rejects.toThrow('This link has ended.')
    await vi.advanceTimersByTimeAsync(10_250)
    await end
    vi.useRealTimers()
  })

  it('is refused for a view of a moment', async () => {
    const refused = (await follow(
      await visitorOf({ moment: '2026-01-01T00:00:00.000Z' }),
    )) as unknown as ExecutionResult
    expect(refused.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT')
  })
})
