// Objects as Discord describes them, with every field that its clients read.
export const GUILD = '2000000000000000001'
export const APPLICATION = '1000000000000000001'
export const EVERYTHING = '2147483647'

/** What is sent as a message. */
export interface Sent {
  content?: string
  embeds?: { title?: string; description?: string; fields?: { name: string; value: string }[] }[]
  components?: { components: { custom_id: string }[] }[]
  nonce?: string
  enforce_nonce?: boolean
  allowed_mentions?: { parse: string[] }
  flags?: number
}

/** The bot's account. */
export const BOT = {
  id: APPLICATION,
  username: 'overlord',
  discriminator: '0',
  global_name: null,
  avatar: null,
  bot: true,
  flags: 0,
}

/** A message as Discord describes it. */
export const whole = (message: Sent & { id: string; channel_id: string }): object => ({
  type: 0,
  author: BOT,
  timestamp: new Date().toISOString(),
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  pinned: false,
  embeds: [],
  components: [],
  content: '',
  flags: 0,
  ...message,
})

/** A server with these channels. */
export const guildOf = (channels: readonly object[]): object => ({
  id: GUILD,
  name: 'A guild',
  owner_id: '1000000000000000009',
  icon: null,
  splash: null,
  discovery_splash: null,
  afk_channel_id: null,
  afk_timeout: 300,
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  emojis: [],
  stickers: [],
  features: [],
  mfa_level: 0,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  vanity_url_code: null,
  description: null,
  banner: null,
  premium_tier: 0,
  preferred_locale: 'en-US',
  public_updates_channel_id: null,
  nsfw_level: 0,
  premium_progress_bar_enabled: false,
  safety_alerts_channel_id: null,
  joined_at: new Date().toISOString(),
  large: false,
  unavailable: false,
  member_count: 1,
  voice_states: [],
  presences: [],
  threads: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  roles: [
    {
      id: GUILD,
      name: '@everyone',
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      position: 0,
      permissions: EVERYTHING,
      managed: false,
      mentionable: false,
      flags: 0,
    },
  ],
  members: [{ user: BOT, roles: [], joined_at: new Date().toISOString(), deaf: false, mute: false, flags: 0 }],
  channels,
})
