import { clientMomentText } from '../../../shared/contract/fields.ts'
import type { RareFrame } from './shape.ts'
import { rareTier } from '../../../shared/world/dereth/rares.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { RareRows } from './rows.ts'
import type { TallyRows } from '../telemetry/rows.ts'

/** Consumers act on it, so the writer publishes it once it is stored, with the id it got there. */
export function onRare(frame: RareFrame, { now, receivedAt }: HandlerContext): Outcome<RareRows | TallyRows> {
  const row = {
    character: frame.character_name,
    name: frame.name,
    tier: rareTier(frame.name),
    clientAt: clientMomentText(frame.timestamp, now, receivedAt),
    receivedAt,
    ew: frame.ew ?? null,
    ns: frame.ns ?? null,
    z: frame.z ?? null,
  }
  // TLY5: its session is whichever the character played just then, so it is asked for in the order frames came.
  const asks = { character: row.character, receivedAt: row.receivedAt, asks: row }
  return keep([
    { table: 'rares', row },
    { table: 'tallies', row: asks },
  ])
}
