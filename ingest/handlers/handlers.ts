// Which function handles which frame type. Every type of the contract has exactly one; a test holds this against the contract.
import { keep, type Handler } from '../outcome.ts'
import { onCharacterStats } from './character-stats.ts'
import { onChat } from './chat.ts'
import { onCombatStats } from './combat-stats.ts'
import { onDungeonMap } from './dungeon-map.ts'
import { onEquipmentCantripState } from './equipment-cantrip-state.ts'
import { onFullInventory } from './full-inventory.ts'
import { onInventoryDelta } from './inventory-delta.ts'
import { onNearbyObjects } from './nearby-objects.ts'
import { onPortal } from './portal.ts'
import { onQuest } from './quest.ts'
import { onRare } from './rare.ts'
import { alsoRelayed } from './relayed.ts'
import { onSpawn } from './spawn.ts'
import { onTelemetry } from './telemetry.ts'
import { onVitals } from './vitals.ts'

type AnyHandler = Handler<never>

export const handlers: ReadonlyMap<string, AnyHandler> = new Map<string, AnyHandler>([
  ['register', () => keep([])], // the socket reads it: it names the character a connection speaks for
  ['telemetry', onTelemetry],
  ['vitals', onVitals],
  ['character_stats', onCharacterStats],
  ['full_inventory', onFullInventory],
  ['inventory', onFullInventory],
  ['inventory_delta', onInventoryDelta],
  ['chat', onChat],
  ['rare', onRare],
  ['combat_stats', onCombatStats],
  ['portal', alsoRelayed('portal', onPortal)],
  ['spawn', alsoRelayed('spawn', onSpawn)],
  ['quest', alsoRelayed('quest', onQuest)],
  ['equipment_cantrip_state', alsoRelayed('equipment_cantrip_state', onEquipmentCantripState)],
  ['nearby_objects', alsoRelayed('nearby_objects', onNearbyObjects)],
  ['dungeon_map', alsoRelayed('dungeon_map', onDungeonMap)],
])
