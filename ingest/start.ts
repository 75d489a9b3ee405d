import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { migrate } from '../shared/db/migrate.ts'
import { openPool } from '../shared/db/pool.ts'
import type { Retention } from '../shared/db/retention/spans.ts'
import type { PluginSecrets } from '../shared/auth/secrets.ts'
import type { Log } from '../shared/log.ts'
import type { PubSub } from '../shared/pubsub/pubsub.ts'
import type { Door } from '../shared/serve/door.ts'
import { intake } from './intake.ts'
import { pluginDoor } from './socket/door.ts'
import { watchAbsence } from './watch/absence.ts'
import { watchPartitions } from './watch/partitions.ts'
import { writer } from './writer/writer.ts'

export interface IngestOptions {
  databaseUrl: string
  pubsub: PubSub
  secrets: PluginSecrets
  gameServer: string
  /** How long history is kept. */
  retention: Retention
  log: Log
}

/** The only way in: brings the schema up to date, then opens the plugins' door. */
export async function startIngest({
  databaseUrl,
  pubsub,
  secrets,
  gameServer,
  retention,
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
  const door = await pluginDoor({
    intake: intake({ pubsub, writer: write, gameServer }),
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
      await absence[Symbol.asyncDispose]()
      await write[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}
