import { shownRadar } from '../../../shared/access/row-rules.ts'
import { topic, type RadarEvent } from '../../../shared/contract/topics.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { nameOf } from '../../../shared/serve/known-names.ts'
import { dungeonName } from '../../../shared/world/dereth/dungeons.ts'
import type { Resolvers } from '../generated/resolvers.ts'

/** An older picture shows what is no longer there. */
const FRESH_MS = 30_000

export const radarResolvers: Resolvers = {
  Character: {
    radar({ name }, _, { latest, privacy }) {
      const picture = latest.radar.since(FRESH_MS, [name])[0]
      return (picture && shownRadar(privacy, picture)) ?? null
    },
  },
  Radar: {
    character: ({ character }) => ({ name: character }),
    dungeon: ({ landblock }) => (landblock === null ? null : dungeonName(landblock)),
  },
  Subscription: {
    radarChanged: {
      async subscribe(_, { character: asked }, { pool, pubsub, phase, latest, privacy }) {
        const character = await nameOf(pool, 'characters', asked)
        return snapshotThenUpdates<RadarEvent>({
          pubsub,
          phase,
          topics: [topic('radar', character)],
          snapshot: () =>
            Promise.resolve(latest.radar.since(FRESH_MS, [character]).flatMap((row) => shownRadar(privacy, row) ?? [])),
          map: (event) => shownRadar(privacy, event as RadarEvent),
          rowVersion: { key: (row) => row.character, version: (row) => row.receivedAt },
        })
      },
      resolve: (event: unknown) => event as RadarEvent,
    },
  },
}
