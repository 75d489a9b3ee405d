import type { Resolvers } from '../generated/resolvers.ts'
import { advanceInitiative, changeInitiative } from './play.ts'

export const initiativeResolvers: Resolvers = {
  Mutation: {
    gmAdvanceInitiative: async (_, { input: { sessionId, reroll } }, context) => ({
      initiative: (await advanceInitiative(context, sessionId, reroll ?? true))!,
    }),
    changeGmInitiative: async (_, { input: { sessionId, change, characterId } }, context) => ({
      initiative: await changeInitiative(context, sessionId, change, characterId ?? null),
    }),
  },
}
