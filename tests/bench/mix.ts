import { playWorld, type Frame } from '../../ingest/simulator/simulator.ts'

/** Parts of 25: what a plugin sends, by measure of real ones. */
export const MIX = { telemetry: 5, vitals: 10, spawn: 5, inventory_delta: 2, chat: 2, combat_stats: 1 }
const ROUND = Object.values(MIX).reduce((sum, part) => sum + part, 0)

export interface Prepared {
  /** Texts to send, by socket. */
  sockets: string[][]
  frames: number
  bytes: number
  /** Those of them that become rows. */
  stored: number
}

/** Frames of a seeded world, mixed and turned to text beforehand, so that only sending is measured. */
export function prepareFrames({ sockets, frames }: { sockets: number; frames: number }): Prepared {
  const pools = new Map<string, Frame[]>()
  for (const { character, frame } of playWorld({ seed: 7, characters: sockets, minutes: 3 })) {
    const key = `${character.index} ${frame.type}`
    pools.set(key, [...(pools.get(key) ?? []), frame])
  }
  const poolOf = (socket: number, type: string) => {
    for (let step = 0; step < sockets; step++) {
      const pool = pools.get(`${(socket + step) % sockets} ${type}`)
      if (pool) return pool
    }
    throw new Error(`Nobody sends ${type}`)
  }
  const rounds = Math.ceil(frames / ROUND / sockets)
  let bytes = 0
  let nextItem = 1_000_000
  const texts = Array.from({ length: sockets }, (_, socket) => {
    const name = poolOf(socket, 'telemetry')[0]!.character_name!
    const list: string[] = []
    for (let round = 0; round < rounds; round++)
      for (const [type, parts] of Object.entries(MIX))
        for (let part = 0; part < parts; part++) {
          const pool = poolOf(socket, type)
          const frame: Frame = { ...pool[(round * parts + part) % pool.length]!, character_name: name }
          // Always an item of its own: one that changes nothing would cost nothing.
          if (type === 'inventory_delta') Object.assign(frame, freshItem(pool, nextItem++))
          const text = JSON.stringify(frame)
          bytes += text.length
          list.push(text)
        }
    return list
  })
  const sent = rounds * ROUND * sockets
  return { sockets: texts, frames: sent, bytes, stored: sent }
}

function freshItem(pool: readonly Frame[], id: number): Partial<Frame> {
  const pattern = pool.find((frame) => typeof frame['item'] === 'object')
  const item = (pattern?.['item'] ?? { Name: 'Pyreal', IntValues: {} }) as Record<string, unknown>
  return { action: 'add', item: { ...item, Id: id } }
}
