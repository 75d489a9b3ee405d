import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import path from 'node:path'
import { migrate } from '../shared/db/migrate.ts'
import { openPool } from '../shared/db/pool.ts'
import type { Retention } from '../shared/db/retention/spans.ts'
import type { PluginSecrets } from '../shared/auth/secrets.ts'
import type { Log } from '../shared/log.ts'
import type { PubSub } from '../shared/pubsub/pubsub.ts'
import type { Door } from '../shared/serve/door.ts'
import { capture } from './capture.ts'
import { intake } from './intake.ts'
import { pluginDoor } from './socket/door.ts'
import { watchAbsence } from './watch/absence.ts'
import { watchPartitions } from './watch/partitions.ts'
import { watchServer } from './watch/server-health.ts'
import { probeServer } from './watch/server-probe.ts'
import { tellStatus } from './watch/status.ts'
import { writer } from './writer/writer.ts'

export interface IngestOptions {
  databaseUrl: string
  pubsub: PubSub
  secrets: PluginSecrets
  gameServer: string
  /** Where the game server is, and where its players are counted; null where nobody is to be asked. */
  health: { address: string; countsUrl: string | null } | null
  /** How long history is kept. */
  retention: Retention
  /** How many frames of each type to keep for study; 0 is none. */
  captureFrames: number
  dataDir: string
  log: Log
}

/** The only way in: brings the schema up to date, then opens the plugins' door. */
export async function startIngest({
  databaseUrl,
  pubsub,
  secrets,
  gameServer,
  health,
  retention,
  captureFrames,
  dataDir,
  log,
}: IngestOptions): Promise<Door> {
  const node = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const onError = (error: Error) => log.warn({ error }, 'lost a database connection')
  const pool = openPool(databaseUrl, { name: 'ingest', max: 4, onError })
  const ran = await migrate(pool)
  if (ran.length) log.info({ ran }, 'schema brought up to date')
  const write = writer({ pool, pubsub, log })
  const partitions = watchPartitions(pool, retention, log)
  const absence = await watchAbsence({ pool, pubsub, log })
  const server = health && watchServer({ pool, pubsub, log, name: gameServer, ...health, probe: probeServer })
  const captured = captureFrames ? capture(path.join(dataDir, 'capture'), captureFrames, log) : undefined
  const status = tellStatus({ pubsub, node, storing: () => write.storing() })
  const door = await pluginDoor({
    intake: intake({ pubsub, writer: write, gameServer, capture: captured }),
    writer: write,
    pubsub,
    secrets,
    log,
    node,
  })
  return {
    ...door,
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]()
      await partitions[Symbol.asyncDispose]()
      status[Symbol.dispose]()
      await server?.[Symbol.asyncDispose]()
      await captured?.written()
      await absence[Symbol.asyncDispose]()
      await write[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}
