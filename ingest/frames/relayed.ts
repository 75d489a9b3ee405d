import type { RelayedType } from '../../shared/contract/relayed-types.ts'
import { frameTopic, type FrameEvent } from '../../shared/contract/topics.ts'
import { drop, type Handler } from './outcome.ts'
import type { Publish } from '../rows/row.ts'

/** The event of a frame that is published as received. */
export function relay(type: string, raw: Readonly<Record<string, unknown>>, receivedAt: string): Publish {
  const name = raw['character_name'] ?? raw['player_name']
  const character = typeof name === 'string' && name.length > 0 && name.length <= 64 ? name : null
  const event: FrameEvent = { type, character, receivedAt, body: raw }
  return { topic: frameTopic(type), event }
}

/** FRM7: the handler's result, and the frame itself, published as received. */
export function alsoRelayed<F>(type: RelayedType, handler: Handler<F>): Handler<F> {
  return (frame, around) => {
    if (isTooDeep(around.raw)) return drop('/', 'is nested too deep')
    const outcome = handler(frame, around)
    if (outcome.kept) outcome.publish.push(relay(type, around.raw, around.receivedAt))
    return outcome
  }
}

const MAX_LEVELS = 100

/** Whether a value is nested deeper than any real frame; deeper ones would overflow the stack of a JSON writer. */
export function isTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return Object.values(value).some((part) => isTooDeep(part, levels - 1))
}
