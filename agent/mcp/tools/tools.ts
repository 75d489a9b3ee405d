import type { Tool } from '../tool.ts'
import { alerts } from './alerts.ts'
import { combatStats } from './combat-stats.ts'
import { equipmentCantrips } from './equipment-cantrips.ts'
import { fleetSummary } from './fleet-summary.ts'
import { history } from './history.ts'
import { hotSpots } from './hot-spots.ts'
import { inventory, inventorySearch } from './inventory.ts'
import { livePlayers } from './live-players.ts'
import { playerState } from './player-state.ts'
import { portals } from './portals.ts'
import { queryTelemetryDb } from './query-telemetry-db.ts'
import { questStatus } from './quest-status.ts'
import { recentRares } from './recent-rares.ts'
import { searchItems } from './search-items.ts'
import { serverHealth } from './server-health.ts'
import { suitBuilder, upgradeAdvice } from './suit.ts'
import { watchEvents } from './watch-events.ts'

/** Every tool, in the order they are listed. */
export const tools: readonly Tool[] = [
  livePlayers,
  playerState,
  fleetSummary,
  history,
  combatStats,
  equipmentCantrips,
  inventory,
  inventorySearch,
  searchItems,
  suitBuilder,
  upgradeAdvice,
  recentRares,
  questStatus,
  alerts,
  portals,
  hotSpots,
  serverHealth,
  watchEvents,
  queryTelemetryDb,
]
