import { clientMomentText } from '../../../shared/contract/fields.ts'
import type { SpawnFrame } from './shape.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { SpawnRows } from './rows.ts'

export function onSpawn(frame: SpawnFrame, { now, receivedAt }: HandlerContext): Outcome<SpawnRows> {
  const row = {
    character: frame.character_name,
    at: clientMomentText(frame.timestamp, now, receivedAt),
    receivedAt,
    monster: frame.mob,
    ew: frame.ew,
    ns: frame.ns,
    z: frame.z ?? null,
  }
  return keep([{ table: 'spawns', row }])
}
