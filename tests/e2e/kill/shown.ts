import type { Feed } from '../../../shared/testing/feed.ts'
import type { TestOverlord } from '../../../shared/testing/start-overlord.ts'

interface About {
  id: string
  character: { name: string }
}
type Rare = About & { name: string }
type Change = About
interface Fight {
  character: { name: string }
  fight: { sessionId: string; totals: { kills: number } }
}

/** What queries, and streams that tell only of what is stored, have shown somebody. */
export interface Shown {
  rares: Map<string, string>
  chat: Map<string, string>
  changes: Set<string>
  /** Kills by session, and over a life. */
  kills: Map<string, number>
}

export const nothingShown = (): Shown => ({
  rares: new Map(),
  chat: new Map(),
  changes: new Set(),
  kills: new Map(),
})

interface Look {
  rares: { nodes: { id: string; name: string }[] }
  chat: { nodes: { id: string; text: string }[] }
  fighters: { nodes: { name: string; combat: { latestFight: Fight['fight']; lifetime: { kills: number } } }[] }
}
const LOOK = `query KillLook { rares(first: 500) { nodes { id name } } chat(first: 500) { nodes { id text } }
  fighters(first: 500) { nodes { name combat { latestFight { sessionId totals { kills } } lifetime { kills } } } } }`

const raise = (kills: Map<string, number>, key: string, value: number) =>
  void kills.set(key, Math.max(kills.get(key) ?? 0, value))

/** Asks, and writes down what was shown. */
export async function look(overlord: TestOverlord, shown: Shown): Promise<void> {
  const { data } = await overlord.graph<Look>(LOOK)
  for (const { id, name } of data.rares.nodes) shown.rares.set(id, name)
  for (const { id, text } of data.chat.nodes) shown.chat.set(id, text)
  for (const { name, combat } of data.fighters.nodes) {
    raise(shown.kills, `${name} in ${combat.latestFight.sessionId}`, combat.latestFight.totals.kills)
    raise(shown.kills, `${name} in life`, combat.lifetime.kills)
  }
}

/** The streams that tell after the commit. */
export function listen(overlord: TestOverlord) {
  const who = 'character { name }'
  const fights = `subscription { combatChanged { fight { sessionId totals { kills } } ${who} } }`
  return {
    rares: overlord.feed<Rare>(`subscription { rareFound { id name ${who} } }`, 'rareFound'),
    changes: overlord.feed<Change>(`subscription { inventoryChanged { id ${who} } }`, 'inventoryChanged'),
    fights: overlord.feed<Fight>(fights, 'combatChanged'),
  }
}

/** Records what the streams delivered until they broke. */
export function noteFeeds(shown: Shown, feeds: Record<keyof ReturnType<typeof listen>, Feed<unknown>>): void {
  for (const { id, name } of feeds.rares.seen as Rare[]) shown.rares.set(id, name)
  for (const { id } of feeds.changes.seen as Change[]) shown.changes.add(id)
  for (const { fight, character } of feeds.fights.seen as Fight[])
    raise(shown.kills, `${character.name} in ${fight.sessionId}`, fight.totals.kills)
}
