// Dice a second, turns of the built-in game master, and many games at once.
import { setTimeout as wait } from 'node:timers/promises'
import { aPerson, type TestPerson } from '../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { diceSource } from '../../subgraphs/tabletop/rules/dice-source.ts'
import { rollTest } from '../../subgraphs/tabletop/rules/roll.ts'
import { percentile, type Figure } from './figure.ts'
import { readMetrics } from './metrics.ts'

const ROLLS = 300_000
const DICE = 6
const TARGET_NUMBER = 5
const ALONE = 80
const LEADERS = 25
const SESSIONS_EACH = 8
const READERS = 4
const TURN_EVERY_MS = 5_000
const ROUNDS = 4
const P95 = 0.95

interface Event {
  turnId: string | null
  kind: string
  payload: { code?: string }
}

/** A turn that was played. */
interface Played {
  ms: number
  /** Why it ended early; null if it did not. */
  code: string | null
}
const EVENTS = 'subscription ($sessionId: ID!) { gmEvents(sessionId: $sessionId) { turnId kind payload } }'
const base = { bench: 'tabletop', control: null, against: null } as const

/** Tests of six dice in one thread, each with its seed. */
function rollsPerSecond(): Figure {
  const source = diceSource({ epochId: 'bench', secret: 'ab'.repeat(32), salt: '', nextRoll: 1 })
  for (let n = 0; n < ROLLS / 10; n++) rollTest(source.next(), DICE, TARGET_NUMBER)
  const begun = performance.now()
  for (let n = 0; n < ROLLS; n++) rollTest(source.next(), DICE, TARGET_NUMBER)
  const seconds = (performance.now() - begun) / 1000
  return { ...base, name: 'rolls of six dice', unit: '/s', better: 'more', ours: ROLLS / seconds, asked: 100_000 }
}

/** A game with the sample characters, followed by as many readers as it has players. */
async function openGame(person: TestPerson, title: string, readers: number) {
  const { data } = await person.graph<{ createGmSession: { session: { id: string } } }>(
    'mutation ($title: String!) { createGmSession(input: { title: $title, withSamples: true }) { session { id } } }',
    { title },
  )
  const sessionId = data.createGmSession.session.id
  const feeds = Array.from({ length: readers }, () => person.feed<Event>(EVENTS, 'gmEvents', { sessionId }))
  return {
    /** Plays a turn, until every reader has seen its end. */
    async play(message: string): Promise<Played> {
      const begun = performance.now()
      const { data } = await person.graph<{ gmSay: { turn: { id: string } } }>(
        'mutation ($input: GmSayInput!) { gmSay(input: $input) { turn { id } } }',
        { input: { sessionId, message } },
      )
      const { id } = data.gmSay.turn
      const isEnd = ({ turnId, kind }: Event) => turnId === id && (kind === 'COMPLETE' || kind === 'ERROR')
      const ends = await Promise.all(feeds.map((feed) => feed.find(isEnd, 30_000)))
      const early = ends.find(({ kind }) => kind === 'ERROR')
      return { ms: performance.now() - begun, code: early ? (early.payload.code ?? 'ERROR') : null }
    },
  }
}

async function turnsAlone(overlord: TestOverlord): Promise<Figure> {
  await using person = await aPerson(overlord, 'Alone')
  const game = await openGame(person, 'alone', 1)
  const sample: number[] = []
  for (let n = -10; n < ALONE; n++) {
    const { ms, code } = await game.play('/roll 8 tn5')
    if (code !== null) throw new Error(`A turn ended early: ${code}.`)
    if (n >= 0) sample.push(ms)
  }
  return {
    ...base,
    name: 'a built-in turn until its end is shown, p95',
    unit: 'ms',
    better: 'less',
    ours: percentile(sample, P95),
    asked: 100,
    beside: { p50: percentile(sample, 0.5) },
  }
}

/** 200 games with four readers each, a turn every five seconds, evenly spread. */
async function manyGames(overlord: TestOverlord): Promise<Figure[]> {
  const games: Awaited<ReturnType<typeof openGame>>[] = []
  for (let n = 0; n < LEADERS; n++) {
    const person = await aPerson(overlord, `Leader ${n}`)
    for (let m = 0; m < SESSIONS_EACH; m++) games.push(await openGame(person, `game ${n}.${m}`, READERS))
  }
  const processor = async () => (await readMetrics(overlord))('process_cpu_seconds_total')
  const before = await processor()
  const begun = performance.now()
  const sample: Played[] = []
  await Promise.all(
    games.map(async (game, place) => {
      for (let round = 0; round < ROUNDS; round++) {
        const dueMs = begun + round * TURN_EVERY_MS + (place / games.length) * TURN_EVERY_MS
        await wait(Math.max(0, dueMs - performance.now()))
        sample.push(await game.play(round % 2 ? '/initiative' : '/roll 8 tn5'))
      }
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  const cores = ((await processor()) - before) / seconds
  const name = `${games.length} games with ${READERS} readers each, a turn every ${TURN_EVERY_MS / 1000} s`
  const turns = { 'turns/s': sample.length / seconds }
  // On a machine that others keep busy, the figures of the other turns are still worth having.
  const early = sample.flatMap(({ code }) => (code === null ? [] : [code]))
  const codes = Object.fromEntries(
    [...new Set(early)].map((code) => [code, early.filter((one) => one === code).length]),
  )
  const ended = sample.filter(({ code }) => code === null).map(({ ms }) => ms)
  return [
    { ...base, name: `${name}: processor`, unit: 'cores', better: 'less', ours: cores, asked: 1, beside: turns },
    { ...base, name: `${name}: a turn, p95`, unit: 'ms', better: 'less', ours: percentile(ended, P95) },
    {
      ...{ ...base, name: `${name}: turns that ended early`, unit: '', better: 'less', ours: early.length, asked: 0 },
      beside: codes,
    },
  ]
}

export async function benchTabletop(): Promise<Figure[]> {
  const rolls = rollsPerSecond()
  await using overlord = await startOverlord()
  return [rolls, await turnsAlone(overlord), ...(await manyGames(overlord))]
}
