// A process that receives events through the broker, reports how many came and how late, and tells the sender its
// count.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { testNatsPubSub } from '../../../shared/pubsub/testing/test-nats.ts'
import { percentile } from '../figure.ts'
import type { Tick } from './world.ts'

export interface Heard {
  events: number
  p50Ms: number
  p99Ms: number
}

const FAR = 'bench.far'
const REPORT_EVERY = 500
const MAX_LATE = 100_000

const { url } = JSON.parse(await text(process.stdin)) as { url: string }
const pubsub = await testNatsPubSub(url, 'bench listener')
let events = 0
let late: number[] = []
await pubsub.subscribe('bench.tick.*', (event) => {
  if (++events % REPORT_EVERY === 0) pubsub.publish(FAR, events)
  if (late.length < MAX_LATE) late.push(performance.timeOrigin + performance.now() - Number((event as Tick).at))
})
const http = createServer((request, response) => {
  const heard: Heard = { events, p50Ms: percentile(late, 0.5), p99Ms: percentile(late, 0.99) }
  if (request.url === '/reset') late = []
  response.end(JSON.stringify(heard))
})
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
