import type { Resolvers } from '../generated/resolvers.ts'

export const peerResolvers: Resolvers = {
  Query: {
    peers: (_, __, { peers }) => peers.list(),
    plugins: (_, __, { presence }) =>
      presence
        .all()
        .map(({ character, registeredAt, server }) => ({
          character: { name: character },
          since: new Date(registeredAt).toISOString(),
          server,
        }))
        .sort((a, b) => a.character.name.localeCompare(b.character.name)),
  },
  Peer: { character: ({ character }) => ({ name: character }) },
}
