import { GraphQLError, type GraphQLFieldResolver } from 'graphql'
import { closeEntry, keepEntry } from '../../../shared/auth/audit.ts'
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'

type Write = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>

/** Arguments that are secrets, or too large and nobody's business. */
const UNTOLD = new Set(['password', 'current', 'new', 'layout', 'filter', 'body', 'text', 'message'])
/** Arguments that say what is written to, the first that is there. */
const SUBJECTS = ['username', 'character', 'name', 'kind', 'title', 'id']
/** What keeps a log of its own, and comes too often for this one: events of answers, by the process that answers. */
const LOGGED_ELSEWHERE = new Set(['reportTurnEvents'])
const LONGEST = 200
const MOST = 20

/**
 * Stores an entry of a mutation: before it runs, so that none is missing, and its outcome. It goes around every mutation
 * and around what the mutation declares of access, so that refusals are stored too. A viewer who writes too often is
 * refused first.
 */
export function audited(action: string, write: Write): Write {
  if (LOGGED_ELSEWHERE.has(action)) return write
  return async (parent, args, context, info) => {
    const { viewer, pool, pace } = context
    const name = `${viewer.kind} ${viewer.id}`
    if (!(await pace.writes.take(name)) || (action === 'setPassword' && !(await pace.passwords.take(name))))
      throw fault('TOO_MANY_TRIES', 'You wrote too often within a minute.')
    const by = { kind: viewer.kind, id: viewer.id, name: viewer.name }
    const subject = SUBJECTS.map((key) => args[key]).find((value) => typeof value === 'string') ?? null
    const id = await keepEntry(pool, { by, action, subject: subject as string | null, details: told(args) }, null)
    try {
      const result: unknown = await write(parent, args, context, info)
      await closeEntry(pool, id, 'OK')
      return result
    } catch (error) {
      // What it failed of is what the caller must hear; should this fail too, the entry stays without an outcome.
      await closeEntry(pool, id, codeOf(error)).catch(() => undefined)
      throw error
    }
  }
}

const codeOf = (error: unknown): string => {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR'
}

/** Arguments as they may be kept. */
export function told(args: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(args).filter(([key, value]) => !UNTOLD.has(key) && value !== undefined)
  return Object.fromEntries(kept.slice(0, MOST).map(([key, value]) => [key, shortened(value)]))
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, LONGEST).replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.slice(0, MOST).map(shortened)
  if (typeof value === 'object' && value !== null) return told(value as Record<string, unknown>)
  return value
}
