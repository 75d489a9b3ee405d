// Settings come from the environment, are read once by a main.ts, and are frozen. No value is ever printed.
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { retention } from './db/retention/periods.ts'

/** Reads settings; throws one error that lists every fault at once, by name. */
export function readConfig<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv): Readonly<z.infer<S>> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = schema.safeParse(given)
  if (read.success) return Object.freeze(read.data)
  const faults = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`Settings are not usable:\n${faults.join('\n')}\nSee the configuration table in README.md.`)
}

/** A TCP port; 0 lets the system choose. */
export const port = (fallback: number) =>
  z.coerce
    .number('must be a port number')
    .int('must be a whole number')
    .min(0, 'must be 0 to 65535')
    .max(65535, 'must be 0 to 65535')
    .default(fallback)

/** A whole number within bounds. */
const whole = (fallback: number, least: number, most: number) => {
  const bounds = `must be a whole number from ${least} to ${most}`
  return z.coerce.number(bounds).int(bounds).min(least, bounds).max(most, bounds).default(fallback)
}

/** `0` or `1`. */
export const flag = z
  .enum(['0', '1'], 'must be 0 or 1')
  .default('0')
  .transform((value) => value === '1')

/** Values separated by commas. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )

const isUrl = (text: string, protocols: readonly string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)
const url = (...protocols: string[]) =>
  z.string().refine((text) => isUrl(text, protocols), {
    message: `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  })
/** Several of them, by commas, as one text. */
const urls = (...protocols: string[]) =>
  z.string().refine((text) => text.split(',').every((one) => isUrl(one.trim(), protocols)), {
    message: `must be URLs separated by commas that begin with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  })
const holdsPostgres = (folder: string) =>
  ['', '.exe'].some((ending) => existsSync(path.join(folder, 'bin', `postgres${ending}`)))
const secret = z.string().min(16, 'must have at least 16 characters')

/** Settings that several rooms share; each room picks those it needs. */
export const settings = {
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  SPOOL_DIR: z.string().optional(),
  SPOOL_MOST_MB: whole(2048, 1, 1_000_000),
  SPOOL_FLUSH_MS: whole(25, 0, 1_000),
  INGEST_FRAMES_PER_SECOND: whole(5_000, 10, 1_000_000),
  PLUGINS_PER_ADDRESS: whole(2_500, 1, 1_000_000),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  POSTGRES_DIR: z
    .string()
    .refine(holdsPostgres, 'must be a folder with the bin/postgres of a Postgres 15 or newer')
    .optional(),
  NATS_URL: urls('nats:', 'tls:').optional(),
  SHARED_SECRET: secret.optional(),
  SHARED_SECRET_LEGACY: z.string().min(1).optional(),
  SECRET_KEY: secret.optional(),
  GAME_SERVER: z.string().min(1).max(64).default('Coldeve'),
  GAME_SERVER_ADDRESS: z
    .string()
    .regex(/^(off|[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?)$/, 'must be host:port, or off')
    .default('play.coldeve.ac:9000'),
  PLAYER_COUNTS_URL: url('http:', 'https:')
    .or(z.literal('off'))
    .default('https://treestats.net/player_counts-latest.json'),
  RETENTION: retention,
  INGEST_CAPTURE: z.coerce
    .number('must be a number of frames')
    .int('must be a whole number')
    .min(0, 'must be 0 to 10000')
    .max(10_000, 'must be 0 to 10000')
    .default(0),
  GATHER_MS: z.coerce
    .number('must be a number of milliseconds')
    .int('must be a whole number')
    .min(0, 'must be 0 to 1000')
    .max(1_000, 'must be 0 to 1000')
    .default(0),
  PUBLIC_URL: url('http:', 'https:').optional(),
  TRUST_PROXY: flag,
  ALLOWED_ORIGINS: list.refine((origins) => origins.every((o) => URL.canParse(o) && new URL(o).origin === o), {
    message: 'must be origins separated by commas, such as https://example.org',
  }),
  ADMIN_USERNAME: z.string().min(1).max(63, 'must have at most 63 characters').default('admin'),
  ADMIN_PASSWORD: z
    .string()
    .min(10, 'must have at least 10 characters')
    .max(256, 'must have at most 256 characters')
    .optional(),
  ALLOWED_HOSTS: list,
  SESSION_DAYS: whole(30, 1, 365),
  SESSION_IDLE_DAYS: whole(7, 1, 365),
  INTROSPECTION: z
    .enum(['viewer', 'operator', 'admin', 'nobody'], 'must be viewer, operator, admin or nobody')
    .default('viewer'),
  FREE_DOCUMENTS: z
    .enum(['viewer', 'operator', 'admin', 'nobody'], 'must be viewer, operator, admin or nobody')
    .default('viewer'),
  SOCKETS_PER_ADDRESS: whole(1_000, 1, 1_000_000),
  SOCKETS_PER_VIEWER: whole(500, 1, 1_000_000),
  SUBSCRIPTIONS_PER_SOCKET: whole(100, 1, 100_000),
  OPERATION_SECONDS: whole(30, 1, 3_600),
  ICONS_DIR: z
    .string()
    .refine((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory(), 'must be a folder that is there')
    .optional(),
  UNOWNED_TELLS: z.enum(['admins', 'everybody'], 'must be admins or everybody').default('admins'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http:', 'https:').optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
} as const

/** Whom to ask about the game server; null for nobody. */
export function healthSettings(config: {
  GAME_SERVER_ADDRESS: string
  PLAYER_COUNTS_URL: string
}): { address: string; countsUrl: string | null } | null {
  if (config.GAME_SERVER_ADDRESS === 'off') return null
  return {
    address: config.GAME_SERVER_ADDRESS,
    countsUrl: config.PLAYER_COUNTS_URL === 'off' ? null : config.PLAYER_COUNTS_URL,
  }
}

const { PUBLIC_URL, TRUST_PROXY, ALLOWED_ORIGINS, ALLOWED_HOSTS, SESSION_DAYS, SESSION_IDLE_DAYS } = settings
const {
  INTROSPECTION,
  FREE_DOCUMENTS,
  SOCKETS_PER_ADDRESS,
  SOCKETS_PER_VIEWER,
  SUBSCRIPTIONS_PER_SOCKET,
  OPERATION_SECONDS,
  ICONS_DIR,
} = settings

/** Settings of whoever guards the way out. */
export const guardSettings = {
  PUBLIC_URL,
  TRUST_PROXY,
  ALLOWED_ORIGINS,
  ALLOWED_HOSTS,
  SESSION_DAYS,
  SESSION_IDLE_DAYS,
  INTROSPECTION,
  FREE_DOCUMENTS,
  SOCKETS_PER_ADDRESS,
  SOCKETS_PER_VIEWER,
  SUBSCRIPTIONS_PER_SOCKET,
  OPERATION_SECONDS,
  ICONS_DIR,
}

/** The same, as the gateway takes them; `span` is for `openPeople`. */
export const guardOf = (config: z.infer<z.ZodObject<typeof guardSettings>>) => ({
  span: { days: config.SESSION_DAYS, idleDays: config.SESSION_IDLE_DAYS },
  origins: {
    publicUrl: config.PUBLIC_URL,
    trustProxy: config.TRUST_PROXY,
    allowed: config.ALLOWED_ORIGINS,
    hosts: config.ALLOWED_HOSTS,
  },
  introspection: config.INTROSPECTION,
  freeDocuments: config.FREE_DOCUMENTS,
  iconsFolder: config.ICONS_DIR,
  limits: {
    socketsPerAddress: config.SOCKETS_PER_ADDRESS,
    socketsPerViewer: config.SOCKETS_PER_VIEWER,
    subscriptionsPerSocket: config.SUBSCRIPTIONS_PER_SOCKET,
    operationSeconds: config.OPERATION_SECONDS,
  },
})
