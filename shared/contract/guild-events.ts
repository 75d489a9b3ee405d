/** Published when the log of notable events grew by rows that no other event announces. */
export const GUILD_EVENT_TOPIC = 'guild.event'

export const GUILD_EVENT_KINDS = [
  'RARE',
  'DEATH',
  'ALERT',
  'LEVEL',
  'QUEST_COMPLETED',
  'CHARACTER_ARRIVED',
  'CHARACTER_LEFT',
  'PLUGIN_CONNECTED',
  'PLUGIN_DISCONNECTED',
  'IDLE_ENDED',
  'SERVER_UP',
  'SERVER_DOWN',
  'COMMAND',
  'INVENTORY',
] as const
export type GuildEventKind = (typeof GUILD_EVENT_KINDS)[number]
