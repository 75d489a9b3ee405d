// What a transaction says of its viewer. The views believe it only with a signature, whose key the role that runs
// statements cannot read.
import { createHash } from 'node:crypto'
import type { Privacy } from '../../../shared/access/privacy.ts'

/** How long a transaction may name its viewer: longer than any statement runs. */
const VALID_MS = 30_000

/** The value of `overlord.viewer` for one connection, as the view sql_private.asking reads it. */
export function viewerVariable(privacy: Privacy, pid: number, now: Date): string {
  const withoutPlace = privacy.withoutPlace()
  const readable = privacy.readable()
  return JSON.stringify({
    pid,
    until: (now.getTime() + VALID_MS) / 1000,
    hidden: withoutPlace.filter((name) => privacy.placeOf(name) === 'HIDDEN'),
    blurred: withoutPlace.filter((name) => privacy.placeOf(name) !== 'HIDDEN'),
    tells: readable?.names ?? null,
    tellsOnly: readable?.only ?? null,
  })
}

/**
 * The value of `overlord.viewer_signature`. Hashed twice, so that a longer value has no valid one that can be derived.
 */
export function signatureOf(variable: string, key: Buffer): string {
  const inner = createHash('sha256').update(key).update(variable).digest()
  return createHash('sha256').update(key).update(inner).digest('hex')
}
