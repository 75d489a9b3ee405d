import { topic } from '../../../shared/contract/topics.ts'
import { fault } from '../../../shared/errors.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { dungeonName } from '../../../shared/world/dereth/dungeons.ts'
import { landblockName } from '../../../shared/world/dereth/landblock.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { dungeonAt, type DungeonRow } from './store.ts'

function landblockOf(text: string): string {
  const landblock = landblockName(text)
  if (landblock === null) throw fault('BAD_USER_INPUT', '`landblock` looks like 01E9.')
  return landblock
}

export const dungeonResolvers: Resolvers = {
  Query: { dungeonMap: (_, { landblock }, { pool }) => dungeonAt(pool, landblockOf(landblock)) },
  DungeonMap: { name: ({ landblock }) => dungeonName(landblock) },
  Subscription: {
    dungeonMapChanged: {
      subscribe(_, { landblock }, { pool, pubsub, phase }) {
        const name = landblockOf(landblock)
        return snapshotThenUpdates<DungeonRow>({
          pubsub,
          phase,
          topics: [topic('dungeon', name)],
          snapshot: async () => [await dungeonAt(pool, name)].filter((row) => row !== null),
          map: async () => (await dungeonAt(pool, name)) ?? undefined,
        })
      },
      resolve: (event: unknown) => event as DungeonRow,
    },
  },
}
