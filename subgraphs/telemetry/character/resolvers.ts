import { characterId } from '../../../shared/contract/character-id.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { momentOf } from '../moment.ts'
import { listCharacters, type CharacterRef } from './store.ts'

const MAX_PAGE_SIZE = 500

const rowOf = ({ name, row }: CharacterRef, load: Context['load']) => row ?? load.character.load(name)

export const characterResolvers: Resolvers = {
  Query: {
    async character(_, { name }, { load }) {
      const row = await load.character.load(name)
      return row && { name, row }
    },
    async characters(_, { where, at, ...page }, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listCharacters(pool, where ?? {}, page, momentOf(at))
      return {
        ...connection(
          rows.map((row): CharacterRef => ({ name: row.name, row })),
          page,
          ({ name }) => [name],
        ),
        totalCount,
      }
    },
  },
  Character: {
    __resolveReference: ({ name }) => ({ name }),
    id: ({ name }) => characterId(name),
    live: async (character, { at }, { load }) =>
      at
        ? load.liveAt.load({ name: character.name, at: momentOf(at) }).then((row) => row?.live ?? null)
        : ((await rowOf(character, load))?.live ?? null),
    tag: async (character, _, { load }) => (await rowOf(character, load))?.tag ?? null,
    firstSeenAt: async (character, _, { load }) => (await rowOf(character, load))?.firstSeenAt ?? null,
    lastSeenAt: async (character, _, { load }) => (await rowOf(character, load))?.lastSeenAt ?? null,
  },
}
