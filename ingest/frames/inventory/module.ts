import { frame, frameModule } from '../frame-module.ts'
import { onInventoryDelta } from './delta-handler.ts'
import { onFullInventory } from './full-handler.ts'
import type { InventoryRows } from './rows.ts'
import { fullInventory, inventory, inventoryDelta } from './shape.ts'
import { writeInventory } from './writer.ts'

export const inventoryModule = frameModule<InventoryRows>(
  [
    frame(fullInventory, onFullInventory, { mayBeLarge: true }),
    frame(inventory, onFullInventory, { mayBeLarge: true }),
    frame(inventoryDelta, onInventoryDelta),
  ],
  { inventory: { write: writeInventory, isBulk: true } },
)
