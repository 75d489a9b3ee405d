import { clientMomentText, orderMoment } from '../../../shared/contract/fields.ts'
import type { EquipmentFrame } from './shape.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { EquipmentRows } from './rows.ts'

/** Stored as received: its fields are read on request. */
export function onEquipmentCantripState(
  frame: EquipmentFrame,
  { now, receivedAt, raw }: HandlerContext,
): Outcome<EquipmentRows> {
  const clientAt = orderMoment(clientMomentText(frame.timestamp, now, receivedAt), receivedAt)
  return keep([{ table: 'equipment', row: { character: frame.character_name, clientAt, receivedAt, raw } }])
}
