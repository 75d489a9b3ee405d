import { clientMomentText, orderMoment } from '../../shared/contract/fields.ts'
import type { EquipmentFrame } from '../../shared/contract/frames/equipment.ts'
import { keep, type Around, type Outcome } from '../outcome.ts'

/** Kept as it came: its fields are read when somebody asks. */
export function onEquipmentCantripState(frame: EquipmentFrame, { now, receivedAt, raw }: Around): Outcome {
  const at = orderMoment(clientMomentText(frame.timestamp, now, receivedAt), receivedAt)
  return keep([{ table: 'equipment', row: { character: frame.character_name, at, receivedAt, raw } }])
}
