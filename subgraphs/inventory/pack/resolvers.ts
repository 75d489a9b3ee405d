import type { Resolvers } from '../generated/resolvers.ts'
import { fillOf, nameOf } from './tree.ts'

export const packResolvers: Resolvers = {
  Inventory: { containers: ({ character }, _, { load }) => load.packs.load(character) },
  ItemContainer: { name: nameOf, fill: fillOf },
}
