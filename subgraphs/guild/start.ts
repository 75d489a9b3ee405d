import { keptSecret } from '../../shared/auth/secrets.ts'
import { isMigrated } from '../../shared/db/migrate.ts'
import { openPool } from '../../shared/db/pool.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'
import { rateLimiter } from '../../shared/serve/rate-limiter.ts'
import { DateTime, Json } from '../../shared/serve/scalars.ts'
import type { SubgraphHost } from '../../shared/serve/subgraph-room.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import type { Config } from '../../shared/settings/setting.ts'
import { alertRuleResolvers } from './alert-rule/resolvers.ts'
import { Followers } from './assistant/followers.ts'
import { assistantResolvers } from './assistant/resolvers.ts'
import { watchTurns } from './assistant/watch-turns.ts'
import { audited } from './audit/audited.ts'
import { auditResolvers } from './audit/resolvers.ts'
import { boardResolvers } from './board/resolvers.ts'
import { characterResolvers } from './character/resolvers.ts'
import { context } from './context.ts'
import { mapMarkResolvers } from './map-mark/resolvers.ts'
import { mcpCallResolvers } from './mcp-call/resolvers.ts'
import { savedViewResolvers } from './saved-view/resolvers.ts'
import { sessionResolvers } from './session/resolvers.ts'
import type { settings } from './settings.ts'
import { storedValueResolvers } from './stored-value/resolvers.ts'
import { tokenResolvers } from './token/resolvers.ts'
import { userResolvers } from './user/resolvers.ts'
import { viewLinkResolvers } from './view-link/resolvers.ts'
import { viewerResolvers } from './viewer/resolvers.ts'
import { watchRuleResolvers } from './watch-rule/resolvers.ts'
import type { Resolvers } from './generated/resolvers.ts'

const pluginResolvers: Resolvers = {
  Query: {
    pluginSetup: (_, __, { plugin }) => ({ ...plugin, header: 'X-Plugin-Secret' }),
  },
}

const WRITES_A_MINUTE = 300
/** Values that a token stores: a bot stores where it is after each message. */
const STORES_A_MINUTE = 600
/** Each attempt checks the current password: a low limit prevents guessing. */
const PASSWORDS_A_MINUTE = 10

/**
 * The people of the guild: accounts, tokens, owners of characters, saved views, rules and plugin setup. Writes only the
 * tables of people, rules included.
 */
export function startGuild(
  { databaseUrl, pubsub, log, dataDir, pluginUrl, key }: SubgraphHost,
  { SHARED_SECRET, SHARE_LINKS, SHARE_LINK_HOURS }: Config<typeof settings>,
): Subgraph {
  const plugin = { url: pluginUrl, secret: keptSecret(dataDir, 'shared-secret', SHARED_SECRET).value }
  const pool = openPool(databaseUrl, {
    name: 'guild',
    onError: (error) => log.warn({ error }, 'lost a database connection'),
  })
  const followers = new Followers(pool, log)
  const watching = watchTurns(pool, pubsub, log)
  const world = {
    pool,
    pubsub,
    plugin,
    viewLinks: SHARE_LINKS === 'on' ? { hours: SHARE_LINK_HOURS } : null,
    key,
    followers,
    rateLimits: {
      writes: rateLimiter(pool, 'writes', WRITES_A_MINUTE),
      passwords: rateLimiter(pool, 'passwords', PASSWORDS_A_MINUTE),
      stores: rateLimiter(pool, 'stores', STORES_A_MINUTE),
    },
  }
  const resolvers = mergeResolvers(
    { DateTime, JSON: Json },
    viewerResolvers,
    userResolvers,
    sessionResolvers,
    tokenResolvers,
    storedValueResolvers,
    characterResolvers,
    auditResolvers,
    mcpCallResolvers,
    savedViewResolvers,
    mapMarkResolvers,
    viewLinkResolvers,
    boardResolvers,
    pluginResolvers,
    alertRuleResolvers,
    watchRuleResolvers,
    assistantResolvers,
  )
  return {
    name: 'guild',
    schema: subgraphSchema(import.meta.dirname, resolvers, audited),
    contextFor: (viewer, phase, budget) => context(viewer, phase, world, budget),
    waitsFor: async () => ((await isMigrated(pool)) ? null : 'the schema'),
    async [Symbol.asyncDispose]() {
      await watching[Symbol.asyncDispose]()
      await followers[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}
