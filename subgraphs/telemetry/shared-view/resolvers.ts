import { rowRules } from '../../../shared/access/row-rules.ts'
import { fault } from '../../../shared/errors.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { charactersOf, movesOf, type SharedCharacter } from './characters.ts'
import { viewOf } from './link.ts'

export const sharedViewResolvers: Resolvers = {
  Query: {
    async sharedView(_, __, context) {
      const { filters, selected, ...view } = await viewOf(context)
      const isShown = selected !== null && rowRules.place(context.privacy, { character: selected })
      return { ...view, selected: isShown ? selected : null, colours: filters.map(({ colour }) => colour) }
    },
    sharedCharacters: async (_, __, context, { schema }) => charactersOf(await viewOf(context), context, schema),
  },
  Subscription: {
    sharedCharactersMoved: {
      async subscribe(_, __, context, { schema }) {
        const view = await viewOf(context)
        if (view.moment) throw fault('BAD_USER_INPUT', 'This view shows a moment, at which nothing moves.')
        return movesOf(view, context, schema)
      },
      resolve: (rows: unknown) => rows as SharedCharacter[],
    },
  },
}
