// Entries of a root list that are null. The planner's runtime (1.4.23) throws at them where it has renamed a field of
// the entries, so they are taken out of a subgraph's answer, and put back where they were.
import type { ExecutionRequest } from '@graphql-tools/utils'
import { GraphQLError, type ExecutionResult } from 'graphql'

/** Context key of what was taken out. */
const MISSING = Symbol('entries that are null')
/** By root field: the places of null in its list, in order. */
type Missing = Map<string, number[]>
type Data = Record<string, unknown>

/** A request that can be given to `withoutMissing`, and what is put back in the end. */
export function noting(request: ExecutionRequest): { request: ExecutionRequest; missing: Missing } {
  const missing: Missing = new Map()
  return { request: { ...request, context: { ...(request.context as object), [MISSING]: missing } }, missing }
}

/** The answer of a subgraph without entries of root lists that are null. */
export function withoutMissing(request: ExecutionRequest, result: ExecutionResult): ExecutionResult {
  const missing = (request.context as { [MISSING]?: Missing } | undefined)?.[MISSING]
  const data = result.data as Data | null | undefined
  if (!missing || !data) return result
  let kept: Data | null = null
  for (const [field, list] of Object.entries(data)) {
    if (field === '_entities' || !Array.isArray(list) || !list.includes(null)) continue
    missing.set(
      field,
      list.flatMap((entry, at) => (entry === null ? [at] : [])),
    )
    kept = { ...(kept ?? data), [field]: list.filter((entry) => entry !== null) }
  }
  return kept ? { ...result, data: kept, ...withPaths(result, missing, withoutPlaces) } : result
}

/** The whole answer with those entries where they were. */
export function withMissing(result: ExecutionResult, missing: Missing): ExecutionResult {
  const data = result.data as Data | null | undefined
  if (!missing.size || !data) return result
  const whole = { ...data }
  for (const [field, places] of missing) {
    const list = data[field]
    if (!Array.isArray(list)) continue
    const entries = [...(list as unknown[])]
    for (const at of places) entries.splice(at, 0, null)
    whole[field] = entries
  }
  return { ...result, data: whole, ...withPaths(result, missing, withPlaces) }
}

/** The index of an entry once the places before it are gone. */
const withoutPlaces = (index: number, places: readonly number[]) => index - places.filter((at) => at < index).length
/** The index of an entry once the places are back. */
const withPlaces = (index: number, places: readonly number[]) =>
  places.reduce((at, place) => (place <= at ? at + 1 : at), index)

function withPaths(
  { errors }: ExecutionResult,
  missing: Missing,
  moved: (index: number, places: readonly number[]) => number,
): Pick<ExecutionResult, 'errors'> {
  if (!errors) return {}
  return {
    errors: errors.map((error) => {
      const [field, index, ...rest] = error.path ?? []
      const places = missing.get(String(field))
      if (!places || typeof index !== 'number') return error
      const path = [field!, moved(index, places), ...rest]
      const { message, extensions, originalError } = error
      return new GraphQLError(message, { path, extensions, ...(originalError && { originalError }) })
    }),
  }
}
