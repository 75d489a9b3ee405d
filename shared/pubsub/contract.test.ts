import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasNats, startNats } from '../testing/start-apart.ts'
import { until } from '../testing/until.ts'
import { memoryPubSub } from './memory.ts'
import { testNatsPubSub } from './testing/test-nats.ts'
import type { PubSub } from './pubsub.ts'
import { snapshotThenUpdates } from './snapshot-then-updates.ts'

const over = (name: 'memory' | 'nats') => () => {
  let nats: Awaited<ReturnType<typeof startNats>> | undefined
  let bus: PubSub
  beforeAll(async () => {
    if (name === 'nats') nats = await startNats()
    bus = nats ? await testNatsPubSub(nats.url, 'test') : memoryPubSub()
  })
  afterAll(async () => {
    await bus[Symbol.asyncDispose]()
    await nats?.[Symbol.asyncDispose]()
  })

  it('delivers to all subscribers, in order, by exact topic and by star', async () => {
    const exact: unknown[] = []
    const star: unknown[] = []
    const stops = [
      await bus.subscribe('ev.rare.a', (event) => exact.push(event)),
      await bus.subscribe('ev.rare.*', (event, topic) => star.push([topic, event])),
    ]
    for (let n = 0; n < 100; n++) bus.publish('ev.rare.a', { n })
    bus.publish('ev.rare.b', { n: -1 })
    bus.publish('ev.other.a', { n: -2 })
    await until('all events', () => exact.length === 100 && star.length === 101)
    expect(exact).toEqual(Array.from({ length: 100 }, (_, n) => ({ n })))
    expect(star.at(-1)).toEqual(['ev.rare.b', { n: -1 }])
    for (const stop of stops) stop()
  })

  it('loses nothing after subscribing, and delivers nothing after unsubscribing', async () => {
    const seen: unknown[] = []
    const stop = await bus.subscribe('ev.now.x', (event) => seen.push(event))
    bus.publish('ev.now.x', 1)
    await until('the event', () => seen.length === 1)
    stop()
    const other: unknown[] = []
    const end = await bus.subscribe('ev.now.*', (event) => other.push(event))
    bus.publish('ev.now.x', 2)
    await until('the other listener', () => other.length === 1)
    expect(seen).toEqual([1])
    end()
  })

  it('survives an event too large or too deep to carry, and carries the next one', async () => {
    const seen: unknown[] = []
    const stop = await bus.subscribe('ev.huge.*', (event) => seen.push(event))
    bus.publish('ev.huge.x', 'x'.repeat(3 * 1024 * 1024))
    bus.publish('ev.huge.x', JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`))
    bus.publish('ev.huge.x', 'last')
    await until('the last', () => seen.at(-1) === 'last')
    stop()
  })

  it('keeps a second listener of a topic when the first leaves', async () => {
    const seen: unknown[] = []
    const first = await bus.subscribe('ev.two.x', () => undefined)
    const second = await bus.subscribe('ev.two.x', (event) => seen.push(event))
    first()
    bus.publish('ev.two.x', 1)
    await until('the event', () => seen.length === 1)
    second()
  })
}

// One suite over both carriers: a room must not be able to tell them apart.
describe('pubsub over memory', over('memory'))
describe.skipIf(!hasNats)('pubsub over nats', over('nats'))

describe('snapshotThenUpdates', () => {
  interface Row {
    key: string
    version: string
  }
  const row = (key: string, version: string): Row => ({ key, version })

  it('[TEL3] sends the snapshot, then events that arrived meanwhile, then every change: none twice, none lost', async () => {
    const pubsub = memoryPubSub()
    const stream = snapshotThenUpdates<Row>({
      phase: 'whole',
      pubsub,
      topics: ['t'],
      snapshot: () => {
        pubsub.publish('t', row('a', '1')) // already in the snapshot
        pubsub.publish('t', row('a', '3'))
        return Promise.resolve([row('a', '2'), row('b', '1')])
      },
      map: (event) => event as Row,
      rowVersion: { key: (r) => r.key, version: (r) => r.version },
    })
    expect([(await stream.next()).value, (await stream.next()).value, (await stream.next()).value]).toEqual([
      row('a', '2'),
      row('b', '1'),
      row('a', '3'),
    ])
    pubsub.publish('t', row('c', '1'))
    expect((await stream.next()).value).toEqual(row('c', '1'))
    await stream.return!()
  })

  it('stops listening the moment its reader leaves, even on a quiet topic', async () => {
    let stopped = 0
    const pubsub: PubSub = { ...memoryPubSub(), subscribe: () => Promise.resolve(() => void stopped++) }
    const stream = snapshotThenUpdates({ phase: 'whole', pubsub, topics: ['t', 'u'], map: (event) => event })
    const waiting = stream.next()
    await Promise.resolve()
    await Promise.resolve()
    await stream.return!()
    expect(await waiting).toEqual({ done: true, value: undefined })
    await until('both to stop', () => stopped === 2)
  })

  it('ends with the error of a failed snapshot', async () => {
    const stream = snapshotThenUpdates({
      phase: 'whole',
      pubsub: memoryPubSub(),
      topics: ['t'],
      snapshot: () => Promise.reject(new Error('no database')),
      map: (event) => event,
    })
    await expect(stream.next()).rejects.toThrow('no database')
    expect((await stream.next()).done).toBe(true)
  })

  it('drops the oldest for a reader that never reads: memory stays bounded', async () => {
    const pubsub = memoryPubSub()
    const stream = snapshotThenUpdates<number>({
      phase: 'whole',
      pubsub,
      topics: ['t'],
      map: (event) => event as number,
    })
    const first = stream.next()
    await until('the listening', () => {
      pubsub.publish('t', 0)
      return first
    })
    for (let n = 1; n <= 20_000; n++) pubsub.publish('t', n)
    expect((await stream.next()).value).toBeGreaterThan(14_000)
    await stream.return!()
  })
})
