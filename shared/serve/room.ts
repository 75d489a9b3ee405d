// The life of a room that runs as a process of its own.
import { z } from 'zod'
import { keptSecret } from '../auth/secrets.ts'
import { checkDatabase } from '../db/check-database.ts'
import { createLog, type Log } from '../log.ts'
import { natsFault } from '../pubsub/nats-access.ts'
import { openPubSub } from '../pubsub/open.ts'
import type { PubSub } from '../pubsub/pubsub.ts'
import { common } from '../settings/common.ts'
import { knownSettings } from '../settings/known.ts'
import { natsSettings, natsUrls } from '../settings/nats.ts'
import { readConfig, setting, type Config, type Settings } from '../settings/setting.ts'
import { startTracing } from '../trace/start.ts'
import type { Door } from './door.ts'
import { checkDisk, checkFolder, checkPort, misspellings, refuseFaults } from './start-checks.ts'
import { Resources } from './resources.ts'
import { liveUntilSignal } from './life.ts'
import { metricsAccess } from './metrics-access.ts'
import { measureDisk } from './process-metrics.ts'
import { serve } from './serve.ts'

const NEEDED = z.string('is needed when rooms run as processes of their own').min(1)
const apart = {
  HOST: common.HOST,
  DATA_DIR: common.DATA_DIR,
  LOG_LEVEL: common.LOG_LEVEL,
  LOG_FILE: common.LOG_FILE,
  OTEL_EXPORTER_OTLP_ENDPOINT: common.OTEL_EXPORTER_OTLP_ENDPOINT,
  SECRET_KEY: common.SECRET_KEY,
  METRICS_TOKEN: common.METRICS_TOKEN,
  DISK_MIN_MB: common.DISK_MIN_MB,
  DATABASE_URL: setting(NEEDED, common.DATABASE_URL.about, { fallback: 'none' }),
  ...natsSettings,
  NATS_URL: setting(NEEDED.pipe(natsUrls), natsSettings.NATS_URL.about, { fallback: 'none' }),
}

/** Available to every room that runs as a process. */
export interface RoomContext {
  databaseUrl: string
  pubsub: PubSub
  log: Log
  /** The key the rooms share: signs sessions and viewers. */
  key: string
  dataDir: string
  /** The address it listens on. */
  host: string
}

export interface RoomOptions {
  /** Whether it brings the schema up to date. */
  migrates?: boolean
  /** Called once it listens. */
  announce?: (port: number) => void
}

/**
 * Runs one room as a process: settings, broker, door, port, a clean end.
 * @param own the room's own settings; `port` names the one that holds its port
 */
export async function runRoom<S extends Settings>(
  name: string,
  env: NodeJS.ProcessEnv,
  own: S,
  port: keyof S & string,
  open: (context: RoomContext, config: Config<S>) => Promise<Door>,
  { migrates = false, announce }: RoomOptions = {},
): Promise<void> {
  const resources = new Resources()
  try {
    const config = readConfig<typeof apart & S>({ ...apart, ...own }, env)
    const log = createLog(config.LOG_LEVEL, name, config.LOG_FILE)
    liveUntilSignal(resources, log)
    for (const text of misspellings(env, knownSettings)) log.warn(text)
    await refuseFaults([
      checkFolder(config.DATA_DIR) ?? checkDisk(config.DATA_DIR, true),
      checkPort(config.HOST, Number(config[port]), { port, host: 'HOST' }),
      checkDatabase(config.DATABASE_URL, { migrates }),
      natsFault(config),
    ])
    const key = keptSecret(config.DATA_DIR, 'secret-key', config.SECRET_KEY).value
    const mayMeasure = metricsAccess(config.METRICS_TOKEN, { SECRET_KEY: key })
    measureDisk(config.DATA_DIR, config.DISK_MIN_MB)
    resources.use(await startTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, `overlord-${name}`, log))
    log.info('connecting to NATS')
    const pubsub = resources.use(await openPubSub(config, { name, secret: key, log }))
    const door = await open(
      { databaseUrl: config.DATABASE_URL, pubsub, log, key, dataDir: config.DATA_DIR, host: config.HOST },
      config,
    )
    const served = resources.use(
      await serve({
        name,
        host: config.HOST,
        port: Number(config[port]),
        doors: [
          { ...door, waitsFor: async () => (await door.waitsFor()) ?? (pubsub.ready() ? null : 'the message broker') },
        ],
        log,
        mayMeasure,
      }),
    )
    log.info({ port: served.port }, 'listening')
    announce?.(served.port)
  } catch (error) {
    console.error(`\n  ${name} did not start. ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
    await resources[Symbol.asyncDispose]()
  }
}
