// The one description of the wire: every frame type by name. A Map, since a plain object dies of a type called `__proto__`.
import type { FrameType } from './decode.ts'
import { characterStats } from './frames/character-stats.ts'
import { chat } from './frames/chat.ts'
import { combatStats } from './frames/combat-stats.ts'
import { equipmentCantripState } from './frames/equipment.ts'
import { fullInventory, inventory, inventoryDelta } from './frames/inventory.ts'
import { portal, spawn } from './frames/place-seen.ts'
import { quest } from './frames/quest.ts'
import { dungeonMap, nearbyObjects } from './frames/radar.ts'
import { rare } from './frames/rare.ts'
import { register } from './frames/register.ts'
import { telemetry } from './frames/telemetry.ts'
import { vitals } from './frames/vitals.ts'

/** Every frame type we know. */
export const contract: ReadonlyMap<string, FrameType> = new Map(
  [
    register,
    telemetry,
    vitals,
    characterStats,
    fullInventory,
    inventory,
    inventoryDelta,
    chat,
    rare,
    combatStats,
    equipmentCantripState,
    portal,
    spawn,
    quest,
    nearbyObjects,
    dungeonMap,
  ].map((frame) => [frame.type, frame as FrameType]),
)

/** Vital and debuff sharing: any type that begins so is passed on, whatever its body. */
export const isShare = (type: string): boolean => type.startsWith('share_')
