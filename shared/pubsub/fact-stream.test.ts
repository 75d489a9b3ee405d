import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { until } from '../testing/until.ts'
import { factStream, type StoredFacts } from './fact-stream.ts'
import { memoryPubSub } from './memory.ts'

/** A store of numbers, and how often it was looked at. */
function store(options: Pick<StoredFacts<number>, 'areCommitted'>) {
  const stored: number[] = []
  const looks = { count: 0 }
  const facts: StoredFacts<number> = {
    ...options,
    range() {
      looks.count++
      return Promise.resolve(stored.length ? { oldest: '1', newest: String(stored.at(-1)) } : null)
    },
    settled: () => Promise.resolve(),
    page: (after, upTo, limit) =>
      Promise.resolve(stored.filter((id) => id > Number(after) && id <= Number(upTo)).slice(0, limit)),
    idOf: String,
    isNewer: (id, other) => Number(id) > Number(other),
  }
  return { stored, looks, facts }
}

describe('[RES1] a stream of stored facts', () => {
  it('looks once for each event when events come after the commit, and misses none that comes meanwhile', async () => {
    const pubsub = memoryPubSub()
    const { stored, looks, facts } = store({ areCommitted: true })
    const stream = factStream({ pubsub, phase: 'whole', topics: ['t'], afterId: '0', facts })
    const seen: number[] = []
    const reading = (async () => {
      for (;;) {
        const step = await stream.next()
        if (step.done) return
        seen.push(step.value)
      }
    })()
    await until('the first look', () => looks.count === 2) // at the start, and for what is there
    for (let id = 1; id <= 200; id++) {
      stored.push(id)
      pubsub.publish('t', {})
      if (id % 3 === 0) await turn()
    }
    await until('all of them', () => seen.length === 200)
    expect(seen).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
    expect(looks.count).toBeLessThanOrEqual(2 + 200)
    const before = looks.count
    stored.push(201)
    pubsub.publish('t', {})
    await until('the last', () => seen.length === 201)
    await turn()
    expect(looks.count - before).toBe(1)
    await stream.return!()
    await reading
  })

  it('looks again for a while when an event may come before what it announces is stored', async () => {
    const pubsub = memoryPubSub()
    const { stored, facts, looks } = store({})
    const stream = factStream({ pubsub, phase: 'whole', topics: ['t'], afterId: '0', facts })
    const next = stream.next()
    await until('the first look', () => looks.count >= 2)
    pubsub.publish('t', {})
    await until('looks in vain', () => looks.count >= 4)
    stored.push(1)
    expect(await next).toMatchObject({ value: 1 })
    await stream.return!()
  })
})
