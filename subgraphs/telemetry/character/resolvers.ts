import { characterId } from '../../../shared/contract/character-id.ts'
import { fault } from '../../../shared/errors.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { nameOf } from '../../../shared/serve/known-names.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { momentOf } from '../moment.ts'
import { withStoredSubject } from '../place/subject.ts'
import { checkDoing } from './doing.ts'
import { listCharacters, type CharacterRef } from './store.ts'

const MAX_PAGE_SIZE = 500

const rowOf = ({ name, row }: CharacterRef, load: Context['load']) => row ?? load.character.load(name)

export const characterResolvers: Resolvers = {
  Query: {
    async character(_, { name }, { load, pool }) {
      const exact = await load.character.load(name)
      if (exact) return { name, row: exact }
      const known = await nameOf(pool, 'characters', name)
      return { name: known, row: (await load.character.load(known))! }
    },
    async characters(_, { where, at, ...page }, context) {
      checkPage(page, MAX_PAGE_SIZE)
      if (at && where?.near)
        throw fault('BAD_USER_INPUT', '`near` finds characters where they are now: leave `at` out.')
      checkDoing(where, at)
      const filter = await withStoredSubject(context.pool, { ...where, characters: where?.names })
      const { rows, count } = await listCharacters(context.pool, filter, page, momentOf(at), context)
      return {
        ...connection(
          rows.map((row): CharacterRef => ({ name: row.name, row })),
          page,
          ({ name }) => [name],
        ),
        count,
      }
    },
  },
  CharacterConnection: { totalCount: ({ count }) => count() },
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
