// What the public is sent over time: late, and without who hides meanwhile.
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { GraphCaller } from '../../shared/serve/graph-access.ts'
import { until } from '../../shared/testing/until.ts'
import { PublicFeed } from './feed.ts'

type Message = Record<string, unknown>
const feeds: PublicFeed[] = []
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed[Symbol.asyncDispose]()
})

const bot = (id: string, x: number) => ({ id, kind: 'BOT', name: 'Eye', x, y: 65, z: 0 })
const ann = { id: 'p', kind: 'PLAYER', name: 'Ann', x: 3, y: 65, z: 4 }
const world = {
  seq: 1,
  base: null,
  connected: true,
  timeOfDay: 6_000,
  weather: 'CLEAR',
  mode: 'god',
  player: 'Ann' as string | null,
  palette: [],
  runs: [],
  entities: [bot('b', 0), ann],
  gone: [] as string[],
}
const step = {
  id: '1',
  changeId: '1',
  sessionId: '1',
  player: 'Ann' as string | null,
  mode: 'god',
  kind: 'CALL',
  step: 1,
  totalSteps: null,
  tool: 'world.look',
  input: null,
  result: null,
  lookedAt: null,
  outcome: 'OK',
  startedAt: '2026-06-20T18:00:00.000Z',
  durationMs: 1,
}

/** A graph with one world and one step; each stream begins with both as they are, and has nothing more. */
function graphOf(now: { world: typeof world; step: typeof step }) {
  const asked: { center?: unknown; afterId?: unknown }[] = []
  const caller = {
    subscribe(_: unknown, variables: (typeof asked)[number]) {
      asked.push(variables)
      let end: (() => void) | undefined
      const first = 'center' in variables ? { publicWorldChanged: now.world } : { publicTraceSteps: now.step }
      let isFirst = true
      const events = {
        next: () =>
          isFirst
            ? ((isFirst = false), Promise.resolve({ done: false, value: { data: first } }))
            : new Promise((resolve) => (end = () => resolve({ done: true, value: undefined }))),
        return: () => (end?.(), Promise.resolve({ done: true, value: undefined })),
      }
      return Promise.resolve({ [Symbol.asyncIterator]: () => events })
    },
  } as unknown as GraphCaller
  return { caller, asked }
}

function watch(now: Parameters<typeof graphOf>[0], delayMs: number) {
  const sent: Message[] = []
  const { caller, asked } = graphOf(now)
  const feed = new PublicFeed({
    caller,
    delayMs,
    shift: null,
    log: pino({ level: 'silent' }),
    send: (texts) => sent.push(...texts.map((text) => JSON.parse(text) as Message)),
    readAgainMs: 40,
  })
  feeds.push(feed)
  return { sent, asked, feed }
}

describe('what the public is sent', () => {
  it('names nobody who hides while it waits to be shown', async () => {
    const now = { world, step }
    const { sent, asked } = watch(now, 400)
    await until('it was read', () => asked.length >= 2)
    now.step = { ...step, player: null }
    await until('the step', () => sent.some(({ type }) => type === 'trace'))
    expect(sent.filter(({ type }) => type === 'trace')).toMatchObject([{ tool: 'world.look', player: null }])
  })

  it('has somebody who stands still and hides no longer', async () => {
    const now = { world, step }
    const { sent, feed } = watch(now, 0)
    await until('the world', () => sent.some(({ type }) => type === 'world'))
    now.world = { ...world, seq: 2, player: null, entities: [bot('b', 0)] }
    now.step = { ...step, player: null }
    await until('who hides is gone', () => sent.some(({ gone }) => Array.isArray(gone) && gone.includes('p')))
    await until('the mode names nobody', () => sent.some(({ type, player }) => type === 'mode' && player === null))
    await until('the step names nobody', () => sent.some(({ type, player }) => type === 'trace' && player === null))
    expect(JSON.stringify(feed.whole())).not.toContain('Ann')
  })

  it('is around the bot of now, though it is another one than before', async () => {
    const now = { world, step }
    const { sent, asked } = watch(now, 0)
    await until('the world', () => sent.some(({ type }) => type === 'world'))
    now.world = { ...world, seq: 2, entities: [bot('another', 500)] }
    await until('its square', () => asked.some(({ center }) => center === null) && sent.length > 2)
    await until('the other bot', () => JSON.stringify(sent).includes('another'))
    expect(asked.filter((one) => 'center' in one && one.center !== null)).toEqual([])
  })
})
