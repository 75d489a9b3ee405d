import { randomUUID } from 'node:crypto'
import { refusedCommands, sendWorldCommand } from '../../../shared/auth/world-command.ts'
import { MAX_COMMAND_RADIUS, type WorldCommand } from '../../../shared/contract/world-commands.ts'
import {
  heartbeatTopic,
  modeTopic,
  worldTopic,
  type WorldEvent,
  type WorldHeartbeat,
  type WorldMode,
} from '../../../shared/contract/world-view.ts'
import { fault } from '../../../shared/errors.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { Context } from '../context.ts'
import type { CommandWorldInput, Resolvers } from '../generated/resolvers.ts'
import { botPlace, listWorlds, readMode, readSquare } from './store.ts'
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

const isName = (world: string): boolean => /^[\w-]{1,64}$/.test(world)
const MAX_TARGET = 64
const DEFAULT_RADIUS = 16

/** A command as it is published. Throws BAD_USER_INPUT for what is none. */
function commandOf({ world, action, target, center, radius = DEFAULT_RADIUS }: CommandWorldInput): WorldCommand {
  if (!isName(world)) throw fault('NOT_FOUND', 'There is no such world.')
  if (radius < 1 || radius > MAX_COMMAND_RADIUS)
    throw fault('BAD_USER_INPUT', `\`radius\` must be 1 to ${MAX_COMMAND_RADIUS}.`)
  const player = target?.trim() ?? null
  if (player !== null && (!player || player.length > MAX_TARGET || /\0/.test(player)))
    throw fault('BAD_USER_INPUT', `A name has 1 to ${MAX_TARGET} characters.`)
  const place = center ? { x: center.x, y: null, z: center.z } : null
  return { id: randomUUID(), world, action, target: player?.toWellFormed() ?? null, center: place, radius }
}

/** A stream of a square: whole first, then its changes. Throws NOT_FOUND where there is no such world. */
export async function followWorld(asked: Asked, context: Context) {
  const { pool, pubsub, phase } = context
  const square = await squareOf(pool, asked)
  // The name becomes part of a topic.
  if (!square || !isName(asked.world)) throw fault('NOT_FOUND', 'There is no such world.')
  return snapshotThenUpdates<View>({
    pubsub,
    phase,
    topics: [worldTopic(asked.world)],
    async snapshot() {
      const view = await readSquare(context, asked.world, square, square.radius)
      return view ? [view] : []
    },
    map: (event) => changeIn(square, event as WorldEvent),
    rowVersion: {
      key: ({ world }) => world,
      version: ({ seq }) => String(seq).padStart(SEQ_DIGITS, '0'),
    },
  })
}

export const worldResolvers: Resolvers = {
  Query: {
    worlds: (_, __, { pool }) => listWorlds(pool),
    worldSnapshot(_, { world, center, radius }, context) {
      checkRadius(radius)
      return readSquare(context, world, center ?? null, radius)
    },
  },
  Subscription: {
    worldChanged: {
      subscribe: (_, asked, context) => followWorld(asked, context),
      resolve: (event: unknown) => event as View,
    },
    worldModeChanged: {
      async subscribe(_, { world }, { pool, pubsub, phase }) {
        if (!isName(world) || !(await readMode(pool, world))) throw fault('NOT_FOUND', 'There is no such world.')
        return snapshotThenUpdates<WorldMode>({
          pubsub,
          phase,
          topics: [modeTopic(world)],
          async snapshot() {
            const now = await readMode(pool, world)
            return now ? [now] : []
          },
          map: (event) => event as WorldMode,
        })
      },
      resolve: (event: unknown) => event as WorldMode,
    },
    worldHeartbeat: {
      async subscribe(_, { world }, { pool, pubsub, phase }) {
        if (!isName(world) || !(await readMode(pool, world))) throw fault('NOT_FOUND', 'There is no such world.')
        const map = (event: unknown) => event as WorldHeartbeat
        return snapshotThenUpdates<WorldHeartbeat>({ pubsub, phase, topics: [heartbeatTopic(world)], map })
      },
      resolve: (event: unknown) => event as WorldHeartbeat,
    },
  },
  Mutation: {
    async commandWorld(_, { input }, { viewer, audits, pubsub }) {
      const reply = await sendWorldCommand(audits, pubsub, viewer, commandOf(input))
      if (reply === 'NOT_FOUND') throw fault(reply, refusedCommands[reply])
      if (reply === 'TOO_MANY_TRIES') throw fault(reply, refusedCommands[reply], { hint: 'Wait a second.' })
      const { sight, ...done } = reply
      return { ...done, sight: sight && { ...sight, x: sight.center.x, z: sight.center.z } }
    },
  },
}
