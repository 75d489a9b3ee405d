import { memoryPubSub } from './memory.ts'
import type { NatsConfig } from './nats-access.ts'
import { natsPubSub, type NatsOptions } from './nats.ts'
import type { PubSub } from './pubsub.ts'

/** NATS when an address is given, else within this process. */
export const openPubSub = (config: NatsConfig, options: Omit<NatsOptions, 'config'>): Promise<PubSub> =>
  config.NATS_URL ? natsPubSub({ config, ...options }) : Promise.resolve(memoryPubSub())
