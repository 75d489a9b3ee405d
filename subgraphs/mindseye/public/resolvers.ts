import { TRACE_TOPIC } from '../../../shared/contract/traces.ts'
import type { WorldEntity } from '../../../shared/contract/world-view.ts'
import { fault } from '../../../shared/errors.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { followWorld } from '../world/resolvers.ts'
import { listWorlds } from '../world/store.ts'
import type { View } from '../world/view.ts'
import { publicSteps, type PublicStep } from './public-steps.ts'
import { namesWord } from './names.ts'
import { publicMode, publicName } from './public-values.ts'

async function publicWorld({ pool }: Pick<Context, 'pool'>): Promise<string> {
  const found = (await listWorlds(pool)).find(({ kind }) => kind !== 'DERETH')
  if (!found) throw fault('NOT_FOUND', 'There is no world that may be public.')
  return found.name
}

/** Whether the public may read a text: it names nobody who restricts their place. Not until it is known who does. */
function mayName({ settings }: Pick<Context, 'settings'>, text: string): boolean {
  const known = settings.all()
  if (!known) return false
  for (const [character, { placeShown }] of known)
    if (placeShown !== 'EXACT' && namesWord(text, character)) return false
  return true
}

/** Whether the public may see something of a world. */
const isPublic = (context: Context, { kind, name }: WorldEntity): boolean =>
  kind !== 'PLAYER' || (publicName(name) !== null && mayName(context, name))

export const publicResolvers: Resolvers = {
  PublicWorldView: {
    mode: ({ mode }, _, context) => publicMode(mayName(context, mode) ? mode : ''),
    player: ({ player }, _, context) => (player !== null && mayName(context, player) ? publicName(player) : null),
    entities: ({ entities }, _, context) => entities.filter((entity) => isPublic(context, entity)),
    // Somebody who was shown and hides is gone for the public.
    gone: ({ entities, gone }, _, context) => [
      ...gone,
      ...entities.filter((entity) => !isPublic(context, entity)).map(({ id }) => id),
    ],
  },
  Subscription: {
    publicWorldChanged: {
      subscribe: async (_, square, context) => followWorld({ ...square, world: await publicWorld(context) }, context),
      resolve: (event: unknown) => event as View,
    },
    publicTraceSteps: {
      subscribe: (_, { afterId }, { pool, pubsub, phase, viewer }) =>
        factStream<PublicStep>({
          pubsub,
          phase,
          topics: [TRACE_TOPIC],
          afterId,
          facts: publicSteps(pool, viewer),
        }),
      resolve: (event: unknown) => event as PublicStep,
    },
  },
}
