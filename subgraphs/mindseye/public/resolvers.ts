import { TRACE_TOPIC } from '../../../shared/contract/traces.ts'
import { fault } from '../../../shared/errors.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { followWorld } from '../world/resolvers.ts'
import { listWorlds } from '../world/store.ts'
import type { View } from '../world/view.ts'
import { publicSteps, type PublicStep } from './public-steps.ts'
import { publicMode, publicName } from './public-values.ts'

async function publicWorld({ pool }: Pick<Context, 'pool'>): Promise<string> {
  const found = (await listWorlds(pool)).find(({ kind }) => kind !== 'DERETH')
  if (!found) throw fault('NOT_FOUND', 'There is no world that may be public.')
  return found.name
}

/** Whether somebody may be named to the public; nobody until it is known who shows their place. */
function mayName({ settings }: Pick<Context, 'settings'>, name: string): boolean {
  const wanted = name.toLowerCase()
  const known = settings.all()
  if (!known) return false
  for (const [character, { placeShown }] of known)
    if (placeShown !== 'EXACT' && character.toLowerCase() === wanted) return false
  return true
}

export const publicResolvers: Resolvers = {
  PublicWorldView: {
    mode: ({ mode }) => publicMode(mode),
    player: ({ player }, _, context) => (player !== null && mayName(context, player) ? publicName(player) : null),
    entities: ({ entities }, _, context) =>
      entities.filter(({ kind, name }) => kind !== 'PLAYER' || (publicName(name) !== null && mayName(context, name))),
  },
  Subscription: {
    publicWorldChanged: {
      subscribe: async (_, square, context) => followWorld({ ...square, world: await publicWorld(context) }, context),
      resolve: (event: unknown) => event as View,
    },
    publicTraceSteps: {
      subscribe: (_, __, { pool, pubsub, phase, viewer }) =>
        factStream<PublicStep>({
          pubsub,
          phase,
          topics: [TRACE_TOPIC],
          afterId: null,
          facts: publicSteps(pool, viewer),
        }),
      resolve: (event: unknown) => event as PublicStep,
    },
  },
}
