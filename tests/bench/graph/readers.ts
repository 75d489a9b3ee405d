// A process that plays readers of one subscription, over bare sockets: what it costs must not be what is measured.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { openReader } from '../load/reader.ts'
import { countMessages } from '../load/wire.ts'
import { percentile } from '../figure.ts'

export interface Readers {
  url: string
  readers: number
  /** Dealt out in turn; without any, sockets just listen. */
  queries?: readonly string[]
  /** Each calls its operation by a name of its own. */
  ownIds?: boolean
  /** So many read nothing at all. */
  stalled?: number
}

export interface Read {
  messages: number
  /** Events of the first reader. */
  events: number
  bytes: number
  p99Ms: number
}

const { url, readers, queries = [], ownIds = false, stalled = 0 } = JSON.parse(await text(process.stdin)) as Readers
const AT = Buffer.from('"at":"')
const LATE_AFTER = 200_000
let events = 0
let late: number[] = []
const counts = Array.from({ length: readers }, () => ({ messages: 0, bytes: 0 }))

/** Finds the time an event was published. */
function observe(payload: Buffer): void {
  for (let at = payload.indexOf(AT); at >= 0; at = payload.indexOf(AT, at + AT.length)) {
    events++
    const published = Number(payload.toString('latin1', at + AT.length, payload.indexOf(0x22, at + AT.length)))
    if (late.length < LATE_AFTER) late.push(performance.timeOrigin + performance.now() - published)
  }
}

for (let i = 0; i < readers + stalled; i++) {
  const counted = counts[i] ?? { messages: 0, bytes: 0 }
  const query = queries[i % queries.length]
  const id = ownIds ? `own ${i}` : 'same'
  const reader = await openReader({ url, query, token: 'bench', id, counted, observe: i === 0 ? observe : undefined })
  if (i >= readers) reader.socket.pause()
  else if (i > 0) reader.hearBy(countMessages(counted))
}
const http = createServer((request, response) => {
  const sum = (of: 'messages' | 'bytes') => counts.reduce((total, counted) => total + counted[of], 0)
  const read: Read = { messages: sum('messages'), events, bytes: sum('bytes'), p99Ms: percentile(late, 0.99) }
  if (request.url === '/reset') late = []
  response.end(JSON.stringify(read))
})
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
