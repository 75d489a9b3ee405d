import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST, getVariableValues, GraphQLError } from 'graphql'
import { hintOf, newTrace } from '../../shared/errors.ts'
import type { GraphContext } from '../context.ts'
import { refusing, type Check } from './refusing.ts'

/**
 * ERR1: every error has a code, a hint and a trace. What we refuse has them from the start; this gives them to what
 * the libraries say of documents that cannot be read, do not fit the schema, or come with variables that do not. The
 * hooks are those that HTTP and WebSocket share.
 */
export function useErrors(): GatewayPlugin<GraphContext> {
  const { onExecute, onSubscribe } = refusing(checkVariables)
  return {
    onSubscribe,
    onParse:
      () =>
      ({ result, replaceParseResult }) => {
        if (result instanceof Error) replaceParseResult(new Refused(withCode(result, 'GRAPHQL_PARSE_FAILED')) as never)
      },
    onValidate:
      () =>
      ({ valid, result, setResult }) => {
        if (!valid) setResult(result.map((error) => new Refused(withCode(error, 'GRAPHQL_VALIDATION_FAILED'))))
      },
    onExecute(asked) {
      void onExecute(asked)
      return {
        onExecuteDone({ result, setResult }) {
          if (isAnswer(result) && result.errors) setResult(withCodes(result) as never)
        },
      }
    },
  }
}

/** An error of a document. The runtime caches it with the document; each response gets a separate trace. */
class Refused extends GraphQLError {
  constructor({ message, nodes, source, positions, path, originalError, extensions }: GraphQLError) {
    // Over HTTP it has this status, wherever the document was read first.
    const http = { spec: true, status: 400 }
    super(message, { nodes, source, positions, path, originalError, extensions: { ...extensions, http } })
  }

  override toJSON() {
    const { http: _, ...extensions } = this.extensions
    return { ...super.toJSON(), extensions: { ...extensions, trace: newTrace() } }
  }
}

/** The executor throws on invalid variables, which would end all streams of the socket: so they are checked before. */
export const checkVariables: Check = ({ schema, document, operationName, variableValues }) => {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions
  if (!definitions?.length) return null
  const { errors } = getVariableValues(schema, definitions, variableValues ?? {}, { maxErrors: 5 })
  return errors?.map((error) => withCode(error, 'BAD_USER_INPUT')) ?? null
}

/** An answer with code, hint and trace added to its errors. */
export const withCodes = <R extends { errors?: readonly Error[] }>(result: R): R & { errors?: GraphQLError[] } =>
  result.errors
    ? { ...result, errors: result.errors.map((error) => withCode(error, 'INTERNAL_SERVER_ERROR')) }
    : (result as R & { errors?: GraphQLError[] })

const isAnswer = (result: unknown): result is { errors?: readonly Error[] } =>
  typeof result === 'object' && result !== null && !(Symbol.asyncIterator in result)

/** The same error with code, hint and trace added. */
function withCode(error: Error, otherwise: string): GraphQLError {
  const graphql = error instanceof GraphQLError ? error : null
  const given = graphql?.extensions['code']
  const code = given ?? otherwise
  if (given !== undefined && graphql!.extensions['hint'] !== undefined && graphql!.extensions['trace'] !== undefined)
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
