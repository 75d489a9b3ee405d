import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { until } from '../../shared/testing/until.ts'
import { MAX_CONNECTIONS, MAX_PER_ADDRESS, publicSockets, type PublicSockets } from './sockets.ts'

let server: Server
let sockets: PublicSockets
let wholes = 0
beforeEach(() => {
  wholes = 0
  sockets = publicSockets(
    () => [`{"v":1,"type":"status","connected":true,"nth":${++wholes}}`],
    pino({ level: 'silent' }),
  )
  server = createServer().listen(0)
  server.on('upgrade', (request, socket, head) =>
    sockets.upgrade(request, socket, head, String(request.headers['x-from'])),
  )
})
afterEach(async () => {
  await sockets[Symbol.asyncDispose]()
  server.close()
})

/** Connects from an address; gives the socket and what it received, or the status of the refusal. */
async function connect(from: string) {
  const { port } = server.address() as AddressInfo
  const ws = new WebSocket(`ws://127.0.0.1:${port}/eye/ws`, { headers: { 'x-from': from } })
  const received: string[] = []
  ws.on('message', (data: Buffer) => received.push(data.toString()))
  const status = await new Promise<number>((resolve, reject) => {
    ws.once('open', () => resolve(101))
    ws.once('unexpected-response', (_, response) => resolve(response.statusCode!))
    ws.once('error', reject)
  })
  return { ws, status, received }
}

describe('the public socket', () => {
  it('refuses the sixth connection of an address before the upgrade, with 429, until one is closed', async () => {
    const open = await Promise.all(Array.from({ length: MAX_PER_ADDRESS }, () => connect('one')))
    expect(open.map(({ status }) => status)).toEqual(Array(MAX_PER_ADDRESS).fill(101))
    expect((await connect('one')).status).toBe(429)
    expect((await connect('another')).status).toBe(101)
    open[0]!.ws.close()
    await until('a free place', async () => (await connect('one')).status === 101)
  })

  it('refuses the 101st connection of all, with 429', async () => {
    const from = (nth: number) => `address ${Math.floor(nth / MAX_PER_ADDRESS)}`
    const open = await Promise.all(Array.from({ length: MAX_CONNECTIONS }, (_, nth) => connect(from(nth))))
    expect(open.every(({ status }) => status === 101)).toBe(true)
    expect((await connect('somebody else')).status).toBe(429)
  })

  it('sends everything on request, and ignores messages of other versions and types', async () => {
    const { ws, received } = await connect('one')
    for (const text of ['no json', '[]', '{"v":2,"type":"resync"}', '{"v":1,"type":"dance"}']) ws.send(text)
    await until('the first', () => received.length === 1)
    const begun = performance.now()
    for (let asked = 0; asked < 3; asked++) ws.send('{"v":1,"type":"resync"}')
    await until('the answer, though nobody asks again', () => received.length > 1)
    // One second after the last, less than a timer may be early.
    expect(performance.now() - begun).toBeGreaterThan(800)
    expect(wholes).toBe(2)
    sockets.send(['{"v":1,"type":"mode"}'])
    await until('a message for all', () => received.includes('{"v":1,"type":"mode"}'))
  })
})
