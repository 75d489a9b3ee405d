import { topic } from '../../../shared/contract/topics.ts'
import { fault } from '../../../shared/errors.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { dungeonName } from '../../../shared/world/dereth/dungeons.ts'
import { landblockName } from '../../../shared/world/dereth/landblock.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { dungeonAt, type DungeonRow } from './store.ts'

function landblockOf(told: string): string {
  const landblock = landblockName(told)
  if (landblock === null) throw fault('BAD_USER_INPUT', '`landblock` looks like 01E9.')
  return landblock
}

export const dungeonResolvers: Resolvers = {
  Query: { dungeonMap: (_, { landblock }, { pool }) => dungeonAt(pool, landblockOf(landblock)) },
  DungeonMap: { name: ({ landblock }) => dungeonName(landblock) },
  Subscription: {
    dungeonMapChanged: {
      subscribe(_, { landblock }, { pool, pubsub, part }) {
        const name = landblockOf(landblock)
        return startingWith<DungeonRow>({
          pubsub,
          part,
          topics: [topic('dungeon', name)],
          look: async () => [await dungeonAt(pool, name)].filter((row) => row !== null),
          follow: async () => (await dungeonAt(pool, name)) ?? undefined,
        })
      },
      resolve: (event: unknown) => event as DungeonRow,
    },
  },
}
