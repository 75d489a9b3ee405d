import { allowList, redact } from '../../../shared/contract/redact-trace.ts'
import { TRACE_TOPIC } from '../../../shared/contract/traces.ts'
import { fault } from '../../../shared/errors.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { storedSteps, type StepRow } from '../trace/store.ts'
import { followWorld } from '../world/resolvers.ts'
import { listWorlds } from '../world/store.ts'
import type { View } from '../world/view.ts'

/** The built-in list alone: what an operator adds is for viewers. */
const PUBLIC_FIELDS = allowList()

async function publicWorld({ pool }: Pick<Context, 'pool'>): Promise<string> {
  const found = (await listWorlds(pool)).find(({ kind }) => kind !== 'DERETH')
  if (!found) throw fault('NOT_FOUND', 'There is no world that may be public.')
  return found.name
}

const shown = ({ tool }: StepRow, value: unknown) => redact(tool ?? 'session', value, PUBLIC_FIELDS)

export const publicResolvers: Resolvers = {
  PublicTraceStep: {
    player: async ({ sessionId }, _, { load }) => (await load.sessions.load(sessionId))?.player ?? null,
    totalSteps: async ({ sessionId }, _, { load }) => (await load.sessions.load(sessionId))?.totalSteps ?? null,
    input: (step) => shown(step, step.input),
    result: (step) => shown(step, step.result),
  },
  Subscription: {
    publicWorldChanged: {
      subscribe: async (_, square, context) => followWorld({ ...square, world: await publicWorld(context) }, context),
      resolve: (event: unknown) => event as View,
    },
    publicTraceSteps: {
      subscribe: (_, __, { pool, pubsub, phase, viewer }) =>
        factStream<StepRow>({
          pubsub,
          phase,
          topics: [TRACE_TOPIC],
          afterId: null,
          facts: storedSteps(pool, viewer, null),
        }),
      resolve: (event: unknown) => event as StepRow,
    },
  },
}
