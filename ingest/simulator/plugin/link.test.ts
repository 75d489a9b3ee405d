import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { seeded } from '../world/chance.ts'
import { Link } from './link.ts'

describe('a link', () => {
  it('takes no earlier answer for the word that all was read: what it cuts off then would be lost', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false })
    await new Promise((resolve) => server.once('listening', resolve))
    const asked: string[] = []
    let plugin: WebSocket | undefined
    server.on('connection', (socket) => {
      plugin = socket
      socket.on('ping', (mark) => (mark.length ? asked.push(mark.toString()) : socket.pong()))
    })
    const link = new Link({
      url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
      secret: '',
      secretIn: 'header',
      rng: seeded(1),
      hello: () => '{}',
      onReopened: () => undefined,
      onMessage: () => undefined,
    })
    await link.open()
    const heard: string[] = []
    const first = link.settled().then(() => heard.push('first'))
    link.send('{"type":"chat"}', () => undefined)
    const second = link.settled().then(() => heard.push('second'))
    await expect.poll(() => asked.length).toBe(2)
    plugin!.pong(asked[0])
    await first
    expect(heard).toEqual(['first'])
    plugin!.pong(asked[1])
    await second
    plugin!.terminate()
    await link.close()
    await new Promise((resolve) => server.close(resolve))
  })
})
