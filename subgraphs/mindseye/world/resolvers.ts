import { worldTopic, type WorldEvent } from '../../../shared/contract/world-view.ts'
import { fault } from '../../../shared/errors.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { botPlace, listWorlds, readSquare } from './store.ts'
import { changeIn, checkRadius, type Square, type View } from './view.ts'

const SEQ_DIGITS = 10

interface Asked {
  world: string
  center?: { x: number; z: number } | null | undefined
  radius: number
}

/** The square that is asked for; null if there is no such world. */
async function squareOf(pool: Pool, { world, center, radius }: Asked): Promise<Square | null> {
  checkRadius(radius)
  const middle = center ?? (await botPlace(pool, world))
  return middle && { ...middle, radius }
}

export const worldResolvers: Resolvers = {
  Query: {
    worlds: (_, __, { pool }) => listWorlds(pool),
    async worldSnapshot(_, asked, { pool }) {
      const square = await squareOf(pool, asked)
      return square && readSquare(pool, asked.world, square)
    },
  },
  Subscription: {
    worldChanged: {
      async subscribe(_, asked, { pool, pubsub, phase }) {
        const square = await squareOf(pool, asked)
        // The name becomes part of a topic.
        if (!square || !/^[\w-]{1,64}$/.test(asked.world)) throw fault('NOT_FOUND', 'There is no such world.')
        return snapshotThenUpdates<View>({
          pubsub,
          phase,
          topics: [worldTopic(asked.world)],
          async snapshot() {
            const view = await readSquare(pool, asked.world, square)
            return view ? [view] : []
          },
          map: (event) => changeIn(square, event as WorldEvent),
          rowVersion: {
            key: ({ world }) => world,
            version: ({ seq }) => String(seq).padStart(SEQ_DIGITS, '0'),
          },
        })
      },
      resolve: (event: unknown) => event as View,
    },
  },
}
