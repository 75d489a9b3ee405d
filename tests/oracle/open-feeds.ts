import type { Feed } from '../../shared/testing/feed.ts'
import type { TestOverlord } from '../../shared/testing/start-overlord.ts'
import { until } from '../../shared/testing/until.ts'
import { TOTALS, type Totals } from './compare-fights.ts'

interface Of {
  character: { name: string }
}
export interface Place extends Of {
  clientAt: string
  ew: number
  ns: number
}
export interface Fare extends Of {
  clientAt: string
  health: number
  vitae: number
}
export interface Line extends Of {
  clientAt: string
  text: string
  color: number | null
}
export interface Rare extends Of {
  id: string
  name: string
  clientAt: string
}
export interface Change extends Of {
  id: string
  added: string[]
  updated: string[]
  removed: string[]
}
export interface Fight extends Of {
  fight: { sessionId: string; totals: Totals }
}
export interface Relayed {
  characterName: string | null
  type: string
  body: unknown
}

const PATIENCE_MS = 60_000

/** Who speaks before the play to prove the feeds open, and after it to prove everything stored. */
export const PROBE = 'The Probe'

/** Where the probe sees a portal, and no other character does. */
export const NOWHERE = { ew: 101.9, ns: -101.9 }

/** One feed of each subscription, every one known to be open. */
export async function openFeeds(overlord: TestOverlord) {
  const of = <T>(field: string, select: string): Feed<T> =>
    overlord.feed<T>(`subscription { ${field} { ${select} } }`, field)
  const feeds = {
    telemetry: of<Place>('telemetryChanged', 'character { name } clientAt ew ns'),
    vitals: of<Fare>('vitalsChanged', 'character { name } clientAt health vitae'),
    chat: of<Line>('chatLineReceived', 'character { name } clientAt text color'),
    rares: of<Rare>('rareFound', 'character { name } id name clientAt'),
    items: of<Change>('inventoryChanged', 'character { name } id added updated removed'),
    fights: of<Fight>('combatChanged', `character { name } fight { sessionId totals { ${TOTALS} } }`),
    relayed: of<Relayed>('frameReceived', 'characterName type body'),
  }
  await using plugin = await overlord.plugin(PROBE)
  const about = { character_name: PROBE }
  let nth = 0
  await until('every feed to be open', () => {
    nth++
    plugin.send({ type: 'telemetry', ...about, ew: nth / 1000, ns: 0 })
    plugin.send({ type: 'vitals', ...about, health_current: nth })
    plugin.send({ type: 'chat', ...about, text: `line ${nth}` })
    plugin.send({ type: 'rare', ...about, name: `Probe ${nth}` })
    plugin.send({ type: 'inventory_delta', ...about, action: 'add', item: { Id: nth, Name: `Probe ${nth}` } })
    plugin.send({ type: 'combat_stats', ...about, session_id: 'probe', session: { total_kills: nth } })
    plugin.send({ type: 'portal', ...about, ...NOWHERE })
    for (const [name, feed] of Object.entries(feeds))
      if (feed.ended() !== null) throw new Error(`The feed of ${name} ended: ${JSON.stringify(feed.ended())}`)
    return Object.values(feeds).every((feed) => feed.seen.length > 0)
  })
  return feeds
}

/** The events of a feed about one character, in order. */
export const receivedOf = <T extends Of>(feed: Feed<T>, name: string): T[] =>
  feed.seen.filter((event) => event.character.name === name)

/** Waits until everything the server has read is stored and published: it does both in the order it reads. */
export async function allReceived(overlord: TestOverlord, feeds: Awaited<ReturnType<typeof openFeeds>>): Promise<void> {
  await using plugin = await overlord.plugin(PROBE)
  const about = { character_name: PROBE }
  const last = 'the very last'
  plugin.send({ type: 'telemetry', ...about, ew: 99, ns: 99 })
  plugin.send({ type: 'vitals', ...about, health_current: 9_999 })
  plugin.send({ type: 'chat', ...about, text: last })
  plugin.send({ type: 'inventory_delta', ...about, action: 'add', item: { Id: 999_999, Name: last } })
  plugin.send({ type: 'combat_stats', ...about, session_id: last, session: { total_kills: 1 } })
  plugin.send({ type: 'portal', ...about, ...NOWHERE, portal_name: last })
  plugin.send({ type: 'rare', ...about, name: last })
  await Promise.all([
    feeds.telemetry.find((place) => place.ew === 99, PATIENCE_MS),
    feeds.vitals.find((fare) => fare.health === 9_999, PATIENCE_MS),
    feeds.chat.find((line) => line.text === last, PATIENCE_MS),
    feeds.items.find((change) => change.added.some((id) => id.endsWith(':999999')), PATIENCE_MS),
    feeds.fights.find((change) => change.fight.sessionId === last, PATIENCE_MS),
    feeds.relayed.find((frame) => (frame.body as { portal_name?: string }).portal_name === last, PATIENCE_MS),
    feeds.rares.find((rare) => rare.name === last, PATIENCE_MS),
  ])
}
