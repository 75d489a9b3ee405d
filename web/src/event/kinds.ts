import type { GuildEventKind } from '../generated/types.ts'

/** What each kind of event is called in filters. */
export const eventKindNames: Record<GuildEventKind, string> = {
  DEATH: 'Deaths',
  ALERT: 'Alerts',
  RARE: 'Rares',
  LEVEL: 'Levels',
  QUEST_COMPLETED: 'Quests',
  SERVER_DOWN: 'Server down',
  SERVER_UP: 'Server up',
  CHARACTER_LEFT: 'Left',
  CHARACTER_ARRIVED: 'Arrived',
  INVENTORY: 'Inventory',
  COMMAND: 'Commands',
  PLUGIN_CONNECTED: 'Plugin connected',
  PLUGIN_DISCONNECTED: 'Plugin disconnected',
  IDLE_ENDED: 'Active again',
}

/** Kinds that people want to know of after they were away: what happens all the time is left out. */
export const notableKinds: readonly GuildEventKind[] = [
  'DEATH',
  'ALERT',
  'RARE',
  'LEVEL',
  'QUEST_COMPLETED',
  'SERVER_DOWN',
  'SERVER_UP',
]
