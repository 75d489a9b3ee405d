import type { PluginFrameType } from '../../../shared/contract/plugin-frames.ts'
import type { Resolvers } from '../generated/resolvers.ts'

const frameTypeOf = ({ type, count, firstMs, lastMs }: PluginFrameType) => ({
  type,
  count,
  since: new Date(firstMs).toISOString(),
  lastAt: new Date(lastMs).toISOString(),
})

export const peerResolvers: Resolvers = {
  Query: {
    peers: (_, __, { peers }) => peers.list(),
    plugins: (_, __, { presence, pluginFrames }) =>
      presence
        .all()
        .map(({ character, registeredAt, server, node }) => ({
          character: { name: character },
          since: new Date(registeredAt).toISOString(),
          server,
          frameTypes: pluginFrames.of(character, node).map(frameTypeOf),
        }))
        .sort((a, b) => a.character.name.localeCompare(b.character.name)),
  },
  Peer: { character: ({ character }) => ({ name: character }) },
}
