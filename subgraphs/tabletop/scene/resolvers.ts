import type { Resolvers } from '../generated/resolvers.ts'
import { deleteScene, listScenes, loadScene, saveScene } from './scenes.ts'

export const sceneResolvers: Resolvers = {
  GmSession: { scenes: ({ id, role }, _, { pool }) => (role === 'GM' ? listScenes(pool, id) : null) },
  Mutation: {
    saveGmScene: async (_, { input }, context) => ({ scene: await saveScene(context, input) }),
    loadGmScene: async (_, { input: { sessionId, sceneId } }, context) => ({
      scene: await loadScene(context, sessionId, sceneId),
    }),
    deleteGmScene: async (_, { input: { sessionId, sceneId } }, context) => ({
      deletedSceneId: await deleteScene(context, sessionId, sceneId),
    }),
  },
}
