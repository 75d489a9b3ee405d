import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import { checkPluginSecret, type PluginSecrets } from '../../shared/auth/secrets.ts'
import type { Log } from '../../shared/log.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { addressOf } from '../../shared/serve/address.ts'
import { refuseUpgrade, type Door } from '../../shared/serve/door.ts'
import { ConnectionLimiter } from '../../shared/serve/connection-limiter.ts'
import { counters } from '../metrics/counters.ts'
import type { Intake } from '../intake/intake.ts'
import type { WriterHealth } from '../writer/writer.ts'
import { Bucket } from './bucket.ts'
import { deliverCommands } from './commands.ts'
import { inventoryPosts } from './inventory-posts.ts'
import { Turns } from './turns.ts'
import { pluginSocket, type PluginSocket } from './plugin-socket.ts'
import { roster } from './roster.ts'
import { shareAmongPlugins } from './shares.ts'

/** Where plugins connect; the second is what the original's proxy made of it. */
const PATHS = new Set(['/ws/position', '/api/ws/position'])
/** The largest frame taken; a larger one closes its socket with 1009. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024
/** Policy violation: what a plugin with a wrong secret is closed with, after being accepted. */
const WRONG_SECRET = 1008
const PING_MS = 30_000
/** Faults that end a connection, by name: a sender of too large frames reconnects and sends them again, for ever. */
const BREACHES = new Map([['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'frame_too_large']])
/** Lines of the log about them, a second on average and at once. */
const COMPLAINTS = { perSecond: 1, burst: 20 }

export interface PluginDoorOptions {
  intake: Intake
  writer: WriterHealth
  pubsub: PubSub
  secrets: PluginSecrets
  /** What one connection may send a second on average. */
  framesPerSecond: number
  /** The same limit in bytes. */
  bytesPerSecond: number
  /** Connections one address may have open. */
  pluginsPerAddress: number
  /** A proxy of ours says which address that is. */
  trustProxy: boolean
  log: Log
  /** Names this process among others. */
  node: string
}

/** The door plugins come through. */
// eslint-disable-next-line max-lines-per-function -- sockets are counted, found and closed together
export async function pluginDoor(options: PluginDoorOptions): Promise<Door> {
  const { intake, writer, pubsub, secrets, framesPerSecond, bytesPerSecond, pluginsPerAddress } = options
  const { trustProxy, log, node } = options
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false })
  const turns = new Turns(() => writer.isBehind())
  const sockets = new Set<PluginSocket>()
  const limiter = new ConnectionLimiter(pluginsPerAddress)
  const complaints = new Bucket(COMPLAINTS.perSecond, COMPLAINTS.burst)
  const shares = await shareAmongPlugins(pubsub, sockets)
  const plugins = await roster(pubsub, sockets, node)
  const stopCommands = await deliverCommands(pubsub, plugins)
  intake.onRelief(() => {
    for (const socket of sockets) socket.resume()
  })
  const posts = inventoryPosts({
    intake,
    isWelcome: (request) => checkPluginSecret(secretOf(request), secrets) === 'welcome',
    framesPerSecond,
    mostBytes: MAX_FRAME_BYTES,
  })
  const heart = setInterval(() => {
    for (const socket of sockets) socket.beat()
  }, PING_MS).unref()

  function greet(ws: WebSocket, request: IncomingMessage): void {
    let speaksFor = (): string | null => null
    ws.on('error', (error) => {
      const { code = '' } = error as NodeJS.ErrnoException
      if (!code.startsWith('WS_ERR')) return log.debug({ error }, 'plugin socket error')
      counters.dropped.inc({ reason: BREACHES.get(code) ?? 'broken_framing' })
      if (complaints.take(performance.now()))
        log.warn({ error, character: speaksFor() }, 'a plugin was cut off: what it sent is too large, or no WebSocket')
    })
    const result = checkPluginSecret(secretOf(request), secrets)
    if (result !== 'welcome') {
      counters.dropped.inc({ reason: 'wrong_secret' })
      if (result === 'placeholder') {
        log.warn(
          'a plugin was refused: it sent the placeholder your_shared_secret. Enter the real secret in the ' +
            'plugin, or set SHARED_SECRET_LEGACY=your_shared_secret to let such plugins in',
        )
      } else log.warn('a plugin was refused: its secret is missing or wrong')
      ws.close(WRONG_SECRET, 'wrong or missing secret')
      return
    }
    const socket = pluginSocket({
      ws,
      intake,
      log,
      turns,
      framesPerSecond,
      bytesPerSecond,
      share: (text, type) => shares.send(socket, text, type),
      registered(before) {
        if (before !== socket.character()) plugins.changed(before)
        plugins.changed(socket.character())
      },
    })
    speaksFor = socket.character
    sockets.add(socket)
    counters.plugins.set(sockets.size)
    ws.once('close', () => {
      sockets.delete(socket)
      plugins.changed(socket.character())
      counters.plugins.set(sockets.size)
    })
  }

  return {
    name: 'ingest',
    handle: posts,
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, path: string) {
      if (!PATHS.has(path)) return false
      const stand = limiter.take(addressOf(request, { trustProxy }))
      if (!stand) {
        counters.dropped.inc({ reason: 'too_many_plugins' })
        refuseUpgrade(socket, 'TOO_MANY_STREAMS')
        return true
      }
      socket.once('close', stand)
      server.handleUpgrade(request, socket, head, greet)
      return true
    },
    slowSeconds: () => writer.slowSeconds(),
    waitsFor: () =>
      Promise.resolve(
        intake.full()
          ? 'room for frames'
          : !writer.storing()
            ? 'the database'
            : pubsub.ready()
              ? null
              : 'the message broker',
      ),
    async [Symbol.asyncDispose]() {
      clearInterval(heart)
      intake.stop()
      await turn() // frames behind a large one are waiting now
      turns.end()
      shares.stop()
      stopCommands()
      const closed = [...sockets].map((socket) => socket.close(1001, 'Overlord is stopping'))
      server.close()
      await Promise.all(closed)
      await plugins[Symbol.asyncDispose]()
    },
  }
}

/** From the header, or from the query for plugins that cannot set one. */
function secretOf(request: IncomingMessage): string | undefined {
  const header = request.headers['x-plugin-secret']
  if (typeof header === 'string') return header
  return new URL(request.url ?? '/', 'http://plugin.invalid').searchParams.get('secret') ?? undefined
}
