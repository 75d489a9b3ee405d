import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { migrate } from '../shared/db/migrate.ts'
import { isAway, openPool, type Pool } from '../shared/db/pool.ts'
import type { Retention } from '../shared/db/retention/periods.ts'
import type { PluginSecrets } from '../shared/auth/secrets.ts'
import type { Log } from '../shared/log.ts'
import type { PubSub } from '../shared/pubsub/pubsub.ts'
import type { Door } from '../shared/serve/door.ts'
import { Resources } from '../shared/serve/resources.ts'
import { lockFolder } from '../shared/serve/lock.ts'
import { privateFolder } from '../shared/private-paths.ts'
import { capture } from './intake/capture.ts'
import { intake, replay } from './intake/intake.ts'
import { LargeFrames } from './large/large-frames.ts'
import { pluginDoor } from './socket/door.ts'
import { Lanes } from './spool/lanes.ts'
import { watchAbsence } from './alerts/absence.ts'
import { watchAttendance } from './schedule/attendance.ts'
import { scheduleBackups, type BackupPlan } from './schedule/backups.ts'
import { watchBackups } from './schedule/last-backup.ts'
import { watchPartitions } from './schedule/partitions.ts'
import { watchServer } from './schedule/server-health.ts'
import { probeServer } from './schedule/server-probe.ts'
import { publishStatus } from './schedule/status.ts'
import { startSources, type SourceOptions } from './sources/start-sources.ts'
import { laneWriters } from './writer/lane-writers.ts'

export interface IngestOptions {
  databaseUrl: string
  pubsub: PubSub
  secrets: PluginSecrets
  gameServer: string
  spool: SpoolSettings
  /** What one connection may send a second on average. */
  framesPerSecond: number
  bytesPerSecond: number
  /** Plugins one address may have connected; whether a proxy of ours says which address that is. */
  pluginsPerAddress: number
  trustProxy: boolean
  /** The address of the game server, and where its players are counted; null to ask neither. */
  health: { address: string; countsUrl: string | null } | null
  /** How long history is kept. */
  retention: Retention
  /** How many frames of each type to keep for study, and where; 0 is none. */
  capture: { folder: string; frames: number }
  /** Backups that are made while it runs. */
  backups: BackupPlan
  /** Traces of assistants, and the world they look at. */
  sources: SourceOptions
  log: Log
}

/** Where accepted frames lie until they are stored. One process a folder. */
export interface SpoolSettings {
  folder: string
  mostBytes: number
  flushMs: number
}

/** The only way in: brings the schema up to date, then opens the plugins' door. */
export async function startIngest(options: IngestOptions): Promise<Door> {
  const { databaseUrl, pubsub, gameServer, log } = options
  const node = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const resources = new Resources()
  try {
    privateFolder(options.spool.folder, (text) => log.warn(text))
    const lock = lockFolder(options.spool.folder)
    resources.defer(() => lock[Symbol.dispose]())
    const onError = (error: Error) => log.warn({ error }, 'lost a database connection')
    const pool = openPool(databaseUrl, { name: 'ingest', max: 4, pipeline: true, onError })
    resources.defer(() => pool.end())
    const migrated = await migrateWhenThere(pool, log)

    const large = resources.use(new LargeFrames(log))
    const spool = new Lanes({ ...options.spool, log })
    const openOne = (name: string) => openPool(databaseUrl, { name, max: 1, pipeline: true, byIndex: true, onError })
    const write = resources.use(
      laneWriters({
        lanes: spool,
        openPool: openOne,
        pubsub,
        replay: replay(large),
        migrated: migrated.done,
        log,
      }),
    )
    resources.use(spool) // what was taken is on disk before the writer is asked to end
    const watching = watch(options, pool, migrated, node, () => write.storing())
    resources.use(watching)

    const { folder, frames } = options.capture
    const captured = frames ? capture(folder, frames, log) : undefined
    resources.defer(() => captured?.written())
    const taking = intake({ pubsub, spool, large, gameServer, log, capture: captured })
    const door = await pluginDoor({ ...options, intake: taking, writer: write, node })
    resources.use(door)
    const sourceHost = { pool, pubsub, log, migrated: migrated.done, folder: options.spool.folder }
    const sources = resources.use(await startSources(options.sources, sourceHost))
    return {
      ...door,
      handle: async (...asked) => (await door.handle(...asked)) || sources.handle(...asked),
      async waitsFor() {
        const waits = await door.waitsFor()
        if (waits === null) await pool.query('select 1') // the writer knows only once there is something to store
        return waits
      },
      [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
    }
  } catch (error) {
    await resources[Symbol.asyncDispose]()
    throw error
  }
}

/** What is looked at beside the frames: days, silence, the game server, ourselves. Begins once the schema is there. */
function watch(
  { databaseUrl, backups, health, retention, gameServer, pubsub, log }: IngestOptions,
  pool: Pool,
  migrated: Migrated,
  node: string,
  storing: () => boolean,
): AsyncDisposable {
  const resources = new Resources()
  const begun = migrated.done.then(async () => {
    if (pool.ending) return
    resources.use(watchPartitions(pool, retention, log))
    resources.use(watchBackups(pool, log))
    resources.use(scheduleBackups(pool, databaseUrl, backups, log))
    resources.use(await watchAbsence({ pool, pubsub, log }))
    resources.use(await watchAttendance({ pool, pubsub, log, gameServer }))
    if (health) resources.use(watchServer({ pool, pubsub, log, name: gameServer, ...health, probe: probeServer }))
  })
  const status = publishStatus({ pubsub, node, storing })
  resources.defer(() => status[Symbol.dispose]())
  return {
    async [Symbol.asyncDispose]() {
      if (migrated.isDone()) await begun
      await resources[Symbol.asyncDispose]()
    },
  }
}

const AGAIN_MS = 1_000

interface Migrated {
  done: Promise<void>
  isDone: () => boolean
}

/**
 * Brings the schema up to date. With the database away it goes on trying and lets the door open: frames are taken and
 * wait on disk. What it gives settles once the schema is there.
 */
async function migrateWhenThere(pool: Pool, log: Log): Promise<Migrated> {
  const attempt = async () => {
    const ran = await migrate(pool)
    if (ran.length) log.info({ ran }, 'schema brought up to date')
  }
  try {
    await attempt()
    return { done: Promise.resolve(), isDone: () => true }
  } catch (error) {
    if (!isAway(error)) throw error
    log.error({ error }, 'the database is away; frames are taken and wait on disk')
  }
  const goOn = async (): Promise<void> => {
    for (;;) {
      await wait(AGAIN_MS, undefined, { ref: false })
      if (pool.ending) return
      try {
        return await attempt()
      } catch (error) {
        if (!isAway(error) && !pool.ending) throw error
      }
    }
  }
  let isDone = false
  return { done: goOn().then(() => void (isDone = true)), isDone: () => isDone }
}
