import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { client } from '../graph/client.ts'
import { eventAfter, eventBefore } from './event-beside.ts'

const graph = { events: [] as number[] }

interface Asked {
  since?: string
  until: string
  points: number
  where?: { since?: string; until: string }
  first: number
}
const iso = (ms: number) => new Date(ms).toISOString()

/** Answers as the graph does: a density begins at a whole second and ends at one; the log is listed newest first. */
function answer({ where, first, points, ...stretch }: Asked) {
  if (where) {
    const [since, until] = [Date.parse(where.since ?? iso(0)), Date.parse(where.until)]
    const found = graph.events.filter((at) => at >= since && at < until).sort((a, b) => b - a)
    const nodes = found.slice(0, first).map((at) => ({ receivedAt: iso(at) }))
    return { guildEvents: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } }
  }
  const begin = Math.floor(Date.parse(stretch.since!) / 1000) * 1000
  const end = Math.ceil(Date.parse(stretch.until) / 1000) * 1000
  const bucketMs = (end - begin) / points
  const deaths = Array.from({ length: points }, () => 0)
  for (const at of graph.events) if (at >= begin && at < end) deaths[Math.floor((at - begin) / bucketMs)]!++
  const none = deaths.map(() => 0)
  return {
    guildEventDensity: { since: iso(begin), bucketSeconds: bucketMs / 1000, deaths, rares: none, alerts: none },
  }
}
const asking = vi
  .spyOn(client, 'query')
  .mockImplementation((_, asked) => ({ toPromise: () => Promise.resolve({ data: answer(asked as never) }) }) as never)
afterAll(() => asking.mockRestore())

const NOON = Date.parse('2026-03-01T12:00:00Z')
const UNTIL = NOON + 86_400_000

beforeEach(() => {
  // Early and late in their seconds, close together and far apart.
  graph.events = [200, 30_900, 1_800_100, 1_800_800, 9_000_100, 43_200_450].map((ms) => NOON + ms)
})

it('[CLK8] jumps forward go to each event in turn, and say when there is none', async () => {
  const visited: (number | null)[] = []
  for (let at: number | null = NOON - 60_000; at !== null;) visited.push((at = await eventAfter(at, UNTIL)))
  expect(visited).toEqual([...graph.events, null])
})

it('[CLK8] jumps back go to each event in turn, and say when there is none', async () => {
  const visited: (number | null)[] = []
  for (let at: number | null = UNTIL; at !== null;) visited.push((at = await eventBefore(at)))
  expect(visited).toEqual([...graph.events].reverse().concat(null as never))
})
