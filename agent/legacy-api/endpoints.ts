import { askAssistant, assistantHealth, assistantHistory, newAssistantSession } from './assistant.ts'
import { characterStats, equipmentCantripState, stats } from './character.ts'
import { allCombatStats, combatStats } from './combat.ts'
import type { Endpoint } from './endpoint.ts'
import { figures } from './figures.ts'
import { questStatus, totalKills, totalRares, vitalSharingPeers } from './guild.ts'
import { history } from './history.ts'
import { charactersList, inventory, inventoryCharacters } from './inventory.ts'
import { searchEquipped, searchInventory, searchItems, searchUpgrades, setsList } from './item-search.ts'
import { changeIssue, commentOnIssue, createIssue, deleteIssue, listIssues } from './issues.ts'
import { live } from './live.ts'
import { changeAdmin, changePassword, changeUser, createUser, deleteUser, listUsers, me } from './people.ts'
import { heatmap, portals } from './places.ts'
import { apiVersion, debug, health, serverHealth } from './server.ts'
import { searchSuits, suitCharacters, suitSets } from './suit-builder.ts'
import { trails } from './trails.ts'

/**
 * Every address of the original's that is answered, in the order the page of endpoints shows them.
 * @param version of this build
 */
export const endpoints = (version: string): readonly Endpoint[] => [
  live,
  trails,
  history,
  stats,
  characterStats,
  equipmentCantripState,
  inventory,
  inventoryCharacters,
  charactersList,
  searchInventory,
  searchItems,
  searchEquipped,
  searchUpgrades,
  setsList,
  searchSuits,
  suitCharacters,
  suitSets,
  allCombatStats,
  combatStats,
  heatmap,
  portals,
  totalRares,
  totalKills,
  questStatus,
  vitalSharingPeers,
  me,
  listUsers,
  createUser,
  changeUser,
  changePassword,
  changeAdmin,
  deleteUser,
  listIssues,
  createIssue,
  changeIssue,
  commentOnIssue,
  deleteIssue,
  assistantHealth,
  newAssistantSession,
  askAssistant,
  assistantHistory,
  serverHealth,
  apiVersion(version),
  debug,
  health,
  figures,
]
