import { randomInt } from 'node:crypto'

const EPOCH_MS = Date.UTC(2024, 0)

/**
 * Ids that grow with time and fit a bigint: milliseconds, this process, a count. Needed where an event goes out before
 * the database could number it.
 */
export function frameIds(clock: () => number = Date.now, node = randomInt(1024)): () => string {
  let last = 0
  let count = 0
  return () => {
    const now = Math.max(clock(), last) // a clock set back must not turn the order around
    count = now === last ? count + 1 : 0
    last = count > 4095 ? now + 1 : now
    if (count > 4095) count = 0
    return ((BigInt(last - EPOCH_MS) << 22n) | (BigInt(node) << 12n) | BigInt(count)).toString()
  }
}
