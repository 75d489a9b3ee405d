// Discord's REST interface and Gateway of version 10, as far as a bot with the intent Guilds uses them, on this
// machine.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { APPLICATION, BOT, EVERYTHING, GUILD, guildOf, whole, type Sent } from './shapes.ts'
import { failed, type Answer, type Trouble } from './trouble.ts'

export const BOT_TOKEN = 'a.bot.token'

export interface FakeMessage extends Sent {
  id: string
  channel_id: string
}
/**
 * What a bot answered to an interaction: `type` is the callback's, 5 for deferred; then what it edited or followed up.
 */
export interface FakeReply {
  type: number
  data: (Sent & { choices?: { name: string; value: string }[] }) | null
  edited: Sent | null
}
interface Session {
  seq: number
  log: { op: number; s: number; t: string; d: unknown }[]
}
interface Request {
  method: string
  path: string
  body: unknown
}

let last = 0n
const snowflake = (): string => String((BigInt(Date.now() - 1_420_070_400_000) << 22n) + (last++ % 4096n))

/** A Discord with one server, which has the given text channels. */
export class FakeDiscord implements AsyncDisposable {
  readonly messages: FakeMessage[] = []
  readonly webhookPosts: { id: string; token: string; body: Sent }[] = []
  readonly requests: Request[] = []
  readonly identified: { intents: number; token: string }[] = []
  readonly replies = new Map<string, FakeReply>()
  commands: { name: string; options?: unknown[] }[] = []
  resumed = 0
  readonly #channels: readonly string[]
  readonly #troubles: Trouble[] = []
  readonly #sessions = new Map<string, Session>()
  readonly #sockets = new Map<WebSocket, Session | null>()
  readonly #http = createServer((request, response) => void this.#rest(request, response))
  readonly #gateway = new WebSocketServer({ server: this.#http })
  #port = 0
  #refusal: number | null = null

  private constructor(channels: readonly string[]) {
    this.#channels = channels
    this.#gateway.on('connection', (socket) => this.#connected(socket))
  }
  static async start(channels: readonly string[]): Promise<FakeDiscord> {
    const fake = new FakeDiscord(channels)
    await new Promise<void>((resolve) => fake.#http.listen(0, '127.0.0.1', resolve))
    fake.#port = (fake.#http.address() as AddressInfo).port
    return fake
  }

  /** For `DISCORD_API`. */
  get api(): string {
    return `http://127.0.0.1:${this.#port}/api`
  }
  /** The messages of a channel, in order. */
  in(channel: string): FakeMessage[] {
    return this.messages.filter((message) => message.channel_id === channel)
  }
  /** The next requests to a path fail so many times. */
  fail(path: RegExp, times: number, status: number, retryAfter?: number, isGlobal = false): void {
    this.#troubles.push({ path, times, status, isGlobal, ...(retryAfter !== undefined && { retryAfter }) })
  }
  /** Closes every connection of bots with a close code. */
  drop(code: number): void {
    for (const socket of this.#sockets.keys()) socket.close(code)
  }
  /** Sends an operation of the gateway to every bot: 7 to connect again, 9 for an invalid session. */
  order(op: 7 | 9, d: boolean | null): void {
    if (op === 9) this.#sessions.clear()
    for (const socket of this.#sockets.keys()) socket.send(JSON.stringify({ op, d, s: null, t: null }))
  }
  /** From now on, bots that identify are refused with this close code. */
  refuse(code: number | null): void {
    this.#refusal = code
  }

  /** Somebody uses a slash command; gives the id by which the reply is found. */
  slash(name: string, options: object[] = [], { permissions = EVERYTHING, guild = GUILD } = {}): string {
    const data = { id: snowflake(), name, type: 1, options }
    return this.#interaction(2, data, permissions, guild)
  }
  /** Somebody types into an option of a slash command. */
  type(name: string, option: string, value: string): string {
    const data = { id: snowflake(), name, type: 1, options: [{ name: option, type: 3, value, focused: true }] }
    return this.#interaction(4, data, EVERYTHING, GUILD)
  }
  /** Somebody presses a button of a message. */
  press(customId: string, message: FakeMessage, permissions = EVERYTHING): string {
    const data = { custom_id: customId, component_type: 2 }
    return this.#interaction(3, data, permissions, GUILD, { message: whole(message), channel: message.channel_id })
  }

  #interaction(
    type: number,
    data: object,
    permissions: string,
    guild: string,
    of?: { message: object; channel: string },
  ) {
    const id = snowflake()
    const channel = of?.channel ?? this.#channels[0]!
    const user = {
      id: '1000000000000000009',
      username: 'somebody',
      discriminator: '0',
      avatar: null,
      global_name: null,
    }
    this.#dispatch('INTERACTION_CREATE', {
      id,
      application_id: APPLICATION,
      type,
      token: `token-${id}`,
      version: 1,
      locale: 'en-US',
      guild_locale: 'en-US',
      app_permissions: EVERYTHING,
      entitlements: [],
      authorizing_integration_owners: { 0: guild },
      context: 0,
      attachment_size_limit: 10_485_760,
      guild_id: guild,
      guild: { id: guild, locale: 'en-US', features: [] },
      channel_id: channel,
      channel: this.#channel(channel),
      member: { user, roles: [], joined_at: new Date().toISOString(), deaf: false, mute: false, flags: 0, permissions },
      data,
      ...(of && { message: of.message }),
    })
    return id
  }

  #connected(socket: WebSocket): void {
    this.#sockets.set(socket, null)
    socket.once('close', () => this.#sockets.delete(socket))
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 5_000 }, s: null, t: null }))
    socket.on('message', (raw: Buffer) => {
      const { op, d } = JSON.parse(raw.toString()) as { op: number; d: Record<string, unknown> }
      if (op === 1) socket.send(JSON.stringify({ op: 11, d: null, s: null, t: null }))
      else if (op === 2) this.#identify(socket, d as { token: string; intents: number })
      else if (op === 6) this.#resume(socket, d as { session_id: string; seq: number })
    })
  }

  #identify(socket: WebSocket, { token, intents }: { token: string; intents: number }): void {
    this.identified.push({ token, intents })
    if (this.#refusal !== null) return socket.close(this.#refusal)
    if (token !== BOT_TOKEN) return socket.close(4004, 'Authentication failed.')
    if (intents !== 1) return socket.close(4014, 'Disallowed intent(s).')
    const id = `session-${snowflake()}`
    const session: Session = { seq: 0, log: [] }
    this.#sessions.set(id, session)
    this.#sockets.set(socket, session)
    this.#send(socket, 'READY', {
      v: 10,
      user: BOT,
      guilds: [{ id: GUILD, unavailable: true }],
      session_id: id,
      resume_gateway_url: `ws://127.0.0.1:${this.#port}`,
      shard: [0, 1],
      application: { id: APPLICATION, flags: 0 },
    })
    this.#send(socket, 'GUILD_CREATE', guildOf(this.#channels.map((channel) => this.#channel(channel))))
  }

  #resume(socket: WebSocket, { session_id, seq }: { session_id: string; seq: number }): void {
    const session = this.#sessions.get(session_id)
    if (!session) return socket.send(JSON.stringify({ op: 9, d: false, s: null, t: null }))
    this.resumed++
    this.#sockets.set(socket, session)
    for (const event of session.log) if (event.s > seq) socket.send(JSON.stringify(event))
    this.#send(socket, 'RESUMED', {})
  }

  #send(socket: WebSocket, t: string, d: unknown): void {
    const session = this.#sockets.get(socket)
    if (!session) return
    const event = { op: 0, s: ++session.seq, t, d }
    session.log.push(event)
    socket.send(JSON.stringify(event))
  }
  #dispatch(t: string, d: unknown): void {
    for (const socket of this.#sockets.keys()) this.#send(socket, t, d)
  }
  #channel(id: string) {
    const base = { type: 0, guild_id: GUILD, position: 0, permission_overwrites: [], nsfw: false, parent_id: null }
    return { ...base, id, name: `channel-${id}`, topic: null, last_message_id: null, rate_limit_per_user: 0 }
  }

  async #rest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let raw = ''
    for await (const chunk of request) raw += String(chunk)
    const url = new URL(request.url!, this.api)
    const path = url.pathname.replace('/api/v10', '')
    const method = request.method!
    const body = raw ? (JSON.parse(raw) as Sent) : {}
    this.requests.push({ method, path, body })
    const answer = (status: number, value?: unknown, headers: Record<string, string> = {}) => {
      const type = value === undefined ? {} : { 'content-type': 'application/json' }
      response.writeHead(status, { ...type, ...headers })
      response.end(value === undefined ? undefined : JSON.stringify(value))
    }
    const trouble = this.#troubles.find((one) => one.times > 0 && one.path.test(path))
    if (trouble) {
      trouble.times--
      return failed(trouble, answer)
    }
    const needsToken = !/^\/(webhooks|interactions)\//.test(path)
    if (needsToken && request.headers.authorization !== `Bot ${BOT_TOKEN}`)
      return answer(401, { message: '401: Unauthorized', code: 0 })
    return this.#answer(`${method} ${path}`, url.searchParams, body, answer)
  }

  #answer(call: string, query: URLSearchParams, body: Sent, answer: Answer): void {
    let found: RegExpExecArray | null
    if (call === 'GET /gateway/bot')
      return answer(200, {
        url: `ws://127.0.0.1:${this.#port}`,
        shards: 1,
        session_start_limit: { total: 1_000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
      })
    if (/^PUT \/applications\/\d+(\/guilds\/\d+)?\/commands$/.test(call)) {
      this.commands = body as never
      return answer(
        200,
        this.commands.map((command) => ({ id: snowflake(), application_id: APPLICATION, ...command })),
      )
    }
    if ((found = /^POST \/channels\/(\w+)\/messages$/.exec(call))) return this.#post(found[1]!, body, answer)
    if ((found = /^POST \/interactions\/(\d+)\/[^/]+\/callback$/.exec(call))) {
      const { type, data } = body as unknown as { type: number; data?: FakeReply['data'] }
      this.replies.set(found[1]!, { type, data: data ?? null, edited: null })
      return answer(204) // without a content type: clients would read JSON
    }
    if ((found = /^PATCH \/webhooks\/\d+\/token-(\d+)\/messages\/(@|%40)original$/.exec(call))) {
      this.replies.get(found[1]!)!.edited = body
      return answer(200, whole({ ...body, id: snowflake(), channel_id: this.#channels[0]! }))
    }
    if ((found = /^POST \/webhooks\/(\d+)\/([^/]+)$/.exec(call))) {
      this.webhookPosts.push({ id: found[1]!, token: found[2]!, body })
      const message = whole({ ...body, id: snowflake(), channel_id: this.#channels[0]! })
      return query.get('wait') === 'true' ? answer(200, message) : answer(204)
    }
    answer(404, { message: '404: Not Found', code: 0 })
  }

  #post(channel: string, body: Sent, answer: Answer): void {
    if (!this.#channels.includes(channel)) return answer(404, { message: 'Unknown Channel', code: 10003 })
    const before = body.enforce_nonce ? this.messages.find(({ nonce }) => nonce === body.nonce) : undefined
    const message = before ?? { ...body, id: snowflake(), channel_id: channel }
    if (!before) this.messages.push(message)
    answer(200, whole(message), { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#gateway.clients) socket.terminate()
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }
}
