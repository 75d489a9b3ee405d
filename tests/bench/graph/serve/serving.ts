import { createServer, type RequestListener, type Server } from 'node:http'
import type { World } from '../world.ts'

export interface Serving {
  graph: World
  /** Where each subgraph is, by its name; null where they are within. */
  addresses: Readonly<Record<string, string>> | null
  gatherMs: number
  control: RequestListener
}
export type Serve = (serving: Serving) => Server | Promise<Server>

/** A server that answers what is asked of the bench itself, and leaves the rest to `answer`. */
export const beside = (control: RequestListener, answer: RequestListener): Server =>
  createServer((request, response) =>
    request.url!.startsWith('/control') ? control(request, response) : answer(request, response),
  )
