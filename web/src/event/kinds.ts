import type { GuildEventKind } from '../generated/types.ts'

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
