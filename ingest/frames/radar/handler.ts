import { clientMomentText } from '../../../shared/contract/fields.ts'
import { readRadarObject, type NearbyObjectsFrame } from './shape.ts'
import { topic, type RadarEvent } from '../../../shared/contract/topics.ts'
import { landblockName } from '../../../shared/world/dereth/landblock.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'

/** RDR1: only current state, once a second, stale in the next: published at once and not stored. */
export function onNearbyObjects(frame: NearbyObjectsFrame, { now, receivedAt }: HandlerContext): Outcome {
  const event: RadarEvent = {
    character: frame.character_name,
    clientAt: clientMomentText(frame.timestamp, now, receivedAt),
    receivedAt,
    landblock: landblockName(frame.landblock),
    ew: frame.ew ?? null,
    ns: frame.ns ?? null,
    z: frame.z ?? null,
    heading: frame.heading ?? null,
    objects: frame.objects.flatMap((object) => readRadarObject(object) ?? []),
  }
  const left = event.objects.length < frame.objects.length ? { dropped: ['objects/*'] } : undefined
  return keep([], [{ topic: topic('radar', event.character), event }], left)
}
