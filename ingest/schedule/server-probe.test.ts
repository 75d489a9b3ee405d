import { createSocket, type Socket } from 'node:dgram'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { playerCount } from './player-counts.ts'
import { nextState, readAddress } from './server-health.ts'
import { loginPacket, probeServer } from './server-probe.ts'

const udpServer = (answer: (packet: Buffer, reply: (text: Buffer) => void) => void) =>
  new Promise<Socket>((resolve) => {
    const socket = createSocket('udp4')
    socket.on('message', (packet, from) => answer(packet, (text) => socket.send(text, from.port, from.address)))
    socket.bind(0, '127.0.0.1', () => resolve(socket))
  })

describe('the question to a game server', () => {
  it('[SRV1] is the one every server answers, sum and all', () => {
    const packet = loginPacket()
    expect(packet.length).toBe(84)
    expect(packet.readUInt32LE(8)).toBe(0x05d0_0093) // as launchers send it
    expect(packet.subarray(20).toString('latin1')).toContain('acservertracker:jj9h26hcsggc')
    expect(packet.readUInt32LE(28)).toBe(52)
  })

  it('[SRV1] is answered by a server that is there: how long it took is its latency', async () => {
    const asked: Buffer[] = []
    const server = await udpServer((packet, reply) => (asked.push(packet), reply(Buffer.from('welcome'))))
    const answer = await probeServer('127.0.0.1', server.address().port)
    expect(answer).toEqual({ state: 'UP', latencyMs: expect.any(Number) as number })
    expect(asked).toEqual([loginPacket()])
    server.close()
  })

  it('[SRV1] finds a server down where no process listens, and unknown where the address does not exist', async () => {
    const server = await udpServer(() => undefined)
    const { port } = server.address()
    server.close()
    expect((await probeServer('127.0.0.1', port)).state).toBe('DOWN')
    expect((await probeServer('no-such-host.invalid', 9000)).state).toBe('UNKNOWN')
  })

  it('[SRV2] needs two failures for a server to be down; our own trouble says nothing', () => {
    const down = { state: 'DOWN', latencyMs: null } as const
    const once = nextState({ state: 'UP', failed_checks: 0 }, down)
    expect(once).toEqual({ state: 'UP', failed: 1 })
    expect(nextState({ state: 'UP', failed_checks: 1 }, { state: 'UNKNOWN', latencyMs: null })).toEqual(once)
    expect(nextState({ state: 'UP', failed_checks: 1 }, down)).toEqual({ state: 'DOWN', failed: 2 })
    expect(nextState({ state: 'DOWN', failed_checks: 9 }, { state: 'UP', latencyMs: 1 })).toEqual({
      state: 'UP',
      failed: 0,
    })
  })

  it('goes to port 9000 unless another is named', () => {
    expect(readAddress('a.example')).toEqual({ host: 'a.example', port: 9000 })
    expect(readAddress('a.example:1')).toEqual({ host: 'a.example', port: 1 })
  })
})

describe('a player count', () => {
  it('[SRV3] is read from a list by the server’s name, and nothing too large or strange is taken', async () => {
    let body: string | Buffer = ''
    let agent: string | undefined
    const http = createServer((request, response) => {
      agent = request.headers['user-agent']
      response.end(body)
    })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`
    body = '[null, {"server":"Other","count":1}, {"server":"coldeve","count":"312","date":"2026-06-20T18:00:00Z"}]'
    expect(await playerCount(url, 'Coldeve')).toEqual({ players: 312, at: '2026-06-20T18:00:00.000Z' })
    expect(agent).toMatch(/^Overlord/)
    expect(await playerCount(url, 'Nowhere')).toBeNull()
    for (const bad of ['{}', 'x', '[{"server":"Coldeve","count":"many"}]', Buffer.alloc(2 * 1024 * 1024, '[')]) {
      body = bad
      await expect(playerCount(url, 'Coldeve')).rejects.toThrow()
    }
    http.closeAllConnections()
    http.close()
  })
})
