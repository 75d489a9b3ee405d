import { setTimeout as wait } from 'node:timers/promises'
import type { TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { play } from '../load/play.ts'
import type { Load } from '../load/main.ts'
import { readMetrics } from '../metrics.ts'

const PATIENCE_MS = 300_000
/** Each look at the metrics takes the process that is measured some 10 ms of its one core. */
const LOOK_MS = 250

export interface Rate {
  /** Frames stored a second, from the first one sent until the last one stored. */
  stored: number
  /** Frames taken a second while they were sent. */
  taken: number
  /** Processor seconds a frame, of the process that is measured. */
  cpuPerFrame: number
  memoryMb: number
  /** 99 of 100 turns of the event loop were late by no more, over the whole time of sending. */
  loopDelayMs: number
  frames: number
}

/** Plays a load against Overlord, and waits until everything is stored. */
export async function storeRate(overlord: TestOverlord, load: Omit<Load, 'url' | 'headers'>): Promise<Rate> {
  const before = await readMetrics(overlord)
  let begun = 0
  using played = await play(
    { ...load, url: overlord.pluginUrl, headers: { 'X-Plugin-Secret': overlord.secret } },
    () => {
      begun = performance.now()
    },
  )
  const sentMs = performance.now() - begun
  const sent = await readMetrics(overlord)
  const all = before('overlord_ingest_frames_total') + played.sent
  let now = sent
  while (now('overlord_ingest_frames_total') < all || now('overlord_ingest_spool_bytes') > 0) {
    if (performance.now() - begun - sentMs > PATIENCE_MS)
      throw new Error(`${now('overlord_ingest_spool_bytes')} bytes were not stored in time`)
    await wait(LOOK_MS)
    now = await readMetrics(overlord)
  }
  // A fight sent out of order is older than what is known, so it is counted but not stored.
  const stored = now('overlord_ingest_stored_frames_total') - before('overlord_ingest_stored_frames_total')
  return {
    stored: stored / ((performance.now() - begun) / 1000),
    taken: played.sent / (sentMs / 1000),
    cpuPerFrame: (now('process_cpu_seconds_total') - before('process_cpu_seconds_total')) / played.sent,
    memoryMb: Math.max(sent('process_resident_memory_bytes'), now('process_resident_memory_bytes')) / 2 ** 20,
    // The histogram holds the time between two shots of its timer: what is beyond the least of them is delay.
    loopDelayMs: (sent('nodejs_eventloop_lag_p99_seconds') - sent('nodejs_eventloop_lag_min_seconds')) * 1000,
    frames: played.sent,
  }
}
