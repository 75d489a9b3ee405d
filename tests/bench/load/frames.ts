import { playWorld, type Frame } from '../../../ingest/simulator/simulator.ts'
import { clientFrame } from './wire.ts'

/** Parts of 25: what a plugin sends, by measure of real ones. */
export const MIX = { telemetry: 5, vitals: 10, spawn: 5, inventory_delta: 2, chat: 2, combat_stats: 1 } as const
const ROUND = Object.values(MIX).reduce((sum, part) => sum + part, 0)
/** Placeholders that are changed in place: which item, its mana, and when. */
const FIRST_ITEM = 1_000_000_000
const FIRST_MANA = 1_100_000_000
const PLACES = /("Id":)1000000000\b|("107":)1100000000\b|("timestamp":")\d{4}-[^"]{18}Z/g
/** Items of a character that change, over and over. */
const ITEMS = 64

/** What one socket sends, over and over. */
export interface Track {
  /** One buffer a round of 25 frames when packed, else one a frame. */
  pieces: Buffer[]
  framesAPiece: number
  /**
   * Changes a piece: now, other items, and mana they never had. A frame that is late or changes nothing would cost
   * nothing.
   */
  renew: (piece: number) => void
}

let changes = 0

/** Frames of a seeded world, mixed and made ready beforehand, so that only sending is left. */
export function makeTracks({
  sockets,
  rounds,
  packed,
  only,
  called = 'Runner',
}: {
  sockets: number
  rounds: number
  packed: boolean
  only?: string | undefined
  /** What the characters are called, before their number. */
  called?: string | undefined
}): Track[] {
  const pools = new Map<string, Frame[]>()
  const characters = Math.min(sockets, 60)
  for (const { character, frame } of playWorld({ seed: 7, characters, minutes: 3 })) {
    const key = `${character.index} ${frame.type}`
    const pool = pools.get(key)
    if (pool) pool.push(frame)
    else pools.set(key, [frame])
  }
  const poolOf = (socket: number, type: string) => {
    for (let step = 0; step < characters; step++) {
      const pool = pools.get(`${(socket + step) % characters} ${type}`)
      if (pool) return pool
    }
    throw new Error(`Nobody sends ${type}`)
  }
  return Array.from({ length: sockets }, (_, socket) => {
    const name = `${called} ${socket}`
    const frames: Buffer[] = []
    for (let round = 0; round < rounds; round++) {
      const mixed: Frame[] = []
      for (const [type, parts] of Object.entries(only ? { [only]: ROUND } : MIX))
        for (let part = 0; part < parts; part++) {
          const pool = poolOf(socket, type)
          const frame = {
            ...pool[(round * parts + part) % pool.length]!,
            character_name: name,
            timestamp: new Date().toISOString(),
          }
          mixed.push(type === 'inventory_delta' ? withItem(frame, pool) : frame)
        }
      frames.push(...shuffled(mixed, round).map((frame) => clientFrame(JSON.stringify(frame))))
    }
    const size = packed ? ROUND : 1
    const pieces: Buffer[] = []
    for (let i = 0; i < frames.length; i += size) pieces.push(Buffer.concat(frames.slice(i, i + size)))
    const marked = pieces.map((piece) => places(piece))
    const renew = (piece: number) => {
      const moment = new Date().toISOString()
      for (const { at, what } of marked[piece]!) {
        if (what === 'moment') {
          pieces[piece]!.write(moment, at, 'latin1')
          continue
        }
        const number =
          what === 'item' ? FIRST_ITEM + socket * 1_000 + (++changes % ITEMS) : FIRST_MANA + (changes % 50_000_000)
        pieces[piece]!.write(String(number), at)
      }
    }
    return { pieces, framesAPiece: size, renew }
  })
}

function withItem(frame: Frame, pool: readonly Frame[]): Frame {
  const pattern = pool.find((one) => typeof one['item'] === 'object')
  const item = (pattern?.['item'] ?? { Name: 'Pyreal', IntValues: {} }) as Record<string, unknown>
  const IntValues = { ...(item['IntValues'] as object), 107: FIRST_MANA }
  return { ...frame, action: 'update', item_id: undefined, item: { ...item, IntValues, Id: FIRST_ITEM } }
}

function places(piece: Buffer): { at: number; what: 'item' | 'mana' | 'moment' }[] {
  return [...piece.toString('latin1').matchAll(PLACES)].map((found) => {
    const name = found[1] ?? found[2] ?? found[3]!
    return { at: found.index + name.length, what: found[1] ? 'item' : found[2] ? 'mana' : 'moment' }
  })
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const step = [7, 11, 13, 17, 19][seed % 5]!
  return list.map((_, i) => list[(i * step) % list.length]!)
}
