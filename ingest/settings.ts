import path from 'node:path'
import { healthSettings } from '../shared/config.ts'
import type { Retention } from '../shared/db/retention/periods.ts'
import type { IngestOptions } from './start.ts'

/** The settings of the ingest process. */
export function ingestSettings(
  config: {
    GAME_SERVER: string
    SPOOL_DIR?: string | undefined
    SPOOL_MOST_MB: number
    SPOOL_FLUSH_MS: number
    INGEST_FRAMES_PER_SECOND: number
    PLUGINS_PER_ADDRESS: number
    TRUST_PROXY: boolean
    GAME_SERVER_ADDRESS: string
    PLAYER_COUNTS_URL: string
    RETENTION: Retention
    INGEST_CAPTURE: number
  },
  dataDir: string,
): Omit<IngestOptions, 'databaseUrl' | 'pubsub' | 'secrets' | 'log'> {
  return {
    gameServer: config.GAME_SERVER,
    spool: {
      folder: config.SPOOL_DIR ?? path.join(dataDir, 'spool'),
      mostBytes: config.SPOOL_MOST_MB * 2 ** 20,
      flushMs: config.SPOOL_FLUSH_MS,
    },
    framesPerSecond: config.INGEST_FRAMES_PER_SECOND,
    pluginsPerAddress: config.PLUGINS_PER_ADDRESS,
    trustProxy: config.TRUST_PROXY,
    health: healthSettings(config),
    retention: config.RETENTION,
    capture: { folder: path.join(dataDir, 'capture'), frames: config.INGEST_CAPTURE },
  }
}
