import { afterEach, describe, expect, it } from 'vitest'
import { memoryPubSub } from '../../shared/pubsub/memory.ts'
import { until } from '../../shared/testing/until.ts'
import { counters } from '../metrics/counters.ts'
import type { PluginSocket } from './plugin-socket.ts'
import { shareAmongPlugins, type Shares } from './shares.ts'

const HEAD = 2 // of a frame with less than 126 bytes
const UPDATE = 'share_vital_update'

/** A plugin's end of a socket: what was written to it, and whether it reads. */
function aSocket(name: string | null) {
  const socket = {
    written: [] as Buffer[],
    writes: 0,
    lagging: false,
    reads: (_isOpen: boolean) => {},
    character: () => name,
    isLagging: () => socket.lagging,
    onceReading: (then: (isOpen: boolean) => void) => void (socket.reads = then),
    write(frames: readonly Buffer[]) {
      socket.writes++
      socket.written.push(...frames)
    },
    /** The texts of the frames. */
    texts() {
      const bytes = Buffer.concat(socket.written)
      const texts: string[] = []
      for (let at = 0; at < bytes.length;) {
        expect(bytes[at]).toBe(0x81)
        const isLong = bytes[at + 1] === 126
        const length = isLong ? bytes.readUInt16BE(at + 2) : bytes[at + 1]!
        const begin = at + (isLong ? HEAD + 2 : HEAD)
        texts.push(bytes.toString('utf8', begin, (at = begin + length)))
      }
      return texts
    },
  }
  return socket
}
const asSocket = (socket: ReturnType<typeof aSocket>) => socket as unknown as PluginSocket

let stops: Shares[] = []
afterEach(() => {
  for (const shares of stops) shares.stop()
  stops = []
})
async function among(sockets: readonly ReturnType<typeof aSocket>[], pubsub = memoryPubSub()) {
  const shares = await shareAmongPlugins(pubsub, new Set(sockets.map(asSocket)))
  stops.push(shares)
  return (from: ReturnType<typeof aSocket>, text: string, type = UPDATE) => shares.send(asSocket(from), text, type)
}

describe('shares', () => {
  it('[SOC6] reach every registered plugin but their sender, verbatim and in order, here and at other processes', async () => {
    const [a, b, c, unknown] = [aSocket('A'), aSocket('B'), aSocket('C'), aSocket(null)]
    const pubsub = memoryPubSub()
    const send = await among([a, b, unknown], pubsub)
    await among([c], pubsub)
    send(a, '{"é":1}')
    send(b, '{"b":1}')
    send(a, '{"a":2}')
    send(b, `{"long":"${'x'.repeat(300)}"}`)
    await until('all', () => c.texts().length === 4 && a.texts().length === 2)
    expect(a.texts()).toEqual(['{"b":1}', `{"long":"${'x'.repeat(300)}"}`])
    expect(b.texts()).toEqual(['{"é":1}', '{"a":2}'])
    expect(unknown.writes).toBe(0)
  })

  it('[SOC12] of one moment are one write to each socket, however many they are', async () => {
    const sockets = Array.from({ length: 50 }, (_, n) => aSocket(`S${n}`))
    const send = await among(sockets)
    for (const socket of sockets) send(socket, '{}')
    await until('all', () => sockets.every((socket) => socket.texts().length === 49))
    expect(sockets.every(({ writes }) => writes === 1)).toBe(true)
  })

  it('[SOC12] that wait for a plugin come before newer ones, though it has begun to read', async () => {
    const [a, slow] = [aSocket('A'), aSocket('Slow')]
    slow.lagging = true
    const send = await among([a, slow])
    send(a, '{"a":1}')
    send(slow, '{"round":1}')
    await until('the first round', () => a.texts().length === 1)
    slow.lagging = false // some of it was read, and not yet all
    send(a, '{"a":2}')
    send(slow, '{"round":2}')
    await until('the second round', () => a.texts().length === 2)
    slow.reads(true)
    expect(slow.texts()).toEqual(['{"a":2}'])
    send(a, '{"a":3}')
    await until('the third', () => slow.texts().length === 2)
    expect(slow.texts()).toEqual(['{"a":2}', '{"a":3}'])
  })

  it('[SOC12] wait for a plugin that does not read: of states the newest, of events all, up to a limit', async () => {
    const [a, b, slow] = [aSocket('A'), aSocket('B'), aSocket('Slow')]
    slow.lagging = true
    const send = await among([a, b, slow])
    for (let n = 0; n < 5; n++) {
      send(a, `{"a":${n}}`)
      send(b, `{"b":${n}}`)
      send(a, `{"cast":${n}}`, 'share_cast_success')
      send(slow, '{"own":1}')
    }
    await until('the others', () => b.texts().length === 15)
    expect(slow.writes).toBe(0)
    const casts = Array.from({ length: 5 }, (_, n) => `{"cast":${n}}`)
    slow.lagging = false
    slow.reads(true)
    expect(slow.texts()).toEqual([...casts.slice(0, 4), '{"a":4}', '{"b":4}', '{"cast":4}'])

    slow.lagging = true
    slow.written = []
    const droppedBefore = await dropped()
    const event = `{"x":"${'x'.repeat(60_000)}"}`
    for (let n = 0; n < 30; n++) send(a, event, 'share_cast_success')
    await until('the other', () => b.texts().length === 45)
    slow.reads(true)
    const bytes = Buffer.concat(slow.written).length
    expect(bytes).toBeGreaterThan(900_000)
    expect(bytes).toBeLessThanOrEqual(1024 * 1024)
    expect((await dropped()) - droppedBefore).toBe(30 - slow.written.length)
  })
})

async function dropped(): Promise<number> {
  const { values } = await counters.dropped.get()
  return values.find(({ labels }) => labels['reason'] === 'plugin_does_not_read')?.value ?? 0
}
