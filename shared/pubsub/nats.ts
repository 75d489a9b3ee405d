import { setTimeout as wait } from 'node:timers/promises'
import { AuthorizationError, connect, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node'
import { Counter } from 'prom-client'
import type { Log } from '../log.ts'
import { OncePerHour } from '../once-per-hour.ts'
import { Envelopes, isSigned, type Refusal } from './envelopes.ts'
import { natsAccess, type NatsConfig } from './nats-access.ts'
import { Listeners } from './listeners.ts'
import type { PubSub } from './pubsub.ts'

// A sender's frame may be larger than the broker takes, or nested deeper than JSON can be written. It must not end us.
const DEFAULT_PAYLOAD = 1024 * 1024
const DRAIN_MS = 2_000
const dropped = new Counter({ name: 'overlord_pubsub_dropped_total', help: 'Events the broker could not carry' })
function bodyOf(event: unknown): Buffer | null {
  try {
    return Buffer.from(JSON.stringify(event))
  } catch {
    return null // counted by the caller
  }
}

const refused = new Counter({
  name: 'overlord_pubsub_refused_total',
  help: 'Messages of the broker that were not signed by one of our processes, too old, repeated or no JSON',
  labelNames: ['reason'],
})

/** What is logged of refused messages, once an hour each. */
const REFUSED: Record<Refusal | 'malformed', string> = {
  forged: 'messages of the broker that no process of ours signed: SECRET_KEY must be the same in every room',
  stale: 'messages of the broker that are too old, or from a machine with another time: clocks must agree to a minute',
  repeated: 'messages of the broker that were sent again',
  malformed: 'messages of the broker that are no JSON',
}

export interface NatsOptions {
  config: NatsConfig
  /** Names the connection at the server. */
  name: string
  /** What all processes share. Messages that cause actions are signed with a key derived from it. */
  secret: string
  log: Log
}

/**
 * Between processes. One NATS subscription a topic, however many listen here. Reconnects for ever, to any of the
 * servers named by commas.
 * @throws an error where the server refuses the credentials
 */
export async function natsPubSub({ config, name, secret, log }: NatsOptions): Promise<PubSub> {
  const connection = await connected(config, name)
  const envelopes = new Envelopes(secret)
  const logged = new OncePerHour()
  const refuse = (reason: Refusal | 'malformed', topic: string) => {
    refused.inc({ reason })
    const messages = logged.take(reason, performance.now())
    if (messages !== null) log.warn({ reason, topic, messages }, REFUSED[reason])
  }
  const listeners = new Listeners()
  const subscriptions = new Map<string, Subscription>()
  let up = true
  void watch()

  async function watch(): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect' || type === 'close') up = false
      if (type === 'reconnect') up = true
    }
  }

  return {
    publish(topic, event) {
      if (connection.isClosed()) return
      const json = bodyOf(event)
      const body = json && isSigned(topic) ? envelopes.seal(topic, json) : json
      if (body === null || body.length > (connection.info?.max_payload ?? DEFAULT_PAYLOAD)) dropped.inc()
      else connection.publish(topic, body)
    },
    async subscribe(topic, listener) {
      if (listeners.add(topic, listener)) {
        const open = envelopes.opener()
        const callback = (error: Error | null, { subject, data }: Pick<Msg, 'subject' | 'data'>) => {
          if (error) return
          const body = isSigned(subject) ? open(subject, data) : Buffer.from(data.buffer, data.byteOffset, data.length)
          if (typeof body === 'string') return refuse(body, subject)
          const event = eventOf(body)
          if (event === undefined) refuse('malformed', subject)
          else listeners.deliver(topic, subject, event)
        }
        subscriptions.set(topic, connection.subscribe(topic, { callback }))
      }
      await connection.flush() // the server has it: nothing published from now on is missed
      return () => {
        if (!listeners.remove(topic, listener)) return
        subscriptions.get(topic)?.unsubscribe()
        subscriptions.delete(topic)
      }
    },
    ready: () => up && !connection.isClosed(),
    async [Symbol.asyncDispose]() {
      listeners.clear()
      if (connection.isClosed()) return
      // What was published is sent before the end; a broker that is away is not waited for.
      if (up) await Promise.race([connection.drain(), wait(DRAIN_MS, undefined, { ref: false })])
      await connection.close()
    },
  }
}

async function connected(config: NatsConfig, name: string): Promise<NatsConnection> {
  try {
    return await connect({
      servers: config.NATS_URL!.split(',').map((one) => one.trim()),
      name,
      maxReconnectAttempts: -1,
      waitOnFirstConnect: true,
      reconnectTimeWait: 500,
      ...natsAccess(config),
    })
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error
    const way = 'Set NATS_USER and NATS_PASSWORD, NATS_TOKEN, NATS_CREDS or NATS_NKEY to what it knows.'
    throw new Error(`The NATS server refuses this process: ${error.message}. ${way}`, { cause: error })
  }
}

/** The event of a message; undefined if it is no JSON. */
function eventOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
