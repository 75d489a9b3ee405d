import { checkPage, connection } from '../../../shared/serve/connection.ts'
import type { AuditKind, Resolvers } from '../generated/resolvers.ts'
import { listAudit } from './store.ts'

const MAX_PAGE_SIZE = 500

export const auditResolvers: Resolvers = {
  Query: {
    async audit(_, { where, ...page }, context) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listAudit(context.pool, where ?? {}, page)
      const shown = rows.map((row) => ({ ...row, kind: row.kind.toUpperCase() as AuditKind }))
      return { ...connection(shown, page, ({ id }) => [id]), totalCount }
    },
  },
}
