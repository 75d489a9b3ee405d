import { z } from 'zod'
import { list, port, secret, url, whole } from '../../shared/settings/readers.ts'
import { setting, type Config } from '../../shared/settings/setting.ts'
import type { Target } from './outlet.ts'
import type { Routes } from './routes.ts'

const API = 'https://discord.com/api'
const channel = z
  .string()
  .regex(/^\d{5,20}$/, 'must be the id of a channel: digits, as Discord copies it in developer mode')
  .optional()
const channelSetting = (about: string, fallback = 'none') => setting(channel, about, { fallback })

/** What the bot reads of the environment. */
export const settings = {
  DISCORD_RARE_BOT_TOKEN: setting(
    z.string().min(1).optional(),
    'the token of the Discord bot; with it, Overlord posts to the channels below and answers slash commands',
    { fallback: 'none' },
  ),
  DISCORD_ACLOG_WEBHOOK: setting(
    z
      .string()
      .regex(
        /^https?:\/\/.+\/webhooks\/\d+\/[\w-]+$/,
        'must be the address of a webhook: https://discord.com/api/webhooks/…',
      )
      .optional(),
    'a webhook that gets the alerts of deaths, idle characters and watch rules instead of a channel; needs no bot',
    { fallback: 'none' },
  ),
  COMMON_RARE_CHANNEL_ID: channelSetting('the channel of common rares'),
  GREAT_RARE_CHANNEL_ID: channelSetting('the channel of great rares'),
  UNKNOWN_RARE_CHANNEL_ID: channelSetting('the channel of rares of unknown tier', 'that of common rares'),
  ALERT_CHANNEL_ID: channelSetting('the channel of alerts', 'that of status lines'),
  ACLOG_CHANNEL_ID: channelSetting('the channel of status lines and vortex warnings'),
  CHAT_CHANNEL_ID: channelSetting('the channel to which the chat of the allegiance is relayed'),
  MONITOR_CHARACTER: setting(
    z.string().min(1).max(64).optional(),
    'relay only what this character hears of the allegiance’s chat',
    { fallback: 'any character' },
  ),
  DISCORD_GUILD_IDS: setting(
    list.refine((ids) => ids.every((id) => /^\d{5,20}$/.test(id)), { message: 'must be ids of Discord servers' }),
    'Discord servers in which slash commands are answered, separated by commas',
    { fallback: 'those of the channels' },
  ),
  DISCORD_MESSAGES_A_MINUTE: setting(
    whole(60, 1, 600),
    'messages that one channel gets in a minute at most; more become digests',
    { fallback: '`60`' },
  ),
  DISCORD_GRAPH_TOKEN: setting(
    secret.optional(),
    'the service token, with the scopes `read` and `store`, of a Discord bot that is a process of its own',
    { fallback: 'made by itself in the process with every room' },
  ),
  DISCORD_PORT: setting(port(4019), 'port on which a Discord bot of its own process tells whether it is ready', {
    fallback: '`4019`',
  }),
  DISCORD_API: setting(url('http:', 'https:').default(API), 'address of Discord’s interface', {
    fallback: `\`${API}\``,
  }),
}

/** The service token that the bot needs as a process of its own. */
export const ownSettings = {
  ...settings,
  DISCORD_GRAPH_TOKEN: setting(
    z.string('is needed; make one with: npm run token -- create discord --scopes read,store').pipe(secret),
    settings.DISCORD_GRAPH_TOKEN.about,
    { fallback: settings.DISCORD_GRAPH_TOKEN.fallback },
  ),
}

type DiscordConfig = Config<typeof settings>

/** Whether anything is to be sent. */
export const isConfigured = (config: DiscordConfig): boolean =>
  config.DISCORD_RARE_BOT_TOKEN !== undefined || config.DISCORD_ACLOG_WEBHOOK !== undefined

/**
 * The settings as the bot takes them. Without a token and a webhook it is a dry run, to channels by their settings’
 * names.
 */
export function discordOptions(config: DiscordConfig) {
  const isDry = !isConfigured(config)
  const botToken = config.DISCORD_RARE_BOT_TOKEN ?? null
  const channelOf = (...names: ChannelSetting[]): Target | null => {
    if (!botToken && !isDry) return null
    const id = names.map((name) => config[name]).find((value) => value !== undefined)
    return id !== undefined ? { kind: 'channel', id } : isDry ? { kind: 'channel', id: names[0]! } : null
  }
  const routes: Routes = {
    commonRares: channelOf('COMMON_RARE_CHANNEL_ID'),
    greatRares: channelOf('GREAT_RARE_CHANNEL_ID'),
    unknownRares: channelOf('UNKNOWN_RARE_CHANNEL_ID', 'COMMON_RARE_CHANNEL_ID'),
    alerts: webhookOf(config) ?? channelOf('ALERT_CHANNEL_ID', 'ACLOG_CHANNEL_ID'),
    log: channelOf('ACLOG_CHANNEL_ID'),
    chat: channelOf('CHAT_CHANNEL_ID'),
  }
  return {
    botToken,
    isDry,
    routes,
    guilds: config.DISCORD_GUILD_IDS,
    monitor: config.MONITOR_CHARACTER ?? null,
    perMinute: config.DISCORD_MESSAGES_A_MINUTE,
    api: config.DISCORD_API,
  }
}

type ChannelSetting = Extract<keyof DiscordConfig, `${string}_CHANNEL_ID`>

function webhookOf({ DISCORD_ACLOG_WEBHOOK: address }: DiscordConfig): Target | null {
  const [, id, token] = /\/webhooks\/(\d+)\/([\w-]+)$/.exec(address ?? '') ?? []
  return id && token ? { kind: 'webhook', id, token } : null
}
