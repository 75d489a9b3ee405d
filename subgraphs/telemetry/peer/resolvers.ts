import type { Resolvers } from '../generated/resolvers.ts'

export const peerResolvers: Resolvers = {
  Query: {
    peers: (_, __, { peers, sight }) =>
      peers.list().map((peer) => {
        const shown = sight.placeOf(peer.character)
        if (shown === 'EXACT' || !peer.position) return peer
        if (shown === 'HIDDEN') return { ...peer, position: null }
        return { ...peer, position: { ...sight.placed(peer.character, peer.position), heading: null, landCell: null } }
      }),
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
