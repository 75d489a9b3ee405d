import { pino } from 'pino'
import { subgraphs } from '../rooms.ts'
import { memoryPubSub } from '../shared/pubsub/memory.ts'
import type { PubSub } from '../shared/pubsub/pubsub.ts'
import type { Subgraph } from '../shared/serve/subgraph.ts'

/** Every subgraph of the list, within this process. Who starts them ends them. */
const SETTINGS = { SHARED_SECRET: 'a secret for tests only', SHARE_LINKS: 'on' }

export async function startSubgraphs(databaseUrl: string, pubsub: PubSub = memoryPubSub()): Promise<Subgraph[]> {
  const host = {
    databaseUrl,
    pubsub,
    log: pino({ level: 'silent' }),
    dataDir: '/nowhere',
    key: 'a key for tests only',
    pluginUrl: 'ws://here',
  }
  const started: Subgraph[] = []
  for (const room of subgraphs) started.push(await room.start(host, SETTINGS))
  return started
}
