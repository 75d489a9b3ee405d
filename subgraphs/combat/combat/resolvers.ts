import { characterId } from '../../../shared/contract/character-id.ts'
import { topicsOf, type CombatEvent } from '../../../shared/contract/topics.ts'
import { fault } from '../../../shared/errors.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId, readCursor } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { AttackType, DamageType, Resolvers } from '../generated/resolvers.ts'
import { topMonsters } from './monsters.ts'
import { listFighters, newestFights, oneFight, storedFights, type CombatRow, type FightRow } from './store.ts'
import { addUp, difference, sumOf } from './totals.ts'

const MAX_MONSTERS = 1_000
const MAX_TOP_MONSTERS = 500
const MAX_FIGHTS = 100
const MAX_FIGHTERS = 1_000

/** Names as plugins report them; older builds wrote some in another way. */
const attackTypes: ReadonlyMap<string, AttackType> = new Map([
  ['MeleeMissile', 'MELEE_MISSILE'],
  ['Magic', 'MAGIC'],
])
const damageTypes: ReadonlyMap<string, DamageType> = new Map([
  ['Slash', 'SLASH'],
  ['Pierce', 'PIERCE'],
  ['Bludge', 'BLUDGEON'],
  ['Bludgeon', 'BLUDGEON'],
  ['Cold', 'COLD'],
  ['Fire', 'FIRE'],
  ['Acid', 'ACID'],
  ['Electric', 'ELECTRIC'],
  ['Nether', 'NETHER'],
  ['Typeless', 'TYPELESS'],
])

/** A fight is the sum of its parts. */
const snapshotsOf = ({ banked, snapshot }: FightRow) => [...banked, snapshot]

export const combatResolvers: Resolvers = {
  Query: {
    async fighters(_, { characters, ...page }, { pool }) {
      checkPage(page, MAX_FIGHTERS)
      const { rows, count } = await listFighters(pool, await charactersNamed(pool, characters), page)
      return { ...connection(rows, page, ({ name }) => [name]), count }
    },
    async topMonsters(_, { since, until, characters, text, first }, { pool }) {
      checkPage({ first }, MAX_TOP_MONSTERS)
      return topMonsters(pool, { since, until, characters: await charactersNamed(pool, characters), text, first })
    },
  },
  FighterConnection: { totalCount: ({ count }) => count() },
  Character: {
    __resolveReference: ({ name }) => ({ name }),
    id: ({ name }) => characterId(name),
    async combatBetween({ name }, { since, until }, { load }) {
      const at = (moment: Date | string) => new Date(moment).toISOString()
      if (until && at(until) <= at(since)) throw fault('BAD_USER_INPUT', '`since` must be before `until`.')
      const [later, earlier] = await Promise.all([
        load.sessions.load({ name, at: until ? at(until) : null }),
        load.sessions.load({ name, at: at(since) }),
      ])
      const totals = (row: CombatRow | null) => addUp(row?.fights.flatMap(snapshotsOf) ?? [])
      return later && difference(totals(later), totals(earlier))
    },
    combat: ({ name }, { at }, { load }) => load.sessions.load({ name, at: at ? new Date(at).toISOString() : null }),
  },
  Combat: {
    latestFight: ({ fights }) => fights[0] ?? null,
    lifetime: ({ fights }) => addUp(fights.flatMap(snapshotsOf)),
    fights({ fights }, page) {
      checkPage(page, MAX_FIGHTS)
      const [after] = readCursor(page.after, 1) ?? []
      const begin = after === undefined ? 0 : fights.findIndex(({ sessionId }) => sessionId === after) + 1
      const rows = fights.slice(begin, begin + page.first + 1)
      return { ...connection(rows, page, ({ sessionId }) => [sessionId]), totalCount: fights.length }
    },
  },
  CombatTotals: {
    monsters({ monsters }, { first, text }) {
      checkPage({ first }, MAX_MONSTERS)
      const wanted = text?.toLowerCase()
      return (wanted ? monsters.filter(({ name }) => name.toLowerCase().includes(wanted)) : monsters).slice(0, first)
    },
    offense: ({ monsters }) => sumOf(monsters.map(({ offense }) => offense)),
    defense: ({ monsters }) => sumOf(monsters.map(({ defense }) => defense)),
  },
  ElementCombat: {
    attackType: ({ attackType }) => attackTypes.get(attackType) ?? 'UNKNOWN',
    attackTypeName: ({ attackType }) => attackType,
    element: ({ element }) => damageTypes.get(element) ?? 'UNKNOWN',
    elementName: ({ element }) => element,
  },
  Fight: { totals: (fight) => addUp(snapshotsOf(fight)) },
  CombatChange: {
    character: ({ character }) => ({ name: character }),
    at: ({ receivedAt }) => receivedAt,
    fight: (row) => row,
  },
  Subscription: {
    combatChanged: {
      async subscribe(_, { characters, afterId }, { pool, pubsub, phase }) {
        const names = await charactersNamed(pool, characters)
        const source = { pubsub, phase, topics: topicsOf('combat', names) }
        return factStream<FightRow>({
          ...source,
          afterId: readAfterId(afterId, 'a change'),
          facts: storedFights(pool, names),
          live: () =>
            snapshotThenUpdates<FightRow>({
              ...source,
              snapshot: () => newestFights(pool, names),
              map: async (event) =>
                (await oneFight(pool, (event as CombatEvent).character, (event as CombatEvent).sessionId)) ?? undefined,
              rowVersion: {
                key: (row) => `${row.character} ${row.sessionId}`,
                version: (row) => new Date(row.receivedAt).toISOString(),
              },
            }),
        })
      },
      resolve: (event: unknown) => event as FightRow,
    },
  },
}
