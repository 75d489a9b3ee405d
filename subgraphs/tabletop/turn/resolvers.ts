import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { GmTask, Resolvers } from '../generated/resolvers.ts'
import { roleIn } from '../session/store.ts'
import { runTool } from '../tool/run-tool.ts'
import { endTurn } from './end-turn.ts'
import { reportEvents } from './report.ts'
import { say } from './say.ts'
import { findTurn, turnUnderWay } from './store.ts'
import { taskStream } from './tasks.ts'

async function stopTurn(context: Context, sessionId: string) {
  const { pool, viewer } = context
  const turn = await turnUnderWay(pool, sessionId)
  if (!turn) return null
  if (turn.userId !== viewer.id && (await roleIn(pool, sessionId, viewer.id)) !== 'GM')
    throw fault('FORBIDDEN', 'Only who began a turn, or the game master, may stop it.')
  await endTurn(context, { turnId: turn.id, sessionId }, 'STOPPED')
  return findTurn(pool, turn.id)
}

export const turnResolvers: Resolvers = {
  Mutation: {
    gmSay: async (_, { input }, context) => ({ turn: await say(context, input) }),
    stopGmTurn: async (_, { input: { sessionId } }, context) => ({ turn: await stopTurn(context, sessionId) }),
    runGmTool: (_, { input }, context) => runTool(context, input),
    reportGmEvents: (_, { input: { turnId, events } }, context) => reportEvents(context, turnId, events),
  },
  Subscription: {
    gmTurnRequested: {
      subscribe: (_, __, context) => taskStream(context),
      resolve: (task: unknown) => task as GmTask,
    },
  },
}
