import { characterId } from '../../../shared/contract/character-id.ts'
import { transaction } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { mustBeUuid, publishCharacters, publishPeople } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { charactersOf, listOwnerships, ownershipOf } from './store.ts'

const MAX_PAGE_SIZE = 500
const MAX_NAME_LENGTH = 64

function mustBeName(name: string): void {
  if (!name.trim() || name.length > MAX_NAME_LENGTH)
    throw fault('BAD_USER_INPUT', `A character’s name has 1 to ${MAX_NAME_LENGTH} characters.`)
}

export const characterResolvers: Resolvers = {
  Query: {
    myCharacters: (_, __, { pool, viewer }) => charactersOf(pool, viewer.id),
    async ownerships(_, page, context) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listOwnerships(context.pool, page)
      return { ...connection(rows, page, ({ character }) => [character]), totalCount }
    },
  },
  Character: {
    __resolveReference: ({ name }) => ({ name }),
    id: ({ name }) => characterId(name),
    placeShown: ({ name }, _, { load }) => load.placeShown.load(name),
  },
  Ownership: { character: ({ character }) => ({ name: character }) },
  Mutation: {
    async setOwner(_, { input: { character, userId } }, context) {
      mustBeName(character)
      if (userId != null) mustBeUuid(userId, 'There is no such account.')
      const [before, after] = await transaction(context.pool, async (client) => {
        if (userId != null && !(await client.query('select from users where id = $1 for share', [userId])).rowCount)
          throw fault('NOT_FOUND', 'There is no such account.')
        const before = await ownershipOf(client, character)
        await client.query(
          `insert into character_settings (name, owner_id, changed_by) values ($1, $2, $3)
           on conflict (name) do update set owner_id = excluded.owner_id, changed_by = excluded.changed_by,
           changed_at = now()`,
          [character, userId ?? null, context.viewer.name],
        )
        return [before, await ownershipOf(client, character)]
      })
      publishCharacters(context)
      publishPeople(context, { users: [before?.userId, userId].filter((id) => id != null) })
      return { ownership: after! }
    },
    async setPlaceShown(_, { input: { character, placeShown } }, context) {
      const { pool, viewer } = context
      mustBeName(character)
      await pool.query(
        `insert into character_settings (name, place_shown, changed_by) values ($1, $2, $3)
         on conflict (name) do update set place_shown = excluded.place_shown, changed_by = excluded.changed_by,
         changed_at = now()`,
        [character, placeShown, viewer.name],
      )
      publishCharacters(context)
      return { ownership: (await ownershipOf(pool, character))! }
    },
  },
}
