import { REST } from 'discord.js'
import type { Log } from '../../shared/log.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { openGraphClient, type GraphClient } from '../graph/client.ts'
import { connectDiscord, type ConnectionEnded } from './connection.ts'
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
  /** Settles when Discord ended the bot’s connection for good; never without a bot. */
  ended: Promise<ConnectionEnded>
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
    const connection =
      botToken && !isDry ? running.use(await connectDiscord(options, botToken, { graph, memory })) : null
    const send = isDry ? printInstead(options.print) : sendByRest(rest, botToken)
    for (const relay of await relays(options, { graph, memory, send })) running.use(relay)
    return {
      waitsFor: () => (graph.connected() ? null : 'the graph'),
      ended: connection?.ended ?? new Promise<never>(() => undefined),
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

/** What a bot posts and where, in words, for the log. */
export const routesText = (routes: Routes): Record<string, string> =>
  Object.fromEntries(
    Object.entries(routes).map(([name, target]: [string, Target | null]) => [
      name,
      target ? nameOf(target) : 'nowhere',
    ]),
  )
