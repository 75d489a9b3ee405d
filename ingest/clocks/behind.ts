/** Frames that are behind the newest, since the last one that was not. `sinceMs` is by our clock. */
export interface Behind {
  sinceMs: number
  frames: number
}

/**
 * Takes note of one more. Whether they have been behind for longer than `ms`, in so many frames: then they are no late
 * ones, but the client's clock was put back.
 */
export function staysBehind(behind: Behind, nowMs: number, { ms, frames }: { ms: number; frames: number }): boolean {
  behind.frames++
  if (nowMs < behind.sinceMs) behind.sinceMs = nowMs // our own clock was put back
  return nowMs - behind.sinceMs > ms && behind.frames >= frames
}
