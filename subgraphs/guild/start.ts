import { isMigrated } from '../../shared/db/migrate.ts'
import { openPool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import { mergeResolvers } from '../../shared/serve/merge-resolvers.ts'
import { DateTime } from '../../shared/serve/scalars.ts'
import { subgraphSchema, type Subgraph } from '../../shared/serve/subgraph.ts'
import { alertRuleResolvers } from './alert-rule/resolvers.ts'
import { mustBe, type Context, type PluginAddress } from './context.ts'
import { tokenResolvers } from './token/resolvers.ts'
import { userResolvers } from './user/resolvers.ts'
import { viewerResolvers } from './viewer/resolvers.ts'
import { watchRuleResolvers } from './watch-rule/resolvers.ts'
import type { Resolvers } from './generated/resolvers.ts'

const pluginResolvers: Resolvers = {
  Query: {
    pluginSetup(_, __, context) {
      mustBe('admin', context)
      return { ...context.plugin, header: 'X-Plugin-Secret' }
    },
  },
}

/** The people of the guild: accounts, tokens, and how to bring a plugin in. Writes only the people's tables, rules among them. */
export function startGuild({
  databaseUrl,
  plugin,
  log,
}: {
  databaseUrl: string
  plugin: PluginAddress
  log: Log
}): Subgraph {
  const pool = openPool(databaseUrl, {
    name: 'guild',
    onError: (error) => log.warn({ error }, 'lost a database connection'),
  })
  return {
    name: 'guild',
    schema: subgraphSchema(
      import.meta.dirname,
      mergeResolvers(
        { DateTime },
        viewerResolvers,
        userResolvers,
        tokenResolvers,
        pluginResolvers,
        alertRuleResolvers,
        watchRuleResolvers,
      ),
    ),
    contextFor: (viewer): Context => ({ viewer, pool, plugin }),
    waitsFor: async () => ((await isMigrated(pool)) ? null : 'the schema'),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
