import { GraphQLError, type ExecutionResult } from 'graphql'
import { fault, hintOf, newTrace } from '../errors.ts'
import type { Log } from '../log.ts'

/** Keeps what we said on purpose; hides what merely went wrong, and logs that. */
export function maskError(error: GraphQLError, log: Log): GraphQLError {
  const { originalError } = error
  if (!originalError || originalError instanceof GraphQLError) return withCode(error)
  const { message, extensions } = fault('INTERNAL_SERVER_ERROR')
  log.error({ error: originalError, path: error.path, trace: extensions['trace'] }, 'a resolver failed')
  return new GraphQLError(message, { path: error.path ?? null, extensions })
}

export function maskResult<R extends ExecutionResult>(result: R, log: Log): R {
  return result.errors ? { ...result, errors: result.errors.map((error) => maskError(error, log)) } : result
}

/** The executor itself refuses arguments that do not fit, without a code; everything else it says on its own is our fault. */
function withCode(error: GraphQLError): GraphQLError {
  if (error.extensions['code']) return error
  const code = /^(Argument|Variable) "/.test(error.message) ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR'
  return new GraphQLError(error.message, {
    path: error.path ?? null,
    extensions: { code, hint: hintOf(code), trace: newTrace() },
  })
}
