// A process that publishes events through the broker: so many a second (`?perSecond=`), or as many as the listener
// takes.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { testNatsPubSub } from '../../../shared/pubsub/testing/test-nats.ts'
import { tick } from './world.ts'

/** Limit of events in flight, and of events published at once. */
const WINDOW = 20_000
const BURST = 200

const { url, topic, far } = JSON.parse(await text(process.stdin)) as { url: string; topic: string; far: string }
const pubsub = await testNatsPubSub(url, 'bench publisher')
let published = 0
let heard = 0
let stop: () => void = () => undefined
await pubsub.subscribe(far, (events) => (heard = events as number))

const publish = (events: number) => {
  for (let n = 0; n < events; n++) pubsub.publish(topic, tick(published++))
}

function atRate(perSecond: number): () => void {
  const [begun, before] = [performance.now(), published]
  const timer = setInterval(
    () => publish(before + Math.floor(((performance.now() - begun) / 1000) * perSecond) - published),
    1,
  )
  return () => clearInterval(timer)
}

function asFastAsCan(): () => void {
  let goesOn = true
  const more = () => {
    if (published - heard < WINDOW) publish(BURST)
    if (goesOn) setImmediate(more)
  }
  more()
  return () => (goesOn = false)
}

const http = createServer((request, response) => {
  stop()
  const perSecond = new URL(request.url!, 'http://here').searchParams.get('perSecond')
  stop = perSecond === '0' ? () => undefined : perSecond ? atRate(Number(perSecond)) : asFastAsCan()
  response.end()
})
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
