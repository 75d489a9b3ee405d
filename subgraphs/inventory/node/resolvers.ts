import { characterNameOf } from '../../../shared/contract/character-id.ts'
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import type { CharacterRef, ItemRow } from '../item/store.ts'

const MAX_IDS = 100

/** The object with this id, which every viewer may see; what is private of it, its fields refuse or hide. */
async function find(id: string, { load }: Context): Promise<CharacterRef | ItemRow | null> {
  const name = characterNameOf(id)
  return name === null ? load.item.load(id) : load.character.load(name)
}

export const nodeResolvers: Resolvers = {
  Query: {
    node: (_, { id }, context) => find(id, context),
    nodes(_, { ids }, context) {
      if (ids.length > MAX_IDS) throw fault('BAD_USER_INPUT', `\`ids\` has at most ${MAX_IDS} entries.`)
      return Promise.all(ids.map((id) => find(id, context)))
    },
  },
  Node: { __resolveType: (row) => ('gameId' in row ? 'Item' : 'Character') },
}
