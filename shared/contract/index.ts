// The one description of the wire: every frame type by name. A Map, since a plain object dies of a type called `__proto__`.
import type { FrameType } from './decode.ts'
import { characterStats } from './frames/character-stats.ts'
import { chat } from './frames/chat.ts'
import { combatStats } from './frames/combat-stats.ts'
import { fullInventory, inventory, inventoryDelta } from './frames/inventory.ts'
import { rare } from './frames/rare.ts'
import { register } from './frames/register.ts'
import { telemetry } from './frames/telemetry.ts'
import { vitals } from './frames/vitals.ts'

/** Frame types with a place of their own. */
export const contract: ReadonlyMap<string, FrameType> = new Map(
  [register, telemetry, vitals, characterStats, fullInventory, inventory, inventoryDelta, chat, rare, combatStats].map(
    (frame) => [frame.type, frame as FrameType],
  ),
)

/** Frame types of the contract that are recognised and passed on as they come. */
export const relayed: ReadonlySet<string> = new Set([
  'equipment_cantrip_state',
  'portal',
  'spawn',
  'quest',
  'nearby_objects',
  'dungeon_map',
])

/** Vital and debuff sharing: any type that begins so is passed on, whatever its body. */
export const isShare = (type: string): boolean => type.startsWith('share_')
