import { topic, type CombatEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { fighters, newestSessions, oneSession, type SessionRow } from './store.ts'
import { addUp } from './totals.ts'

/** A session is the sum of its parts. */
const snapshotsOf = ({ banked, snapshot }: SessionRow) => [...banked, snapshot]

export const fightResolvers: Resolvers = {
  Query: { combats: (_, { characters }, { pool }) => fighters(pool, characters ?? null) },
  Character: {
    __resolveReference: ({ name }) => ({ name }),
    combat: ({ name }, _, { load }) => load.sessions.load(name),
  },
  Combat: {
    session: ({ sessions }) => sessions[0] ?? null,
    lifetime: ({ sessions }) => addUp(sessions.flatMap(snapshotsOf)),
  },
  CombatSession: { totals: (session) => addUp(snapshotsOf(session)) },
  CombatChange: {
    character: ({ character }) => ({ name: character }),
    at: ({ receivedAt }) => receivedAt,
    session: (row) => row,
  },
  Subscription: {
    combatChanged: {
      subscribe: (_, { characters }, { pool, pubsub, part }) =>
        startingWith<SessionRow>({
          pubsub,
          part,
          topics: characters ? characters.map((name) => topic('combat', name)) : [topic('combat')],
          look: () => newestSessions(pool, characters ?? null),
          follow: async (event) =>
            (await oneSession(pool, (event as CombatEvent).character, (event as CombatEvent).sessionId)) ?? undefined,
        }),
      resolve: (event: unknown) => event as SessionRow,
    },
  },
}
