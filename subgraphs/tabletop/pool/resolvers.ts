import { shownTo } from '../character/store.ts'
import type { Context } from '../context.ts'
import type { GmCommitPoolInput, GmPool, Resolvers } from '../generated/resolvers.ts'
import { commitPool, poolStates } from '../rules/commit.ts'
import type { PoolName } from '../rules/state.ts'
import { changeTable, ownCharacterIn } from '../table/change-table.ts'

const nameOf = (pool: GmPool) => pool.toLowerCase() as PoolName
const enumOf = (pool: PoolName) => pool.toUpperCase() as GmPool

/** @throws BAD_USER_INPUT with what the rules allow, FORBIDDEN for the character of somebody else */
const commit = (context: Context, { sessionId, characterId, pool, dice }: GmCommitPoolInput) =>
  changeTable(context, sessionId, async (table) => {
    const one = ownCharacterIn(table, characterId)
    const after = { ...one, state: commitPool(one.sheet, one.state, nameOf(pool), dice) }
    const content = `${one.name} sets ${dice} ${nameOf(pool)} dice aside.`
    await table.change(content, { changed: [after] })
    table.noteOf(one, 'POOL', { content, character: one.name, pool: nameOf(pool), dice })
    return { character: shownTo(table.onlooker, after) }
  })

export const poolResolvers: Resolvers = {
  GmCharacter: {
    pools: ({ sheet, state }) =>
      sheet && state && poolStates(sheet, state).map((one) => ({ ...one, pool: enumOf(one.pool) })),
  },
  Mutation: { gmCommitPool: (_, { input }, context) => commit(context, input) },
}
