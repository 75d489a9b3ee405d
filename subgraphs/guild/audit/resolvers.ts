import type { AuditBy } from '../../../shared/auth/audit.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import type { ActorKind, Resolvers } from '../generated/resolvers.ts'
import { listAudit } from './store.ts'

const MAX_PAGE_SIZE = 500
/** As they are stored, and as the graph calls them. */
export const actorKinds = {
  user: 'USER',
  token: 'TOKEN',
  console: 'CONSOLE',
  stranger: 'UNAUTHENTICATED',
} as const satisfies Record<AuditBy['kind'], ActorKind>

export const auditResolvers: Resolvers = {
  Query: {
    async audit(_, { where, ...page }, context) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listAudit(context.pool, where ?? {}, page)
      const shown = rows.map((row) => ({ ...row, actorKind: actorKinds[row.actorKind] }))
      return { ...connection(shown, page, ({ id }) => [id]), totalCount }
    },
  },
}
