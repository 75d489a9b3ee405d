import { wasPutBack } from '../../shared/contract/fields.ts'

/** So many frames in a row, for so long by our clock. */
const FRAMES = 4
const LONG_MS = 10_000

/** Frames that are far behind the newest, since the last one that was not. `since` is by our clock. */
export interface Behind {
  since: string
  frames: number
}

interface Moments {
  at: string
  receivedAt: string
}

/**
 * TIM3: whether a frame that is behind the newest is told by a clock that was put back: then all are, and none comes in time any
 * more. Takes note of the frame.
 */
export function staysBehind(of: { behind?: Behind | null }, newest: string, { at, receivedAt }: Moments): boolean {
  if (!wasPutBack(at, newest)) return false
  of.behind ??= { since: receivedAt, frames: 0 }
  of.behind.frames++
  return of.behind.frames >= FRAMES && Date.parse(receivedAt) - Date.parse(of.behind.since) >= LONG_MS
}
