import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../../shared/testing/until.ts'
import { openMemory } from './memory.ts'
import type { Send, Target } from './outlet.ts'
import type { Post } from './posts/post.ts'
import { Relay, type Routed } from './relay.ts'

const log = pino({ level: 'silent' })
const target: Target = { kind: 'channel', id: '1' }
const PER_MINUTE = 5

/** A channel that, as Discord does, takes a nonce once; what the graph stores; and a stream of events. */
function aWorld() {
  const stored: Record<string, unknown> = {}
  const graph = {
    ask: (_: unknown, { input }: { input?: { key: string; value: unknown } }) => {
      if (input) stored[input.key] = structuredClone(input.value)
      return Promise.resolve({ storedValues: Object.entries(stored).map(([key, value]) => ({ key, value })) })
    },
  }
  const messages = new Map<string, string>()
  const events: Routed[] = []
  const running: Relay[] = []
  const post = (n: number, embed: boolean): Post => ({
    kind: 'status',
    id: String(n),
    character: null,
    line: `line ${n}`,
    embed: embed ? { title: `line ${n}` } : null,
  })
  return {
    messages,
    /** What was posted of each line; of a digest, how many it counts. */
    lines: () => [...messages.values()].flatMap((text) => text.split('\n')),
    add(count: number, { embed = false } = {}) {
      for (let n = 0; n < count; n++) {
        const id = events.length + 1
        events.push({ id: String(id), posts: [{ target, post: post(id, embed) }] })
      }
    },
    /** A bot. `diesAfter` so many messages its process is as killed: the message is there, and nothing comes of it. */
    async start({ diesAfter = Infinity, status }: { diesAfter?: number; status?: () => void } = {}) {
      let sent = 0
      const send: Send = (_, body, nonce) => {
        if (sent >= diesAfter) return new Promise(() => undefined)
        status?.()
        const [embed] = body.embeds ?? []
        if (!messages.has(nonce)) messages.set(nonce, body.content ?? embed!.title!)
        return ++sent >= diesAfter ? new Promise(() => undefined) : Promise.resolve()
      }
      const relay = await Relay.start({
        stream: 'events',
        memory: await openMemory(graph as never, log),
        newest: () => Promise.resolve('0'),
        follow(after, next) {
          for (const event of events) if (BigInt(event.id) > BigInt(after())) next(event)
          return () => undefined
        },
        send,
        perMinute: PER_MINUTE,
        decorate: (_, __, body) => body,
        log,
      })
      if (diesAfter === Infinity) running.push(relay)
      return { relay, sent: () => sent }
    },
    async [Symbol.asyncDispose]() {
      for (const relay of running) await relay[Symbol.asyncDispose]()
    },
  }
}

let world: ReturnType<typeof aWorld> | null = null
afterEach(async () => {
  await world?.[Symbol.asyncDispose]()
  world = null
})
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `line ${n + 1}`)

describe('a bot that is killed after Discord took a message and before that was stored', () => {
  it('[DIS15] does not repeat lines that went out together, though more wait by then', async () => {
    const here = (world = aWorld())
    here.add(4)
    const killed = await here.start({ diesAfter: 2 }) // the first line alone, then three together
    await until('the second message', () => killed.sent() === 2)
    expect(here.lines()).toEqual(numbered(4))
    here.add(3)
    await here.start()
    await until('the others', () => here.lines().length >= 7)
    expect(here.lines()).toEqual(numbered(7))
  })

  it('[DIS15] does not repeat a single message within a digest', async () => {
    const here = (world = aWorld())
    here.add(1, { embed: true })
    const killed = await here.start({ diesAfter: 1 })
    await until('the message', () => killed.sent() === 1)
    here.add(40, { embed: true })
    await here.start()
    await until('the digest', () => here.lines().length >= 2)
    expect(here.lines()).toEqual(['line 1', '40 events'])
  })

  it('[DIS15] does not repeat a digest, and loses none of what came after it', async () => {
    const here = (world = aWorld())
    here.add(41, { embed: true })
    const killed = await here.start({ diesAfter: 2 })
    await until('the digest', () => killed.sent() === 2)
    here.add(2, { embed: true })
    await here.start()
    await until('the others', () => here.lines().length >= 4)
    expect(here.lines()).toEqual(['line 1', '40 events', 'line 42', 'line 43'])
  })
})
