import path from 'node:path'
import { z } from 'zod'
import { DEFAULT_DAYS, retention } from '../shared/db/retention/periods.ts'
import { common } from '../shared/settings/common.ts'
import { count, url, whole, word } from '../shared/settings/readers.ts'
import { setting, type Config } from '../shared/settings/setting.ts'
import { readAllowed } from '../shared/contract/redact-trace.ts'
import { readHeaders, type Collector } from './sources/otel/collector.ts'
import type { IngestOptions } from './start.ts'

const { SHARED_SECRET, TRUST_PROXY } = common

const WORLDS = ['demo', 'dereth', 'minecraft'] as const
type World = (typeof WORLDS)[number]

/** Names of worlds; `off` is none. */
const worlds = z
  .string()
  .default('off')
  .transform((text, context): World[] => {
    if (text.trim() === 'off') return []
    const names = text.split(',').map((name) => name.trim())
    if (names.some((name) => !(WORLDS as readonly string[]).includes(name)))
      context.addIssue(`must be off, or of ${WORLDS.join(', ')}, separated by commas`)
    return [...new Set(names as World[])]
  })

/** What ingest reads of the environment. */
export const settings = {
  SHARED_SECRET,
  SHARED_SECRET_LEGACY: setting(
    z.string().min(1).optional(),
    'a second secret that is accepted too, for plugins not yet changed; the start warns of it',
    { fallback: 'off' },
  ),
  TRUST_PROXY,
  GAME_SERVER: setting(
    z.string().min(1).max(64).default('Coldeve'),
    'game server of frames that name none: items are identified by server and id',
    { fallback: '`Coldeve`' },
  ),
  GAME_SERVER_ADDRESS: setting(
    z
      .string()
      .regex(/^(off|[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?)$/, 'must be host:port, or off')
      .default('play.coldeve.ac:9000'),
    'the game server to ask whether it is there, every 30 s; `off` asks nobody (the demo never does)',
    { fallback: '`play.coldeve.ac:9000`' },
  ),
  PLAYER_COUNTS_URL: setting(
    url('http:', 'https:').or(z.literal('off')).default('https://treestats.net/player_counts-latest.json'),
    'where players are counted, every 5 min; `off` asks nobody',
    { fallback: '`https://treestats.net/player_counts-latest.json`' },
  ),
  SPOOL_DIR: setting(
    z.string().optional(),
    'where accepted frames stay until they are stored; one process a folder, on a disk that honours fsync',
    { fallback: '`spool` in `DATA_DIR`' },
  ),
  SPOOL_MOST_MB: setting(whole(2048, 1, 1_000_000), 'what may wait there, in MB, before plugins are held back', {
    fallback: '`2048`',
    inCompose: 'What may wait on disk for the database before plugins are held back, in MB.',
  }),
  SPOOL_FLUSH_MS: setting(
    whole(25, 0, 1_000),
    'how long frames gather, in ms, before they are flushed to disk together',
    {
      fallback: '`25`',
    },
  ),
  INGEST_FRAMES_PER_SECOND: setting(
    whole(5_000, 10, 1_000_000),
    "what one plugin's connection may send on average; a faster one is read more slowly",
    { fallback: '`5000`' },
  ),
  INGEST_BYTES_PER_SECOND: setting(
    whole(4_194_304, 65_536, 1_000_000_000),
    "what one plugin's connection may send on average, in bytes; four times as much at once",
    { fallback: '`4194304`' },
  ),
  PLUGINS_PER_ADDRESS: setting(
    whole(2_500, 1, 1_000_000),
    'plugins that one address may have connected; behind a proxy set `TRUST_PROXY` for ingest as well',
    { fallback: '`2500`' },
  ),
  INGEST_CAPTURE: setting(
    count('frames', 10_000),
    'keeps the first so many frames of each type in `DATA_DIR/capture`, to see what plugins really send',
    { fallback: '`0`' },
  ),
  BACKUP_EVERY: setting(
    count('hours', 8_760),
    'how old the last backup may be, in hours, before another one is made while Overlord runs; `0` makes none',
    { fallback: '`0`' },
  ),
  BACKUP_KEEP: setting(whole(14, 1, 10_000), 'how many of those backups are kept', { fallback: '`14`' }),
  BACKUP_DIR: setting(z.string().optional(), 'where those backups are kept; they hold secrets', {
    fallback: '`backups` in `DATA_DIR`',
  }),
  TRACE_FIELDS: setting(
    z
      .string()
      .default('')
      .transform((text, context) => {
        const found = readAllowed(text)
        if (!found) context.addIssue('must look like rcon.exec=command;journal.write=text,title, with * for all fields')
        return found ?? new Map<string, string[]>()
      }),
    'fields of tools that traces show besides places, sizes and counts, such as `rcon.exec=command;journal.write=*`; ' +
      '`session` names the fields of a session’s end',
    { fallback: 'none', inCompose: 'Fields of tools that traces show, such as rcon.exec=command;journal.write=*' },
  ),
  TRACE_OTLP_ENDPOINT: setting(
    url('http:', 'https:').optional(),
    'a collector that steps of assistants are sent to as spans (OTLP over HTTP, JSON), such as ' +
      '`http://localhost:4318`; those of our own assistant are not',
    { fallback: 'off' },
  ),
  TRACE_OTLP_HEADERS: setting(
    z
      .string()
      .default('')
      .transform((text, context) => {
        const found = readHeaders(text)
        if (!found) context.addIssue('must look like name=value,name=value')
        return found ?? {}
      }),
    'headers for that collector, such as `authorization=Bearer …`, separated by commas',
    { fallback: 'none' },
  ),
  WORLD: setting(
    worlds,
    "the worlds that Mind's Eye shows, separated by commas: `demo` needs no game, `dereth` is the guild's own game, " +
      '`minecraft` needs a server and a package (docs/minds-eye.md); `off` for none. The demo sets `demo`',
    { fallback: '`off`' },
  ),
  MINECRAFT_SERVER: setting(
    z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?$/, 'must be host:port')
      .default('127.0.0.1:25565'),
    'the Minecraft server of the world `minecraft`',
    { fallback: '`127.0.0.1:25565`' },
  ),
  MINECRAFT_NAME: setting(
    z
      .string()
      .regex(/^\w{3,16}$/, 'must be 3 to 16 letters, digits or underscores')
      .default('OracleBot'),
    'the name of the bot there; with `MINECRAFT_AUTH=microsoft` the account',
    { fallback: '`OracleBot`' },
  ),
  MINECRAFT_AUTH: setting(
    word(['offline', 'microsoft'], 'offline'),
    'how the bot signs in; for `microsoft` the log names an address and a code at the first start',
    { fallback: '`offline`' },
  ),
  MINECRAFT_VERSION: setting(
    z
      .string()
      .regex(/^\d+\.\d+(\.\d+)?$/, 'must look like 1.21.4')
      .optional(),
    "the version of that server, such as `1.21.4`, if the server's own answer is not to be used",
    { fallback: 'that of the server' },
  ),
  MINECRAFT_LIBRARY: setting(
    z.string().min(1).optional(),
    'the folder with the `node_modules` that mineflayer is in, if it is not installed beside Overlord',
    { fallback: 'beside Overlord' },
  ),
  RETENTION: setting(
    retention,
    'days that history is kept, such as `telemetry=90d,vitals=14d`; `0` is for ever. ' +
      `What is not named keeps its default: \`${Object.entries(DEFAULT_DAYS)
        .map(([kept, days]) => `${kept}=${days}d`)
        .join(',')}\``,
    {
      fallback: 'as listed',
      inCompose:
        'Days that history is kept, such as telemetry=90d,vitals=14d; 0 is for ever. What is not named keeps ' +
        'its default.',
    },
  ),
}

/** What `startIngest` gets of the settings of its process. */
export function ingestOptions(
  config: Omit<Config<typeof settings>, 'SHARED_SECRET' | 'SHARED_SECRET_LEGACY'>,
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
    bytesPerSecond: config.INGEST_BYTES_PER_SECOND,
    pluginsPerAddress: config.PLUGINS_PER_ADDRESS,
    trustProxy: config.TRUST_PROXY,
    health: healthOptions(config),
    retention: config.RETENTION,
    capture: { folder: path.join(dataDir, 'capture'), frames: config.INGEST_CAPTURE },
    backups: {
      folder: config.BACKUP_DIR ?? path.join(dataDir, 'backups'),
      everyHours: config.BACKUP_EVERY,
      keep: config.BACKUP_KEEP,
    },
    sources: {
      traceFields: config.TRACE_FIELDS,
      collector: collectorOf(config),
      worlds: config.WORLD.map((world) => worldOptions(world, config, dataDir)),
    },
  }
}

/** Where steps are sent as spans. */
const collectorOf = ({
  TRACE_OTLP_ENDPOINT: endpoint,
  TRACE_OTLP_HEADERS: headers,
}: Pick<Config<typeof settings>, 'TRACE_OTLP_ENDPOINT' | 'TRACE_OTLP_HEADERS'>): Collector | null =>
  endpoint ? { endpoint, headers } : null

/** What a world of Mind's Eye needs. */
function worldOptions(
  world: World,
  config: Omit<Config<typeof settings>, 'SHARED_SECRET' | 'SHARED_SECRET_LEGACY'>,
  dataDir: string,
): IngestOptions['sources']['worlds'][number] {
  if (world !== 'minecraft') return { kind: world }
  const [host = '', port = '25565'] = config.MINECRAFT_SERVER.split(':')
  return {
    kind: 'minecraft',
    host,
    port: Number(port),
    username: config.MINECRAFT_NAME,
    auth: config.MINECRAFT_AUTH,
    version: config.MINECRAFT_VERSION ?? null,
    profilesFolder: path.join(dataDir, 'minecraft'),
    libraryFolder: config.MINECRAFT_LIBRARY ?? null,
  }
}

/** Whom to ask about the game server; null for nobody. */
function healthOptions({
  GAME_SERVER_ADDRESS,
  PLAYER_COUNTS_URL,
}: Pick<Config<typeof settings>, 'GAME_SERVER_ADDRESS' | 'PLAYER_COUNTS_URL'>): IngestOptions['health'] {
  if (GAME_SERVER_ADDRESS === 'off') return null
  return { address: GAME_SERVER_ADDRESS, countsUrl: PLAYER_COUNTS_URL === 'off' ? null : PLAYER_COUNTS_URL }
}
