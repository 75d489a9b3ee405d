import { memoryPubSub } from './memory.ts'
import { natsPubSub } from './nats.ts'
import type { PubSub } from './pubsub.ts'

/** NATS when an address is given, else within this process. */
export const openPubSub = (natsUrl: string | undefined, name: string): Promise<PubSub> =>
  natsUrl ? natsPubSub(natsUrl, name) : Promise.resolve(memoryPubSub())
