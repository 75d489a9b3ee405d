// What processes send each other through the broker is signed, so that access to the broker is no power over plugins,
// sessions and worlds. A message is 32 bytes of HMAC-SHA256, then what it covers beside the topic: 8 bytes that name
// the sending process, 8 bytes of its count, 8 bytes of time, and the event as JSON.
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const MAC_BYTES = 32
const HEAD_BYTES = 24
/** A message this much older or newer than our clock is refused. The clocks of machines may differ by less. */
export const FRESH_MS = 60_000
/** Counts of a sender that are remembered: a cluster of brokers may deliver out of order. */
const REMEMBERED = 1_024
const MAX_SENDERS = 1_000

/** Why a message is refused. */
export type Refusal = 'forged' | 'stale' | 'repeated'

/**
 * Whether events of a topic are signed: all but what is seen of the game (`ev.`), which causes no action and is most of
 * the traffic.
 */
export const isSigned = (topic: string): boolean => !topic.startsWith('ev.')

/** The counts of one sender that came lately. */
interface Sender {
  highest: number
  seen: Set<number>
  at: number
}

/** Signs messages of this process, and checks those of others. */
export class Envelopes {
  readonly #key: Buffer
  readonly #now: () => number
  readonly #sender = randomBytes(8)
  #count = 0

  /** @param secret what all processes share; the signing key is derived from it */
  constructor(secret: string, now: () => number = Date.now) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'overlord broker', 32))
    this.#now = now
  }

  /** A signed message with this body. */
  seal(topic: string, body: Uint8Array): Buffer {
    const message = Buffer.allocUnsafe(MAC_BYTES + HEAD_BYTES + body.length)
    this.#sender.copy(message, MAC_BYTES)
    message.writeDoubleBE(++this.#count, MAC_BYTES + 8)
    message.writeDoubleBE(this.#now(), MAC_BYTES + 16)
    message.set(body, MAC_BYTES + HEAD_BYTES)
    this.#mac(topic, message).copy(message)
    return message
  }

  /**
   * Checks the messages of one subscription; each is accepted once.
   * @returns a function that gives the body of a message, or why it is refused
   */
  opener(): (topic: string, message: Uint8Array) => Buffer | Refusal {
    const senders = new Map<string, Sender>()
    return (topic, bytes) => {
      if (bytes.length < MAC_BYTES + HEAD_BYTES) return 'forged'
      const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      if (!timingSafeEqual(this.#mac(topic, message), message.subarray(0, MAC_BYTES))) return 'forged'
      const now = this.#now()
      const at = message.readDoubleBE(MAC_BYTES + 16)
      if (Math.abs(now - at) > FRESH_MS) return 'stale'
      const name = message.toString('latin1', MAC_BYTES, MAC_BYTES + 8)
      const sender = senders.get(name) ?? { highest: 0, seen: new Set(), at: now }
      if (!senders.has(name)) {
        if (senders.size >= MAX_SENDERS) forgetGone(senders, now)
        senders.set(name, sender)
      }
      sender.at = now
      if (!isNew(sender, message.readDoubleBE(MAC_BYTES + 8))) return 'repeated'
      return message.subarray(MAC_BYTES + HEAD_BYTES)
    }
  }

  /** Of a topic and everything of a message after its first bytes. */
  #mac(topic: string, message: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(`${topic}\n`).update(message.subarray(MAC_BYTES)).digest()
  }
}

/** Notes a count; false if it came before, or is older than those that are remembered. */
function isNew(sender: Sender, count: number): boolean {
  if (count <= sender.highest - REMEMBERED || sender.seen.has(count)) return false
  sender.seen.add(count)
  if (count > sender.highest) sender.highest = count
  if (sender.seen.size > 2 * REMEMBERED)
    for (const one of sender.seen) if (one <= sender.highest - REMEMBERED) sender.seen.delete(one)
  return true
}

/** Senders that ended: whatever they sent is stale by now. */
function forgetGone(senders: Map<string, Sender>, now: number): void {
  for (const [name, { at }] of senders) if (now - at > 2 * FRESH_MS) senders.delete(name)
}
