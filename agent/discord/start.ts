import { Client, Events, GatewayIntentBits, REST, Routes as Paths } from 'discord.js'
import type { Log } from '../../shared/log.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { openGraphClient, type GraphClient } from '../graph/client.ts'
import { answer, definitions, type InteractionOptions } from './interactions.ts'
import { emptyMemory, openMemory, type Memory } from './memory.ts'
import { nameOf, printInstead, sendByRest, type Send, type Target } from './outlet.ts'
import { withMuteButton } from './posts/buttons.ts'
import { relayOfEvents, relayOfChat } from './relays.ts'
import type { Routes } from './routes.ts'

export interface DiscordOptions {
  /** Addresses of `/graphql`. */
  urls: readonly string[]
  /** A token of ours with the scopes `read` and `store`. */
  graphToken: string
  /** The bot's token; null for none: then only webhooks are posted to. */
  botToken: string | null
  /** Nothing is sent; each message is printed instead. */
  isDry: boolean
  routes: Routes
  /** Servers in which commands are answered; empty for those of the channels above. */
  guilds: readonly string[]
  /** Only what this character hears of the allegiance's chat; null for what anybody hears. */
  monitor: string | null
  perMinute: number
  /** Address of Discord's interface, without its version. */
  api: string
  log: Log
  print: (line: string) => void
}

export interface DiscordBot extends AsyncDisposable {
  /** What it still waits for; null when it posts. */
  waitsFor(): string | null
}

/**
 * Starts the bot: posts what happens from where it was, and answers commands.
 * @throws when Discord refuses the bot’s token, or the graph refuses ours
 */
export async function startDiscord(options: DiscordOptions): Promise<DiscordBot> {
  const { urls, graphToken, botToken, isDry, log } = options
  const running = new Resources()
  try {
    const graph = running.use(openGraphClient({ urls, token: graphToken, log }))
    const memory = isDry ? emptyMemory() : await openMemory(graph, log)
    const rest = new REST({ api: options.api, retries: 5 })
    if (botToken) rest.setToken(botToken)
    if (botToken && !isDry) running.use(await connect(options, botToken, { graph, memory }))
    const send = isDry ? printInstead(options.print) : sendByRest(rest)
    for (const relay of await relays(options, { graph, memory, send })) running.use(relay)
    return {
      waitsFor: () => (graph.connected() ? null : 'the graph'),
      [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
    }
  } catch (error) {
    await running[Symbol.asyncDispose]()
    throw error
  }
}

interface Parts {
  graph: GraphClient
  memory: Memory
  send: Send
}

/** The streams that are posted. */
async function relays({ routes, monitor, perMinute, botToken, isDry, log }: DiscordOptions, parts: Parts) {
  const common = {
    ...parts,
    perMinute,
    log,
    decorate: (
      target: Target,
      post: Parameters<typeof withMuteButton>[0],
      body: Parameters<typeof withMuteButton>[1],
    ) => (target.kind === 'channel' && (botToken || isDry) ? withMuteButton(post, body) : body),
  }
  const events = await relayOfEvents(common, routes)
  if (!routes.chat) return [events]
  try {
    return [events, await relayOfChat(common, routes.chat, monitor)]
  } catch (error) {
    await events[Symbol.asyncDispose]()
    throw error
  }
}

/** The bot’s own connection: it registers the commands of its servers, and answers them. */
async function connect(
  { guilds, routes, api, log }: DiscordOptions,
  token: string,
  { graph, memory }: Pick<InteractionOptions, 'graph' | 'memory'>,
): Promise<AsyncDisposable> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api },
    allowedMentions: { parse: [] },
  })
  const channels = new Set(
    Object.values(routes).flatMap((target: Target | null) => (target?.kind === 'channel' ? [target.id] : [])),
  )
  const allowed = new Set(guilds)
  const mayAsk = (guild: string | null) => guild !== null && allowed.has(guild)
  const register = async (guild: string, application: string) => {
    await client.rest.put(Paths.applicationGuildCommands(application, guild), { body: definitions() })
    log.info({ guild }, 'commands are registered')
  }
  client.on(Events.Error, (error) => log.warn({ error }, 'the connection to Discord has an error'))
  client.on(Events.ShardDisconnect, ({ code }) => log.error({ code }, 'Discord ended the connection for good'))
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction, { graph, memory, mayAsk, log }))
  client.on(Events.ClientReady, ({ application, guilds: known }) => {
    if (!guilds.length)
      for (const guild of known.cache.values())
        if (guild.channels.cache.some(({ id }) => channels.has(id))) allowed.add(guild.id)
    for (const guild of allowed)
      register(guild, application.id).catch((error: unknown) =>
        log.error({ error, guild }, 'commands were not registered'),
      )
    log.info({ guilds: [...allowed], channels: [...channels] }, 'the bot is connected')
  })
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()))
  await client.login(token)
  await ready
  return { [Symbol.asyncDispose]: () => client.destroy() }
}

/** What a bot posts and where, in words, for the log. */
export const routesText = (routes: Routes): Record<string, string> =>
  Object.fromEntries(
    Object.entries(routes).map(([name, target]: [string, Target | null]) => [
      name,
      target ? nameOf(target) : 'nowhere',
    ]),
  )
