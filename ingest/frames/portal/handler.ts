import { clientMomentText } from '../../../shared/contract/fields.ts'
import type { PortalFrame } from './shape.ts'
import { drop, keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { PortalRows } from './rows.ts'

/** No place of the game lies further out; a number past it would not fit the key. */
const FURTHEST = 1_000_000

/** PRT1: a portal is known by its place in tenths of a map unit, rounded here and nowhere else. */
export function onPortal(frame: PortalFrame, { now, receivedAt }: HandlerContext): Outcome<PortalRows> {
  if (Math.abs(frame.ew) > FURTHEST) return drop('/ew', 'is no place')
  if (Math.abs(frame.ns) > FURTHEST) return drop('/ns', 'is no place')
  const row = {
    character: frame.character_name,
    at: clientMomentText(frame.timestamp, now, receivedAt),
    receivedAt,
    name: frame.portal_name || null,
    ew: frame.ew,
    ns: frame.ns,
    z: frame.z ?? null,
    ewTenths: tenths(frame.ew),
    nsTenths: tenths(frame.ns),
  }
  return keep([{ table: 'portals', row }])
}

const tenths = (coordinate: number): number => Math.round(coordinate * 10) + 0 // never -0
