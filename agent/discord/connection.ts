// The bot's own connection: it registers the commands of its servers, and answers them.
import { Client, Events, GatewayCloseCodes, GatewayIntentBits, Routes as Paths } from 'discord.js'
import type { Log } from '../../shared/log.ts'
import { answer, definitions, type InteractionOptions } from './interactions.ts'
import type { Target } from './outlet.ts'
import type { Routes } from './routes.ts'

/** Discord ended the connection, and would end every other one for the same reason. */
export class ConnectionEnded extends Error {
  constructor(code: number) {
    super(
      `Discord ended the connection for good (${code}): ${REASONS.get(code) ?? GatewayCloseCodes[code] ?? 'unknown'}`,
    )
  }
}
const REASONS = new Map<number, string>([
  [GatewayCloseCodes.AuthenticationFailed, 'the token is wrong or was reset, check DISCORD_RARE_BOT_TOKEN'],
  [GatewayCloseCodes.InvalidIntents, 'it does not know the intents, update Overlord'],
  [GatewayCloseCodes.DisallowedIntents, 'it does not allow the intent Guilds for this application'],
])

export interface ConnectionOptions {
  routes: Routes
  /** Servers in which commands are answered; empty for those of the channels above. */
  guilds: readonly string[]
  /** Address of Discord's interface, without its version. */
  api: string
  log: Log
}

export interface DiscordConnection extends AsyncDisposable {
  /** Settles when Discord ended the connection for good. */
  ended: Promise<ConnectionEnded>
}

/**
 * Connects, and answers commands from then on. A connection that breaks is resumed.
 * @throws ConnectionEnded, or an error of the library, when Discord refuses the bot
 */
export async function connectDiscord(
  { guilds, routes, api, log }: ConnectionOptions,
  token: string,
  { graph, memory }: Pick<InteractionOptions, 'graph' | 'memory'>,
): Promise<DiscordConnection> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api },
    allowedMentions: { parse: [] },
  })
  const allowed = new Set(guilds)
  const mayAsk = (guild: string | null) => guild !== null && allowed.has(guild)
  client.on(Events.Error, (error) => log.warn({ error }, 'the connection to Discord has an error'))
  client.on(Events.ShardError, (error) => log.warn({ error }, 'the connection to Discord has an error'))
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction, { graph, memory, mayAsk, log }))
  const ended = new Promise<ConnectionEnded>((resolve) =>
    client.on(Events.ShardDisconnect, ({ code }) => resolve(new ConnectionEnded(code))),
  )
  const ready = new Promise<null>((resolve) => client.once(Events.ClientReady, () => resolve(null)))
  client.on(Events.ClientReady, (connected) => serveGuilds(connected, { routes, log, allowed }))
  try {
    // After a refusal the library neither throws nor connects again.
    const refused = await Promise.race([client.login(token).then(() => ready), ended])
    if (refused) throw refused
  } catch (error) {
    await client.destroy()
    throw error
  }
  return { ended, [Symbol.asyncDispose]: () => client.destroy() }
}

/** Registers the commands in the servers that are set, or in those of the channels. */
function serveGuilds(
  { application, guilds, rest }: Client<true>,
  { routes, log, allowed }: { routes: Routes; log: Log; allowed: Set<string> },
): void {
  const channels = new Set(
    Object.values(routes).flatMap((target: Target | null) => (target?.kind === 'channel' ? [target.id] : [])),
  )
  if (!allowed.size)
    for (const guild of guilds.cache.values())
      if (guild.channels.cache.some(({ id }) => channels.has(id))) allowed.add(guild.id)
  for (const guild of allowed)
    rest.put(Paths.applicationGuildCommands(application.id, guild), { body: definitions() }).then(
      () => log.info({ guild }, 'commands are registered'),
      (error: unknown) => log.error({ error, guild }, 'commands were not registered'),
    )
  log.info({ guilds: [...allowed], channels: [...channels] }, 'the bot is connected')
}
