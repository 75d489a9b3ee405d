import { fault } from '../../../shared/errors.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { mustBeUuid, publishPeople } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { addLink, endLink, everybodysLinks, ownLinks } from './store.ts'
import { storedView } from './view.ts'

const MAX_PAGE_SIZE = 500
const HOUR_MS = 3_600_000
/** Clocks of browsers are not ours. */
const CLOCKS_MS = 60_000
const NO_LINK = 'There is no such link.'

/** The end of a link as it was asked for. @throws BAD_USER_INPUT */
function endOf(expiresAt: Date | string, hours: number, now: number): Date {
  const end = new Date(expiresAt)
  if (!(end.getTime() > now && end.getTime() <= now + hours * HOUR_MS + CLOCKS_MS))
    throw fault('BAD_USER_INPUT', `A link ends in the future, at most ${hours} hours from now.`)
  return end
}

export const viewLinkResolvers: Resolvers = {
  Query: {
    viewLinks: (_, __, { pool, viewer }) => ownLinks(pool, viewer.id),
    async allViewLinks(_, page, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await everybodysLinks(pool, page)
      return { ...connection(rows, page, ({ expiresAt, id }) => [expiresAt, id]), totalCount }
    },
  },
  Mutation: {
    createViewLink(_, { input }, { pool, viewer, viewLinks }) {
      if (!viewLinks)
        throw fault('FORBIDDEN', 'Links to shared views are off here (SHARE_LINKS).', {
          hint: 'Ask who runs this server to set SHARE_LINKS=on, and to restart it.',
        })
      const now = Date.now()
      const name = input.name.trim().toWellFormed()
      if (name.length < 1 || name.length > 64) throw fault('BAD_USER_INPUT', 'A name has 1 to 64 characters.')
      const expiresAt = endOf(input.expiresAt, viewLinks.hours, now)
      return addLink(pool, viewer.id, { name, expiresAt, view: storedView(input.view, now) })
    },
    async revokeViewLink(_, { input: { id } }, context) {
      mustBeUuid(id, NO_LINK)
      if (!(await endLink(context.pool, id))) throw fault('NOT_FOUND', NO_LINK)
      publishPeople(context, { tokens: [id] })
      return { revokedViewLinkId: id }
    },
  },
}
