import { pino } from 'pino'
import type { Log } from '../../log.ts'
import type { NatsConfig } from '../nats-access.ts'
import { natsPubSub } from '../nats.ts'
import type { PubSub } from '../pubsub.ts'

interface TestNats {
  /** The credentials. */
  config?: NatsConfig
  secret?: string
  log?: Log
}

/** A connection to a broker, for tests and benches. */
export const testNatsPubSub = (
  url: string,
  name: string,
  { config = {}, secret = 'a secret for tests only', log = pino({ level: 'silent' }) }: TestNats = {},
): Promise<PubSub> => natsPubSub({ config: { NATS_URL: url, ...config }, name, secret, log })
