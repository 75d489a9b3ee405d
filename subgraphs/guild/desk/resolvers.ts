import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { forget, keep, listKept, type KeptRow, type Shelf } from './store.ts'

const LAYOUTS: Shelf = { table: 'layouts', most: 20, longest: 65_536, noun: 'layout' }
const FILTERS: Shelf = { table: 'saved_filters', most: 200, longest: 8_192, noun: 'filter' }

const layout = ({ body, ...row }: KeptRow) => ({ ...row, layout: body })
const filter = ({ body, ...row }: KeptRow) => ({ ...row, filter: body })

function mustBeList(list: string): void {
  if (!/^[\w.-]{1,40}$/.test(list))
    throw fault('BAD_USER_INPUT', 'A list has 1 to 40 letters, digits, dots or dashes, such as `items`.')
}

async function mustForget(context: Context, shelf: Shelf, list: string, name: string): Promise<string> {
  if (!(await forget(context.pool, shelf, context.viewer.id, list, name)))
    throw fault('NOT_FOUND', `You keep no ${shelf.noun} of this name.`)
  return name
}

export const deskResolvers: Resolvers = {
  Query: {
    layouts: async (_, __, context) => (await listKept(context.pool, LAYOUTS, context.viewer.id, null)).map(layout),
    savedFilters: async (_, { list }, context) =>
      (await listKept(context.pool, FILTERS, context.viewer.id, list ?? null)).map(filter),
  },
  Mutation: {
    async saveLayout(_, { name, layout: body }, context) {
      return layout(await keep(context.pool, LAYOUTS, context.viewer.id, { list: '', name, body }))
    },
    deleteLayout: (_, { name }, context) => mustForget(context, LAYOUTS, '', name),
    async saveFilter(_, { list, name, filter: body }, context) {
      mustBeList(list)
      return filter(await keep(context.pool, FILTERS, context.viewer.id, { list, name, body }))
    },
    deleteFilter: (_, { list, name }, context) => mustForget(context, FILTERS, list, name),
  },
}
