import { createToken, listTokens, revokeToken, TokenError, type TokenRow } from '../../../shared/auth/token.ts'
import { fault } from '../../../shared/errors.ts'
import { checkPage, connection, readCursor } from '../../../shared/serve/connection.ts'
import { publishPeople } from '../context.ts'
import type { Resolvers, TokenScope } from '../generated/resolvers.ts'

const MAX_PAGE_SIZE = 500

const shown = (row: TokenRow) => ({
  id: row.id,
  name: row.name,
  scopes: row.scopes!.map((scope) => scope.toUpperCase() as TokenScope),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at,
})

export const tokenResolvers: Resolvers = {
  Query: {
    async tokens(_, page, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const [after = null] = readCursor(page.after, 1) ?? []
      const { rows, totalCount } = await listTokens(pool, page.first + 1, after as string | null)
      return { ...connection(rows.map(shown), page, ({ name }) => [name]), totalCount }
    },
  },
  Mutation: {
    async createToken(_, { input: { name, scopes, expiresAt } }, context) {
      try {
        const { token, secret } = await createToken(
          context.pool,
          name,
          scopes!.map((scope) => scope.toLowerCase()),
          expiresAt ? new Date(expiresAt) : null,
        )
        return { token: shown(token), secret }
      } catch (error) {
        if (error instanceof TokenError) throw fault('BAD_USER_INPUT', error.message)
        throw error
      }
    },
    async revokeToken(_, { input: { id } }, context) {
      const ended = await revokeToken(context.pool, id)
      if (!ended) throw fault('NOT_FOUND', 'There is no such token.')
      publishPeople(context, { tokens: [ended] })
      return { revokedTokenId: ended }
    },
  },
}
