// How a search for suits stands, as the events the original sent.
import type { Pieces } from './endpoint.ts'

interface Suit {
  score: { total: number; floored: number }
  pieces: {
    itemId: string
    name: string
    item: { fullName: string | null; setName: string | null } | null
    owner: { name: string }
    places: string[]
    tailored: boolean
    points: number
    pack: string | null
  }[]
}

export interface Progress {
  phase: string
  waiting: number
  status: string | null
  bound: number | null
  gap: number | null
  nodes: number | null
  candidateCount: number | null
  elapsedMs: number
  suit: Suit | null
  alternatives: { suit: Suit }[]
  conflict: { demands: { text: string }[] } | null
}

const SAYS: Readonly<Record<string, string>> = {
  QUEUED: 'Other searches come first.',
  READING: 'Reads what there is to choose from.',
  SEARCHING: 'Looks for better suits, and for proof that there are none.',
  ALTERNATIVES: 'The best suit is known; looks for others.',
  DONE: 'Done.',
}

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

/** The events of a search, each group as soon as it is known. Who stops reading ends the search. */
export function suitEvents(news: AsyncIterableIterator<{ suitSearch: Progress }>): Pieces {
  const before: Sent = { phase: null, waiting: 0, total: null, others: 0, bound: null }
  return {
    async next() {
      for (;;) {
        const step = await news.next()
        if (step.done) return { value: undefined, done: true }
        const text = eventsOf(step.value.suitSearch, before)
        if (text) return { value: text, done: false }
      }
    },
    async return() {
      await news.return?.()
      return { value: undefined, done: true }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** What was sent already. */
interface Sent {
  phase: string | null
  waiting: number
  total: number | null
  others: number
  bound: number | null
}

function eventsOf(now: Progress, before: Sent): string {
  const { phase, waiting, suit, alternatives, bound, gap, nodes, candidateCount, elapsedMs } = now
  let text = ''
  if (phase !== before.phase) text += event('phase', { phase: phase.toLowerCase(), message: SAYS[phase] ?? phase })
  if (waiting && waiting !== before.waiting)
    text += event('log', { level: 'info', message: `${waiting} before this one.` })
  const total = suit?.score.total ?? null
  if (suit && total !== before.total) text += suitEvent(suit, 1)
  alternatives.slice(before.others).forEach((other, n) => (text += suitEvent(other.suit, before.others + n + 2)))
  if (bound !== before.bound)
    text += event('progress', { bound, gap, nodes, candidates: candidateCount, elapsed_ms: elapsedMs })
  if (phase === 'DONE') text += complete(now)
  Object.assign(before, { phase, waiting, total, others: alternatives.length, bound })
  return text
}

/** A locked slot of which no item was named. */
const isGiven = (itemId: string) => itemId.startsWith('described:')

const suitEvent = ({ score, pieces }: Suit, rank: number): string =>
  event('suit', {
    rank,
    score: score.floored,
    items: pieces.map(({ itemId, name, item, owner, places, tailored, points, pack }) => ({
      item_id: isGiven(itemId) ? null : itemId,
      name: item?.fullName ?? name,
      character_name: isGiven(itemId) ? null : owner.name,
      set_name: item?.setName ?? null,
      slots: places,
      tailored,
      points,
      pack,
    })),
  })

function complete({ status, suit, alternatives, bound, nodes, candidateCount, elapsedMs, conflict }: Progress): string {
  const demands = conflict?.demands.map(({ text }) => text) ?? null
  const log = demands
    ? event('log', { level: 'warning', message: `No suit has all of this: ${demands.join('; ')}` })
    : ''
  const suits = suit ? 1 + alternatives.length : 0
  return (
    log +
    event('complete', {
      status,
      suits,
      bound,
      nodes,
      candidates: candidateCount,
      elapsed_ms: elapsedMs,
      conflict: demands,
    })
  )
}
