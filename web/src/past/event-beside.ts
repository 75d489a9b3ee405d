import { client } from '../graph/client.ts'
import type { GuildEventWhere } from '../generated/types.ts'
import { STRIP_KINDS, filledEnds } from './density.ts'
import { TimeBarDensityDocument, TimeBarEventsDocument } from './time-bar.query.gen.ts'

const POINTS = 600
const PAGE = 500
/** Events at the very moment are the one that is shown. */
const APART_MS = 500

const iso = (ms: number) => new Date(ms).toISOString()

async function page(where: GuildEventWhere, first: number, after: string | null = null) {
  const kinds = [...STRIP_KINDS]
  const { data, error } = await client
    .query(TimeBarEventsDocument, { where: { ...where, kinds }, first, after })
    .toPromise()
  if (!data?.guildEvents) throw error ?? new Error('No answer.')
  return data.guildEvents
}

/** When the last event before a moment happened; null if there is none. Throws what the graph answered otherwise. */
export async function eventBefore(moment: number): Promise<number | null> {
  const { nodes } = await page({ until: iso(moment - APART_MS) }, 1)
  return nodes[0] ? Date.parse(nodes[0].receivedAt) : null
}

/**
 * When the first event after a moment happened, up to `until`; null if there is none. The log is listed newest first:
 * the bucket of the event is looked for first.
 */
export async function eventAfter(moment: number, until: number): Promise<number | null> {
  const since = moment + APART_MS
  if (until - since < 1_000) return null
  const variables = { since: iso(since), until: iso(until), points: POINTS }
  const { data, error } = await client.query(TimeBarDensityDocument, variables).toPromise()
  if (!data?.guildEventDensity) throw error ?? new Error('No answer.')
  // A density begins at a whole second, so its first bucket may hold nothing but what is before `since`: then the event
  // is in the next one that holds any.
  for (const end of filledEnds(data.guildEventDensity).slice(0, 2)) {
    const where = { since: iso(since), until: iso(end) }
    let found = await page(where, PAGE)
    while (found.pageInfo.hasNextPage) found = await page(where, PAGE, found.pageInfo.endCursor)
    const first = found.nodes.at(-1)
    if (first) return Date.parse(first.receivedAt)
  }
  return null
}
