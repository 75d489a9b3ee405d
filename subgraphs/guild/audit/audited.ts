import { GraphQLError, type GraphQLFieldResolver } from 'graphql'
import { closeEntry, keepEntry } from '../../../shared/auth/audit.ts'
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'

type Write = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>

/** Fields of inputs that are private or too large, at any depth. */
const NOT_STORED = new Set(['layout', 'filter', 'body', 'text', 'message', 'note', 'points', 'view'])
/** Names of secrets, so that a new one cannot be forgotten above. */
const SECRET = /password|secret/i
/** Fields of inputs that name the subject; the first present one is used. */
const SUBJECTS = ['username', 'character', 'name', 'kind', 'title', 'id', 'noteId']
/**
 * Mutations of programs that come too often for this log: events of answers, which have a log of their own, and what a
 * token stores for itself, which nobody else sees.
 */
const NOT_AUDITED = new Set(['reportTurnEvents', 'storeValue', 'deleteStoredValue'])
const MAX_LENGTH = 200
const MAX_ENTRIES = 20

/**
 * Stores an audit entry for a mutation: before it runs, so that none is missing, and then its outcome. It wraps every
 * mutation and its access checks, so that refusals are stored too. A viewer who writes too often is refused first.
 */
export function audited(action: string, write: Write): Write {
  if (NOT_AUDITED.has(action)) return write
  return async (parent, args, context, info) => {
    const { viewer, pool, rateLimits } = context
    const name = `${viewer.kind} ${viewer.id}`
    if (!(await rateLimits.writes.take(name)) || (action === 'setPassword' && !(await rateLimits.passwords.take(name))))
      throw fault('TOO_MANY_TRIES', 'You wrote too often within a minute.')
    const by = { kind: viewer.kind, id: viewer.id, name: viewer.name }
    const input = (args['input'] ?? {}) as Record<string, unknown>
    const subject = SUBJECTS.map((key) => input[key]).find((value) => typeof value === 'string') ?? null
    const id = await keepEntry(
      pool,
      { by, action, subject: subject as string | null, details: auditDetails(input) },
      null,
    )
    try {
      const result: unknown = await write(parent, args, context, info)
      await closeEntry(pool, id, 'OK')
      return result
    } catch (error) {
      // The caller must get the original error; should this fail too, the entry stays without an outcome.
      await closeEntry(pool, id, codeOf(error)).catch(() => undefined)
      throw error
    }
  }
}

const codeOf = (error: unknown): string => {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR'
}

const isStored = (key: string): boolean => !NOT_STORED.has(key) && !SECRET.test(key)

/** An input as it is stored in the audit. */
function auditDetails(input: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(input).filter(([key, value]) => isStored(key) && value !== undefined)
  return Object.fromEntries(kept.slice(0, MAX_ENTRIES).map(([key, value]) => [key, shortened(value)]))
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, MAX_LENGTH).replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map(shortened)
  if (typeof value === 'object' && value !== null) return auditDetails(value as Record<string, unknown>)
  return value
}
