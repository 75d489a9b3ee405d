import { topic, type FrameEvent } from '../../shared/contract/topics.ts'
import type { Publish } from '../outcome.ts'

/** A frame with no place of its own: passed on as it came. */
export function relay(type: string, raw: Readonly<Record<string, unknown>>, receivedAt: string): Publish {
  const name = raw['character_name'] ?? raw['player_name']
  const character = typeof name === 'string' && name.length > 0 && name.length <= 64 ? name : null
  const event: FrameEvent = { type, character, receivedAt, body: raw }
  return { topic: topic('frame', type.slice(0, 64)), event }
}
