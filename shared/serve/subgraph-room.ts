import type { Log } from '../log.ts'
import type { PubSub } from '../pubsub/pubsub.ts'
import type { RoomWithPort } from '../settings/room-ports.ts'
import type { Config, Settings } from '../settings/setting.ts'
import type { Subgraph } from './subgraph.ts'

/** What a subgraph gets from the process it runs in. */
export interface SubgraphHost {
  databaseUrl: string
  pubsub: PubSub
  log: Log
  /** Where secrets made at the first start are kept. */
  dataDir: string
  /** The key that the rooms share. */
  key: string
  /** Where plugins connect. */
  pluginUrl: string
}

/** A subgraph's start function; it gets what was read of the settings it declares. */
export type StartSubgraph<S extends Settings> = (host: SubgraphHost, config: Config<S>) => Subgraph | Promise<Subgraph>

/** A subgraph as the list of rooms has it. */
export interface SubgraphRoom extends RoomWithPort {
  name: string
  settings(): Promise<Settings>
  /** Loads its code, with the metrics it counts: before tracing begins, which exports those that are there. */
  load(): Promise<unknown>
  /** Reads its settings and starts it. The caller disposes of it. */
  start(host: SubgraphHost, env: NodeJS.ProcessEnv): Promise<Subgraph>
}
