import { frame, frameModule } from '../frame-module.ts'
import { alsoRelayed } from '../relayed.ts'
import { onEquipmentCantripState } from './handler.ts'
import type { EquipmentRows } from './rows.ts'
import { equipmentCantripState } from './shape.ts'
import { writeEquipment } from './writer.ts'

export const equipmentModule = frameModule<EquipmentRows>(
  [frame(equipmentCantripState, alsoRelayed('equipment_cantrip_state', onEquipmentCantripState))],
  { equipment: { write: writeEquipment } },
)
