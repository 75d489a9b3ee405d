// The types of frames that somebody names in a filter.
import { MAX_REPORTED_NAMES } from '../../../shared/contract/ingest-status.ts'
import { isShare, RELAYED_TYPES } from '../../../shared/contract/relayed-types.ts'
import { unknownName } from '../../../shared/serve/known-names.ts'
import type { IngestTotals } from '../ingest/status.ts'

/** What ingest counts types under when there are too many to count each, or their names are too long. */
const OTHER = 'other'

/**
 * The types that are meant, ignoring case: those that this version relays, any that begins with `share_`, and those
 * that plugins sent lately. Throws BAD_USER_INPUT with the nearest for another one. While not every type that was sent
 * is known by name, any may be named.
 */
export function typesNamed(typed: readonly string[], { processes, unknownTypes }: IngestTotals): string[] {
  const sent = unknownTypes.map(({ name }) => name)
  const isComplete = processes > 0 && sent.length < MAX_REPORTED_NAMES && !sent.includes(OTHER)
  const known = [...RELAYED_TYPES, ...sent]
  const named = typed.map((type) => {
    const wanted = type.toLowerCase()
    return sent.includes(type) ? type : known.find((other) => other.toLowerCase() === wanted)
  })
  const unknown = typed.filter((type, at) => named[at] === undefined && !isShare(type))
  // Which unknown types were sent is for admins: the nearest are of this version's own.
  if (isComplete && unknown.length)
    throw unknownName('type of relayed frames', unknown, RELAYED_TYPES, 'BAD_USER_INPUT')
  return typed.map((type, at) => named[at] ?? type)
}
