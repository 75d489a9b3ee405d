import { checkPage } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { listPacks } from './store.ts'
import { fillOf, nameOf } from './tree.ts'

const MAX_PACKS = 1_000

export const packResolvers: Resolvers = {
  Query: {
    async packs(_, { where, first }, { pool }) {
      checkPage({ first }, MAX_PACKS)
      const characters = await charactersNamed(pool, where?.characters)
      const packs = await listPacks(pool, { characters, kinds: where?.kinds ?? null, fill: where?.fill ?? null })
      return packs.slice(0, first)
    },
  },
  Pack: { character: ({ character }) => ({ name: character }) },
  Inventory: { containers: ({ character }, _, { load }) => load.packs.load(character) },
  ItemContainer: { name: nameOf, fill: fillOf },
}
