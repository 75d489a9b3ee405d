import { wasPutBack } from '../../shared/contract/fields.ts'
import { staysBehind, type Behind } from './behind.ts'

const PATIENCE = { ms: 10_000, frames: 4 }

/**
 * TIM3: whether a frame that is behind the newest comes from a clock that was put back: then all following frames are
 * behind too, and none is on time any more. Takes note of the frame.
 */
export function isPutBack(
  of: { behind?: Behind | null },
  newest: string,
  { at, receivedAt }: { at: string; receivedAt: string },
): boolean {
  if (!wasPutBack(at, newest)) return false
  const nowMs = Date.parse(receivedAt)
  return staysBehind((of.behind ??= { sinceMs: nowMs, frames: 0 }), nowMs, PATIENCE)
}
