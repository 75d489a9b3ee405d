import { textFrame as frameOf } from '../../../shared/serve/text-frame.ts'
import { counted } from './counters.ts'

/** A WebSocket text frame. Counted. */
export function textFrame(text: string): Buffer {
  counted.framed++
  return frameOf(text)
}

/** A `next` message of graphql-ws around a result that is JSON already. */
export const nextMessage = (id: string, result: string): string =>
  `{"id":${JSON.stringify(id)},"type":"next","payload":${result}}`
