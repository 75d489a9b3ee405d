import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { startSimulator, type Frame, type SimulatorOptions } from './simulator.ts'

/** A server that takes everything down and knows nothing of the simulator. */
async function aServer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const texts: string[] = []
  const sockets: WebSocket[] = []
  server.on('connection', (socket, request) => {
    if (request.headers['x-plugin-secret'] !== 'sesame') return socket.close(1008)
    sockets.push(socket)
    socket.on('message', (data) => void texts.push(String(data)))
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws/position`,
    texts,
    sockets,
    ofType: (type: string) =>
      texts.filter((text) => text.startsWith(`{"type":"${type}"`)).map((text) => JSON.parse(text) as Frame),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const play = (url: string, more: Partial<SimulatorOptions> = {}) =>
  startSimulator({ url, secret: 'sesame', seed: 7, characters: 5, pace: 'fast', minutes: 4, ...more })

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('It did not come true in ten seconds')
    await delay(5)
  }
}

describe('a simulator', () => {
  it('writes down exactly what the server reads', async () => {
    await using server = await aServer()
    await using simulator = await play(server.url)
    await simulator.done
    expect(server.texts.length).toBe(simulator.truth.framesSent)
    for (const [name, truth] of simulator.truth.characters) {
      const telemetry = server.ofType('telemetry').filter((frame) => frame.character_name === name)
      expect(telemetry.at(-1)).toEqual(truth.telemetry)
      expect(telemetry.length).toBe(truth.positions.length)
    }
    expect(server.ofType('chat').length).toBe(
      [...simulator.truth.characters.values()].reduce((sum, truth) => sum + truth.chat.length, 0),
    )
  })

  it('says register first on every socket', async () => {
    await using server = await aServer()
    await using simulator = await play(server.url, { minutes: 0.1 })
    await simulator.done
    expect(server.sockets.length).toBe(5)
    expect(
      server
        .ofType('register')
        .map((frame) => frame['player_name'])
        .sort(),
    ).toEqual([...simulator.characters].sort())
  })

  it('makes faults that leave the truth as it is: every good frame arrives once, unless repeated', async () => {
    await using server = await aServer()
    await using simulator = await play(server.url, {
      faults: ['cut', 'late', 'garbage', 'duplicate'],
      minutes: 12,
      characters: 8,
    })
    for (let nth = 0; nth < 8; nth++) await simulator.findRare()
    await simulator.done
    await simulator.settled()
    const { cut, late, garbage, duplicate } = simulator.faultsFired
    expect(Math.min(cut, late, garbage, duplicate)).toBeGreaterThan(0)
    expect(server.sockets.length).toBe(8 + simulator.figures().reconnects)
    expect(server.texts.length).toBe(simulator.truth.framesSent + garbage)
    const found = server.ofType('rare').filter((frame) => frame.character_name)
    expect(found.length).toBeGreaterThan(simulator.truth.rares.length)
    expect(new Set(found.map((frame) => JSON.stringify(frame))).size).toBe(simulator.truth.rares.length)
    const lateOnes = [...simulator.truth.characters.values()].flatMap((truth) =>
      truth.positions.filter((position) => position.late),
    )
    const moments = new Map<string, string>()
    const lateFights = server.ofType('combat_stats').filter(({ character_name, session_id, session, timestamp }) => {
      if (typeof session !== 'object') return false // garbage
      const key = `${character_name} ${String(session_id)}`
      const isLate = timestamp! < (moments.get(key) ?? '')
      if (!isLate) moments.set(key, timestamp!)
      return isLate
    })
    expect(lateOnes.length).toBeGreaterThan(0)
    // a late fight of a session that ended cannot be recognised
    expect(lateOnes.length + lateFights.length).toBeLessThanOrEqual(late)
  })

  it('finds a rare and says a line on command', async () => {
    await using server = await aServer()
    await using simulator = await play(server.url, { pace: 'live' })
    const rare = await simulator.findRare('Infinite Leather')
    await simulator.say(simulator.characters[1]!, 'well met', 'say')
    expect(server.ofType('rare')).toMatchObject([
      { character_name: rare.character, name: 'Infinite Leather', timestamp: rare.timestamp },
    ])
    expect(server.ofType('chat').filter((frame) => frame['text'] === 'You say, "well met"')).toMatchObject([
      { character_name: simulator.characters[1] },
    ])
  })

  it('carries out commands and remembers them', async () => {
    await using server = await aServer()
    await using simulator = await play(server.url, { pace: 'live', characters: 1 })
    server.sockets[0]!.send(JSON.stringify({ player_name: simulator.characters[0], command: '/radar start' }))
    await until(() => simulator.truth.of(simulator.characters[0]!).commands.length > 0)
    await until(() => server.ofType('nearby_objects').length > 0)
    expect(simulator.truth.of(simulator.characters[0]!).commands).toEqual(['/radar start'])
  })

  it('comes back by itself when its socket breaks', async () => {
    await using server = await aServer()
    await using simulator = await play(server.url, { pace: 'live', characters: 2, telemetryEveryMs: 100 })
    server.sockets[0]!.terminate()
    await until(() => server.sockets.length === 3)
    await until(() => server.ofType('register').length === 3)
    expect(simulator.figures().reconnects).toBe(1)
  })

  it('sends a history before it goes live', async () => {
    await using server = await aServer()
    await using simulator = await play(server.url, { pace: 'live', warmUpMinutes: 600, characters: 3 })
    await simulator.warm
    const first = server.ofType('telemetry')[0]!
    expect(Date.now() - Date.parse(first.timestamp!)).toBeGreaterThan(590 * 60_000)
    expect(Date.now() - Date.parse(server.ofType('telemetry').at(-1)!.timestamp!)).toBeLessThan(10_000)
  })

  it('reports what is wrong, and how to fix it', async () => {
    await using server = await aServer()
    await expect(play(server.url, { secret: 'wrong' })).rejects.toThrow(/refuses the plugin secret.*--secret/)
    await expect(play('ws://127.0.0.1:4899/ws/position')).rejects.toThrow(/Nobody listens.*--url/)
    await expect(play(server.url, { fleet: '/nowhere' })).rejects.toThrow(/no fleet at \/nowhere/)
  })
})
