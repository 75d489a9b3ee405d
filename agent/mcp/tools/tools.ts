import { livePlayers } from './live-players.ts'
import { playerState } from './player-state.ts'
import { recentRares } from './recent-rares.ts'
import { searchItems } from './search-items.ts'
import { serverHealth } from './server-health.ts'
import type { Tool } from '../tool.ts'

/** Every tool there is. */
export const tools: readonly Tool[] = [livePlayers, playerState, recentRares, searchItems, serverHealth]
