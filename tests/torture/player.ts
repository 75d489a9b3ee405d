// A plugin that numbers what it sends, remembers what was acknowledged, and comes back whenever it is cut off. It never
// sends anything twice, as the real one does not.
import WebSocket from 'ws'
import { setTimeout as wait } from 'node:timers/promises'

export interface Player {
  name: string
  /** Numbers sent so far: 1 to this. */
  sent(): number
  /** Numbers that were acknowledged. */
  acknowledged: Set<number>
  reconnects(): number
  stop(): Promise<void>
}

export const KINDS = ['chat', 'telemetry', 'vitals', 'inventory', 'rare'] as const
export type Kind = (typeof KINDS)[number]

/** What the nth frame is: mostly telemetry and vitals, as in life. */
export const kindOf = (n: number): Kind =>
  n % 50 === 0 ? 'rare' : n % 10 === 0 ? 'inventory' : n % 5 === 0 ? 'chat' : n % 2 === 0 ? 'telemetry' : 'vitals'

function frameOf(name: string, n: number): object {
  const about = { character_name: name, timestamp: new Date().toISOString() }
  switch (kindOf(n)) {
    case 'chat':
      return { type: 'chat', ...about, text: `number ${n}`, color: 1 }
    case 'telemetry':
      return { type: 'telemetry', ...about, session_id: 'torture', ew: n % 100, ns: 1, z: 0, kills: n }
    case 'vitals':
      return { type: 'vitals', ...about, health_current: n, health_max: 1_000_000, vitae: 0 }
    case 'inventory':
      return {
        type: 'inventory_delta',
        ...about,
        action: 'add',
        item: { Id: itemId(name, n), Name: `number ${n}`, IntValues: { 5: n } },
      }
    case 'rare':
      return { type: 'rare', ...about, name: `number ${n}`, ew: 1, ns: 1, z: 0 }
  }
}
export const itemId = (name: string, n: number): number => Number(name.split(' ')[1]) * 10_000_000 + n

/** Plays until it is stopped. */
export function play({
  url,
  secret,
  name,
  perSecond,
}: {
  url: string
  secret: string
  name: string
  perSecond: number
}): Player {
  let next = 1
  let connects = 0
  let stopped = false
  const acknowledged = new Set<number>()

  async function session(): Promise<void> {
    const socket = new WebSocket(url, { headers: { 'X-Plugin-Secret': secret }, perMessageDeflate: false })
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()).once('error', () => resolve()))
    const opened = await Promise.race([
      new Promise<boolean>((resolve) => socket.once('open', () => resolve(true))),
      ended.then(() => false),
    ])
    if (!opened) return
    connects++
    const first = next
    let known = 0
    socket.on('message', (data: Buffer) => {
      const { type, n } = JSON.parse(data.toString('utf8')) as { type: string; n: number }
      if (type === 'ack') while (known < n) acknowledged.add(first + known++)
    })
    socket.send(JSON.stringify({ type: 'register', player_name: name, ack: true }))
    const begun = performance.now()
    let over = false
    void ended.then(() => (over = true))
    while (!over && !stopped) {
      const due = first + Math.floor(((performance.now() - begun) / 1000) * perSecond)
      while (next < due && socket.bufferedAmount < 1_000_000) socket.send(JSON.stringify(frameOf(name, next++)))
      await wait(10)
    }
    if (!over && socket.readyState === socket.OPEN) {
      // What was sent is acknowledged before a plugin goes that goes in peace.
      for (const until = Date.now() + 20_000; known < next - first && Date.now() < until && !over;) await wait(20)
      socket.close()
    }
    socket.terminate()
  }

  const playing = (async () => {
    while (!stopped) {
      await session()
      if (!stopped) await wait(50)
    }
  })()
  return {
    name,
    sent: () => next - 1,
    acknowledged,
    reconnects: () => Math.max(0, connects - 1),
    async stop() {
      stopped = true
      await playing
    },
  }
}
