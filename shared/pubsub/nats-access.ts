import { readFileSync } from 'node:fs'
import {
  credsAuthenticator,
  nkeyAuthenticator,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
  type Authenticator,
  type NodeConnectionOptions,
} from '@nats-io/transport-node'

/** The settings of the broker (shared/settings/nats.ts). */
export type NatsConfig = Readonly<
  Partial<
    Record<
      | 'NATS_URL'
      | 'NATS_USER'
      | 'NATS_PASSWORD'
      | 'NATS_TOKEN'
      | 'NATS_CREDS'
      | 'NATS_NKEY'
      | 'NATS_CA'
      | 'NATS_CERT'
      | 'NATS_KEY',
      string | undefined
    >
  >
>

/** The settings that show who we are, each by itself. */
const WAYS = ['NATS_USER', 'NATS_TOKEN', 'NATS_CREDS', 'NATS_NKEY'] as const

/** What is wrong with the settings of the broker, or null. */
export function natsFault(config: NatsConfig): string | null {
  const ways = WAYS.filter((name) => config[name] !== undefined)
  if (ways.length > 1) return `${ways.join(' and ')} are set; only one of them can be used.`
  if ((config.NATS_USER === undefined) !== (config.NATS_PASSWORD === undefined))
    return 'NATS_USER and NATS_PASSWORD are needed together.'
  if ((config.NATS_CERT === undefined) !== (config.NATS_KEY === undefined))
    return 'NATS_CERT and NATS_KEY are needed together.'
  try {
    natsAccess(config)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * How a connection shows who it is, and by what it knows the server.
 * @throws an error that names the setting of a file that cannot be read
 */
export function natsAccess(config: NatsConfig): Pick<NodeConnectionOptions, 'authenticator' | 'tls'> {
  const authenticator = authenticatorOf(config)
  const hasTls = [config.NATS_CA, config.NATS_CERT].some((file) => file !== undefined)
  const tls = {
    ...(config.NATS_CA ? { ca: textOf('NATS_CA', config.NATS_CA) } : {}),
    ...(config.NATS_CERT ? { cert: textOf('NATS_CERT', config.NATS_CERT) } : {}),
    ...(config.NATS_KEY ? { key: textOf('NATS_KEY', config.NATS_KEY) } : {}),
  }
  return {
    ...(authenticator ? { authenticator } : {}),
    // Without options of ours the connection uses TLS where the server asks for it.
    ...(hasTls || config.NATS_URL?.includes('tls:') ? { tls } : {}),
  }
}

function authenticatorOf(config: NatsConfig): Authenticator | null {
  const { NATS_USER, NATS_PASSWORD, NATS_TOKEN, NATS_CREDS, NATS_NKEY } = config
  if (NATS_USER) return usernamePasswordAuthenticator(NATS_USER, NATS_PASSWORD)
  if (NATS_TOKEN) return tokenAuthenticator(NATS_TOKEN)
  if (NATS_CREDS) return credsAuthenticator(new TextEncoder().encode(textOf('NATS_CREDS', NATS_CREDS)))
  if (NATS_NKEY) return nkeyAuthenticator(new TextEncoder().encode(textOf('NATS_NKEY', NATS_NKEY).trim()))
  return null
}

function textOf(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${name}, ${file}, cannot be read: ${(error as Error).message}`)
  }
}
