import { clientMomentText } from '../../shared/contract/fields.ts'
import type { SpawnFrame } from '../../shared/contract/frames/place-seen.ts'
import { keep, type Around, type Outcome } from '../outcome.ts'

export function onSpawn(frame: SpawnFrame, { now, receivedAt }: Around): Outcome {
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
