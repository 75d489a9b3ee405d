import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { sqlFault } from './sql-fault.ts'

const MAX_ROWS = 1_000
/** Statements of one viewer that this process runs at once. */
const MAX_AT_ONCE = 2
const running = new Map<string, number>()

/** The guard with Postgres' own parser, loaded with the first statement: it takes 20 MB that many never need. */
async function loadGuard() {
  const [{ loadModule }, { guard }] = await Promise.all([import('libpg-query'), import('./guard/guard.ts')])
  await loadModule()
  return guard
}

/** Runs `work` unless the viewer has too many statements running, or sent too many. @throws TOO_MANY_TRIES */
async function inTurn<T>({ viewer, sqlLimiter }: Context, work: () => Promise<T>): Promise<T> {
  const name = `${viewer.kind} ${viewer.id}`
  const others = running.get(name) ?? 0
  if (others >= MAX_AT_ONCE) throw fault('TOO_MANY_TRIES', 'Two of your statements are still running.')
  running.set(name, others + 1)
  try {
    if (!(await sqlLimiter.take(name))) throw fault('TOO_MANY_TRIES', 'You sent too many statements within a minute.')
    return await work()
  } finally {
    const left = running.get(name)! - 1
    if (left > 0) running.set(name, left)
    else running.delete(name)
  }
}

export const sqlResolvers: Resolvers = {
  Query: {
    async queryTelemetry(_, { statement, first }, context) {
      const { privacy, settings, sql, log, viewer } = context
      if (first < 1 || first > MAX_ROWS) throw fault('BAD_USER_INPUT', `\`first\` must be 1 to ${MAX_ROWS}.`)
      if (!settings.all()) throw fault('NOT_READY')
      // Counted before it is checked: checking the largest statements takes half a second.
      return inTurn(context, async () => {
        const guard = await loadGuard()
        const guarded = guard(statement)
        if (!guarded.ok) throw fault('BAD_USER_INPUT', guarded.reason)
        try {
          const answer = await sql.run(guarded.sql, guarded.explains, privacy, first)
          log.info(
            { viewer: viewer.name, rows: answer.rows.length, ms: Math.round(answer.elapsedMs) },
            'ran a statement',
          )
          return { ...answer, rowCount: answer.rows.length }
        } catch (error) {
          throw sqlFault(error)
        }
      })
    },
  },
}
