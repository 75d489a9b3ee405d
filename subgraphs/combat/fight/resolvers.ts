import { topic, type CombatEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId, readCursor } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { fighters, newestSessions, oneSession, storedSessions, type SessionRow } from './store.ts'
import { addUp, sumOf } from './totals.ts'

const MAX_MONSTERS = 1_000
const MAX_SESSIONS = 100

/** A session is the sum of its parts. */
const snapshotsOf = ({ banked, snapshot }: SessionRow) => [...banked, snapshot]

export const fightResolvers: Resolvers = {
  Query: {
    combats(_, { characters, first }, { pool }) {
      checkPage({ first }, MAX_MONSTERS)
      return fighters(pool, characters ?? null, first)
    },
  },
  Character: {
    __resolveReference: ({ name }) => ({ name }),
    combat: ({ name }, { at }, { load }) => load.sessions.load({ name, at: at ? new Date(at).toISOString() : null }),
  },
  Combat: {
    session: ({ sessions }) => sessions[0] ?? null,
    lifetime: ({ sessions }) => addUp(sessions.flatMap(snapshotsOf)),
    sessions({ sessions }, page) {
      checkPage(page, MAX_SESSIONS)
      const [after] = readCursor(page.after, 1) ?? []
      const begin = after === undefined ? 0 : sessions.findIndex((session) => session.sessionId === after) + 1
      const rows = sessions.slice(begin, begin + page.first + 1)
      return { ...connection(rows, page, ({ sessionId }) => [sessionId]), totalCount: sessions.length }
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
  CombatSession: { totals: (session) => addUp(snapshotsOf(session)) },
  CombatChange: {
    character: ({ character }) => ({ name: character }),
    at: ({ receivedAt }) => receivedAt,
    session: (row) => row,
  },
  Subscription: {
    combatChanged: {
      subscribe(_, { characters, afterId }, { pool, pubsub, phase }) {
        const source = {
          pubsub,
          phase,
          topics: characters ? characters.map((name) => topic('combat', name)) : [topic('combat')],
        }
        return factStream<SessionRow>({
          ...source,
          afterId: readAfterId(afterId, 'a change'),
          facts: storedSessions(pool, characters ?? null),
          live: () =>
            snapshotThenUpdates<SessionRow>({
              ...source,
              snapshot: () => newestSessions(pool, characters ?? null),
              map: async (event) =>
                (await oneSession(pool, (event as CombatEvent).character, (event as CombatEvent).sessionId)) ??
                undefined,
              rowVersion: {
                key: (row) => `${row.character} ${row.sessionId}`,
                version: (row) => new Date(row.receivedAt).toISOString(),
              },
            }),
        })
      },
      resolve: (event: unknown) => event as SessionRow,
    },
  },
}
