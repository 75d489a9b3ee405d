import { pino } from 'pino'
import { memoryPubSub } from '../shared/pubsub/memory.ts'
import type { PubSub } from '../shared/pubsub/pubsub.ts'
import type { Subgraph } from '../shared/serve/subgraph.ts'
import { startCombat } from '../subgraphs/combat/start.ts'
import { startGuild } from '../subgraphs/guild/start.ts'
import { startInventory } from '../subgraphs/inventory/start.ts'
import { startTelemetry } from '../subgraphs/telemetry/start.ts'

/** All four, within this process. Who starts them ends them. */
export async function startSubgraphs(databaseUrl: string, pubsub: PubSub = memoryPubSub()): Promise<Subgraph[]> {
  const room = { databaseUrl, pubsub, log: pino({ level: 'silent' }) }
  return [
    await startTelemetry({ ...room, unownedTells: 'admins' }),
    startInventory(room),
    startCombat(room),
    startGuild({ ...room, plugin: { url: 'ws://here', secret: 'x' } }),
  ]
}
