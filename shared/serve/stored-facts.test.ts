import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { factStream } from '../pubsub/fact-stream.ts'
import { memoryPubSub } from '../pubsub/memory.ts'
import type { StreamPhase, VersionedStream } from '../pubsub/row-versions.ts'
import { snapshotThenUpdates } from '../pubsub/snapshot-then-updates.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { storedFacts } from './stored-facts.ts'

interface Fact {
  id: string
  name: string
}

let database: TestDatabase
const pubsub = memoryPubSub()
beforeAll(async () => {
  database = await testDatabase(new Date(), { max: 4 })
  await database.pool.query(
    'create table things (id bigint generated always as identity primary key, name text not null)',
  )
})
beforeEach(() => database.pool.query('truncate things restart identity'))
afterAll(() => database[Symbol.asyncDispose]())

const facts = (ofName: string | null = null, areStates = false) =>
  storedFacts<Fact>(
    database.pool,
    { table: 'things', id: 'id' },
    {
      areStates,
      idOf: ({ id }) => id,
      page: async (after, upTo, limit) =>
        (
          await database.pool.query<Fact>(
            `select id::text as id, name from things where id > $1 and id <= $2 and ($4::text is null or name = $4)
             order by things.id limit $3`,
            [after, upTo, limit, ofName],
          )
        ).rows,
    },
  )
const follow = (afterId: string | null, phase: StreamPhase = 'whole', ofName: string | null = null) =>
  factStream<Fact>({
    pubsub,
    phase,
    topics: ['things'],
    afterId,
    facts: facts(ofName),
    live: () => snapshotThenUpdates<Fact>({ pubsub, phase, topics: ['things'], map: (event) => event as Fact }),
  })
const store = (count: number, name = 'x') =>
  database.pool.query('insert into things (name) select $2 from generate_series(1, $1)', [count, name])

async function take(stream: VersionedStream<Fact>, count: number): Promise<number[]> {
  const ids: number[] = []
  while (ids.length < count) ids.push(Number(((await stream.next()) as IteratorYieldResult<Fact>).value.id))
  return ids
}
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)

describe('[RES1] a stream of facts with an id', () => {
  it('delivers 20,000 missed ones in order and each once, though it breaks off twice, and then new ones', async () => {
    await store(20_000)
    const heard: number[] = []
    for (const count of [7_013, 6_001, 6_986]) {
      const stream = follow(String(heard.at(-1) ?? 0))
      heard.push(...(await take(stream, count)))
      await stream.return!()
    }
    expect(heard).toEqual(numbers(1, 20_000))
    const stream = follow('20000')
    const coming = take(stream, 2)
    await store(2)
    pubsub.publish('things', {})
    expect(await coming).toEqual([20_001, 20_002])
    await stream.return!()
  })

  it('begins with what is stored from now on, without an id and without a stream of events', async () => {
    await store(3)
    const stream = factStream<Fact>({
      pubsub,
      phase: 'whole',
      topics: ['things'],
      afterId: null,
      facts: facts(),
      restMs: 20,
    })
    await stream.listen!()
    expect(await (stream as VersionedStream<Fact> & { position(): Promise<string> }).position()).toBe('3')
    const coming = take(stream, 5)
    for (const count of [2, 1, 2]) {
      await store(count)
      for (let n = 0; n < 10; n++) pubsub.publish('things', {})
    }
    expect(await coming).toEqual([4, 5, 6, 7, 8])
    expect(stream.versions).toMatchObject({ position: '8' })
    await stream.return!()
  })

  it('reads on only when its reader takes what was read', async () => {
    await store(2_000)
    let pages = 0
    const counting = { ...facts(), page: (...args: [string, string, number]) => (pages++, facts().page(...args)) }
    const stream = factStream<Fact>({
      pubsub,
      phase: 'whole',
      topics: [],
      afterId: '0',
      facts: counting,
      live: () => follow(null),
    })
    await take(stream, 500)
    expect(pages).toBe(1)
    await take(stream, 1)
    expect(pages).toBe(2)
    await stream.return!()
  })

  it('delivers what a transaction under way gave smaller ids, before what was stored meanwhile', async () => {
    const client = await database.pool.connect()
    await client.query("begin; insert into things (name) values ('slow')")
    await store(3)
    const stream = follow('0')
    const coming = take(stream, 4)
    await client.query('commit')
    client.release()
    expect(await coming).toEqual([1, 2, 3, 4])
    await stream.return!()
  })

  it('delivers those that match alone, past whole pages of others', async () => {
    await store(1_200, 'other')
    await store(2, 'wanted')
    const stream = follow('0', 'whole', 'wanted')
    expect(await take(stream, 2)).toEqual([1_201, 1_202])
    await stream.return!()
  })

  it.each([
    ['0', 0, true],
    ['3', 5, false],
    ['4', 5, false],
    ['5', 5, true],
    ['7', 5, true],
  ])(
    'says with its first event whether it has all after %s, when the first %i are gone: %j',
    async (id, gone, complete) => {
      await store(10)
      await database.pool.query('delete from things where id <= $1', [gone])
      const stream = follow(id)
      await take(stream, 1)
      expect(stream.versions?.resume).toEqual({ complete, oldestId: String(gone + 1) })
      await take(stream, 1)
      expect(stream.versions?.resume).toBeUndefined()
      await stream.return!()
    },
  )

  it('[RES4] of states says that it has all, though older ones were replaced', async () => {
    await store(10)
    await database.pool.query('delete from things where id <= 5')
    const states = facts(null, true)
    const stream = factStream<Fact>({ pubsub, phase: 'whole', topics: [], afterId: '3', facts: states })
    expect(await take(stream, 1)).toEqual([6])
    expect(stream.versions?.resume).toEqual({ complete: true, oldestId: '6' })
    await stream.return!()
  })

  it('ends while it waits, and leaves no listener', async () => {
    const stream = follow('0')
    const waiting = stream.next()
    await stream.return!()
    expect(await waiting).toEqual({ value: undefined, done: true })
  })
})

describe('[RES2] a stream of facts without an id', () => {
  it('says where it begins, and what it delivered, so that it can go on from there', async () => {
    await store(3)
    const stream = follow(null, 'changes')
    await stream.listen()
    expect(await stream.position!()).toBe('3')
    const coming = stream.next()
    pubsub.publish('things', { id: '4', name: 'live' })
    expect((await coming).value).toEqual({ id: '4', name: 'live' })
    expect(stream.versions).toMatchObject({ position: '4' })
    await stream.return!()
    await store(5)
    const rest = follow(null, { after: '4' })
    expect(await take(rest, 4)).toEqual([5, 6, 7, 8])
    await rest.return!()
  })
})
