import type { Resolvers } from '../generated/resolvers.ts'
import { rollSecretly, secretCommitment } from './secret-roll.ts'
import { whisper } from './whisper.ts'

export const secretResolvers: Resolvers = {
  GmSession: {
    secretCommitment: ({ id, role }, _, { pool, viewer }) =>
      role === 'SPECTATOR' ? null : secretCommitment(pool, id, viewer.id),
  },
  Mutation: {
    rollGmSecretly: async (_, { input }, context) => ({ roll: await rollSecretly(context, input) }),
    gmWhisper: async (_, { input }, context) => ({ to: await whisper(context, input) }),
  },
}
