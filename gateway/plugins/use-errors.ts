import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { GraphQLError } from 'graphql'
import { hintOf, newTrace } from '../../shared/errors.ts'
import type { GraphContext } from '../graph/runtime.ts'

/**
 * ERR1: every error has a code, a hint and a trace. What we refuse has them from the start; this gives them to what the
 * libraries say of documents that cannot be read, do not fit the schema, or come with variables that do not. The hooks are
 * those that HTTP and WebSocket share.
 */
export function useErrors(): GatewayPlugin<GraphContext> {
  return {
    onParse:
      () =>
      ({ result, replaceParseResult }) => {
        if (result instanceof Error) replaceParseResult(withCode(result, 'GRAPHQL_PARSE_FAILED') as never)
      },
    onValidate:
      () =>
      ({ valid, result, setResult }) => {
        if (!valid) setResult(result.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')))
      },
    onExecute: () => ({
      onExecuteDone({ result, setResult }) {
        if (!isAnswer(result) || !result.errors) return
        setResult({ ...result, errors: result.errors.map((error) => withCode(error, 'BAD_USER_INPUT')) } as never)
      },
    }),
  }
}

const isAnswer = (result: unknown): result is { errors?: readonly Error[] } =>
  typeof result === 'object' && result !== null && !(Symbol.asyncIterator in result)

/** The same error with what it lacks. */
function withCode(error: Error, otherwise: string): GraphQLError {
  const graphql = error instanceof GraphQLError ? error : null
  // The executor's own words on variables carry no code; anything else without one is our fault, and says so.
  const told = graphql?.extensions['code']
  const code =
    told ?? (otherwise === 'BAD_USER_INPUT' && !/^Variable "/.test(error.message) ? 'INTERNAL_SERVER_ERROR' : otherwise)
  if (told !== undefined && graphql!.extensions['hint'] !== undefined && graphql!.extensions['trace'] !== undefined)
    return graphql!
  return new GraphQLError(error.message, {
    nodes: graphql?.nodes ?? null,
    source: graphql?.source ?? null,
    positions: graphql?.positions ?? null,
    path: graphql?.path ?? null,
    originalError: graphql?.originalError ?? null,
    extensions: { code, hint: hintOf(code), trace: newTrace(), ...graphql?.extensions },
  })
}
