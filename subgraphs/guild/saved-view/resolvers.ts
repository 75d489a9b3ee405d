import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { deleteSavedView, saveView, listSavedViews, type SavedViewRow, type SavedViewKind } from './store.ts'

const LAYOUTS: SavedViewKind = { table: 'layouts', maxCount: 20, maxLength: 65_536, noun: 'layout' }
const FILTERS: SavedViewKind = { table: 'saved_filters', maxCount: 200, maxLength: 8_192, noun: 'filter' }

const layout = ({ body, ...row }: SavedViewRow) => ({ ...row, layout: body })
const filter = ({ body, ...row }: SavedViewRow) => ({ ...row, filter: body })

function mustBeList(list: string): void {
  if (!/^[\w.-]{1,40}$/.test(list))
    throw fault('BAD_USER_INPUT', 'A list has 1 to 40 letters, digits, dots or dashes, such as `items`.')
}

async function mustDelete(context: Context, kind: SavedViewKind, list: string, name: string): Promise<string> {
  if (!(await deleteSavedView(context.pool, kind, context.viewer.id, list, name)))
    throw fault('NOT_FOUND', `You keep no ${kind.noun} of this name.`)
  return name
}

export const savedViewResolvers: Resolvers = {
  Query: {
    layouts: async (_, __, context) =>
      (await listSavedViews(context.pool, LAYOUTS, context.viewer.id, null)).map(layout),
    savedFilters: async (_, { list }, context) =>
      (await listSavedViews(context.pool, FILTERS, context.viewer.id, list ?? null)).map(filter),
  },
  Mutation: {
    async saveLayout(_, { input: { name, layout: body } }, { pool, viewer }) {
      return { layout: layout(await saveView(pool, LAYOUTS, viewer.id, { list: '', name, body })) }
    },
    deleteLayout: async (_, { input: { name } }, context) => ({
      deletedLayoutName: await mustDelete(context, LAYOUTS, '', name),
    }),
    async saveFilter(_, { input: { list, name, filter: body } }, { pool, viewer }) {
      mustBeList(list)
      return { filter: filter(await saveView(pool, FILTERS, viewer.id, { list, name, body })) }
    },
    deleteFilter: async (_, { input: { list, name } }, context) => ({
      list,
      deletedFilterName: await mustDelete(context, FILTERS, list, name),
    }),
  },
}
