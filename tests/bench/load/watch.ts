// A process of its own that plays browsers: reads what to watch as JSON from its input, says once a second what it got.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { openReader } from './reader.ts'

export interface Watch {
  url: string
  browsers: number
  /** A subscription with its token; without one the socket just listens. */
  query?: string
  token?: string
  /** Stands once in each event. */
  sign: string
}

export interface Watched {
  /** Events that the first browser got, counted by their sign. */
  events: number
  messages: number
  /** Bytes that the browser with the fewest and the one with the most got. */
  leastBytes: number
  mostBytes: number
}

const watch = JSON.parse(await text(process.stdin)) as Watch
const sign = Buffer.from(watch.sign)
let events = 0
const counts = Array.from({ length: watch.browsers }, () => ({ messages: 0, bytes: 0 }))
const observe = (payload: Buffer) => {
  for (let at = payload.indexOf(sign); at >= 0; at = payload.indexOf(sign, at + sign.length)) events++
}
for (const [i, counted] of counts.entries()) {
  // Only the first is looked into; that the others get the same bytes shows in their number.
  const { url, query, token } = watch
  const reader = await openReader({ url, query, token, id: 'watch', counted, observe: i === 0 ? observe : undefined })
  if (i > 0) reader.hearBy((data) => void (counted.bytes += data.length))
}
const http = createServer((_, response) => {
  const bytes = counts.map((counted) => counted.bytes)
  const watched: Watched = {
    events,
    messages: counts[0]?.messages ?? 0,
    leastBytes: Math.min(...bytes),
    mostBytes: Math.max(...bytes),
  }
  response.end(JSON.stringify(watched))
})
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
