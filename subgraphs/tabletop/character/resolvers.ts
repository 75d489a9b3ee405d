import type { Resolvers } from '../generated/resolvers.ts'
import { changeState, recover } from './change-state.ts'
import { saveSheet } from './save-sheet.ts'
import { addCharacter, removeCharacter, takeCharacter } from './change.ts'
import { samples } from './samples.ts'

export const characterResolvers: Resolvers = {
  Query: {
    gmSamples: () =>
      samples.map(({ sheet, isOpponent }) => ({
        name: sheet.name,
        streetName: sheet.streetName,
        archetype: sheet.archetype,
        isOpponent,
        sheet,
      })),
  },
  Mutation: {
    addGmCharacter: async (_, { input: { sessionId, character } }, context) => ({
      character: await addCharacter(context, sessionId, character),
    }),
    removeGmCharacter: async (_, { input: { sessionId, character } }, context) => ({
      removedCharacterId: await removeCharacter(context, sessionId, character),
    }),
    saveGmSheet: (_, { input }, context) => saveSheet(context, input),
    changeGmState: async (_, { input }, context) => ({ character: await changeState(context, input) }),
    healGmCharacter: (_, { input }, context) => recover(context, input),
    takeGmCharacter: async (_, { input: { sessionId, characterId } }, context) => ({
      character: await takeCharacter(context, sessionId, characterId),
    }),
  },
}
