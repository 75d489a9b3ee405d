import { GraphQLError, type ExecutionResult } from 'graphql'
import { fault, hintOf, newTrace } from '../errors.ts'
import type { Log } from '../log.ts'

/** Keeps what we said on purpose; hides what merely went wrong, and logs that. */
function maskError(error: GraphQLError, log: Log): GraphQLError {
  const { originalError } = error
  if (!originalError || originalError instanceof GraphQLError) return withCode(error)
  if (isMisfit(originalError)) {
    log.warn({ error: originalError, path: error.path }, 'an argument that the database could not take')
    const { message, extensions } = misfit()
    return new GraphQLError(message, { path: error.path ?? null, extensions })
  }
  const { message, extensions } = fault('INTERNAL_SERVER_ERROR')
  log.error({ error: originalError, path: error.path, trace: extensions['trace'] }, 'a resolver failed')
  return new GraphQLError(message, { path: error.path ?? null, extensions })
}

/** Our statements are fixed: a value that the database cannot read or hold came with the request. */
export const isMisfit = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && /^22...$/.test(String(error.code))
/** What is said of it. */
export const misfit = () => fault('BAD_USER_INPUT', 'An argument does not fit: too large, or not of its kind.')

export function maskResult<R extends ExecutionResult>(result: R, log: Log): R {
  return result.errors ? { ...result, errors: result.errors.map((error) => maskError(error, log)) } : result
}

/**
 * The executor itself refuses arguments that do not fit, without a code; everything else it says on its own is our
 * fault.
 */
function withCode(error: GraphQLError): GraphQLError {
  // A compiled executor's own errors are plain objects, at times without extensions.
  if ((error.extensions as GraphQLError['extensions'] | undefined)?.['code']) return error
  const code = /^(Argument|Variable) "/.test(error.message) ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR'
  return new GraphQLError(error.message, {
    path: error.path ?? null,
    extensions: { code, hint: hintOf(code), trace: newTrace() },
  })
}
