// Bulk rows give way to what comes in.
import { performance } from 'node:perf_hooks'

/** A loop with less than a tenth of its time to spare is busy with what comes in. */
const BUSY = 0.9
const WAIT_MS = 1_000

/** Says how much of its time the loop was busy since the last question, 0 to 1. */
function loopUse(): () => number {
  let before = performance.eventLoopUtilization()
  return () => {
    const { utilization } = performance.eventLoopUtilization(before)
    before = performance.eventLoopUtilization()
    return utilization
  }
}

/**
 * For before each batch of bulk rows: waits a moment while the loop is busy, and no longer, so that all of them are
 * stored in the end. In a mass login characters are seen before their inventories are stored.
 * @param pause waits so many milliseconds
 * @param use how much of its time the loop was busy, 0 to 1
 */
export function givingWay(pause: (ms: number) => Promise<unknown>, use = loopUse()): () => Promise<void> {
  return async () => {
    if (use() > BUSY) await pause(WAIT_MS)
    use() // what is asked next is about the batch
  }
}
