import { randomUUID } from 'node:crypto'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { textFrame } from '../../shared/serve/text-frame.ts'
import { counters } from '../metrics/counters.ts'
import type { PluginSocket } from './plugin-socket.ts'

const TOPIC = 'plugin.share'
/**
 * Between two writes to every socket, for each socket, in milliseconds: 5 ms with 100 sockets, 100 ms with 2,000. So
 * what sharing costs grows with the sockets, and not with sockets times shares.
 */
const TICK_MS_A_SOCKET = 0.05
const MAX_TICK_MS = 250
/** What may wait for a plugin that does not read, in bytes. */
const MAX_WAITING_BYTES = 1024 * 1024

/** Passes a plugin's share to every other registered plugin, here and at other ingest processes. */
export interface Shares {
  /** @param type the type of its frame */
  send(from: PluginSocket, text: string, type: string): void
  stop(): void
}

/** One share, framed once for all. */
interface Share {
  frame: Buffer
  from: PluginSocket | null
  /** Of a plugin that does not read, only the newest share of a key waits; null for one that none replaces. */
  key: string | null
}

/** What waits for a plugin that does not read. */
interface Waiting {
  shares: Map<string, Buffer>
  bytes: number
  unique: number
}

/** Passes shares on: at once while they are few, later in one write to each socket. */
export async function shareAmongPlugins(pubsub: PubSub, sockets: ReadonlySet<PluginSocket>): Promise<Shares> {
  const here = randomUUID()
  const round = new ShareRound(sockets)
  const stop = await pubsub.subscribe(TOPIC, (event) => {
    const { process, text, key } = event as { process: string; text: string; key?: string | null }
    if (process !== here) round.add({ frame: textFrame(text), from: null, key: key ?? null })
  })
  return {
    send(from, text, type) {
      // The newest state replaces the one before; a spell that was cast is an event.
      const key = type.endsWith('_update') ? `${from.character() ?? ''}\u0000${type}` : null
      round.add({ frame: textFrame(text), from, key })
      pubsub.publish(TOPIC, { process: here, text, key })
    },
    stop() {
      stop()
      round.end()
    },
  }
}

/** Gathers shares, and writes them to every socket in turn. */
class ShareRound {
  readonly #sockets: ReadonlySet<PluginSocket>
  readonly #waiting = new Map<PluginSocket, Waiting>()
  #shares: Share[] = []
  #timer: NodeJS.Timeout | null = null
  #writtenAt = -Infinity

  constructor(sockets: ReadonlySet<PluginSocket>) {
    this.#sockets = sockets
  }

  add(share: Share): void {
    this.#shares.push(share)
    if (this.#timer) return
    const tick = Math.min(MAX_TICK_MS, this.#sockets.size * TICK_MS_A_SOCKET)
    this.#timer = setTimeout(() => this.#write(), Math.max(0, this.#writtenAt + tick - performance.now()))
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }

  #write(): void {
    this.#timer = null
    this.#writtenAt = performance.now()
    const shares = this.#shares
    this.#shares = []
    const all = Buffer.concat(shares.map(({ frame }) => frame))
    const own = ownPieces(shares)
    for (const socket of this.#sockets) {
      if (socket.character() === null) continue
      // What waits goes first: an older state must not come after a newer one.
      if (this.#waiting.has(socket) || socket.isLagging()) this.#keep(socket, shares)
      else socket.write(piecesWithout(all, own.get(socket)))
    }
  }

  /** Keeps what a plugin that does not read gets when it reads again. */
  #keep(socket: PluginSocket, shares: readonly Share[]): void {
    let waiting = this.#waiting.get(socket)
    if (!waiting) {
      this.#waiting.set(socket, (waiting = { shares: new Map(), bytes: 0, unique: 0 }))
      socket.onceReading((isOpen) => {
        this.#waiting.delete(socket)
        if (isOpen) socket.write([...waiting!.shares.values()])
      })
    }
    for (const { frame, from, key } of shares) {
      if (from === socket) continue
      const name = key ?? `\u0000${waiting.unique++}`
      const before = waiting.shares.get(name)?.length ?? 0
      if (waiting.bytes - before + frame.length > MAX_WAITING_BYTES) {
        counters.dropped.inc({ reason: 'plugin_does_not_read' })
        continue
      }
      waiting.shares.delete(name) // the newest comes last
      waiting.shares.set(name, frame)
      waiting.bytes += frame.length - before
    }
  }
}

/** A part of the bytes of a round. */
type Piece = readonly [begin: number, end: number]

/** Where the shares of each sender lie in the bytes of a round. */
function ownPieces(shares: readonly Share[]): Map<PluginSocket, Piece[]> {
  const pieces = new Map<PluginSocket, Piece[]>()
  let at = 0
  for (const { frame, from } of shares) {
    const end = at + frame.length
    if (from) {
      const own = pieces.get(from)
      if (own) own.push([at, end])
      else pieces.set(from, [[at, end]])
    }
    at = end
  }
  return pieces
}

/** The bytes of a round for one socket: all but its own. */
function piecesWithout(all: Buffer, own: readonly Piece[] | undefined): Buffer[] {
  if (!own) return [all]
  const pieces: Buffer[] = []
  let at = 0
  for (const [begin, end] of own) {
    if (begin > at) pieces.push(all.subarray(at, begin))
    at = end
  }
  if (at < all.length) pieces.push(all.subarray(at))
  return pieces
}
