import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST } from 'graphql'
import { fault } from '../../shared/errors.ts'
import type { GraphContext } from '../context.ts'
import { costOf } from './cost.ts'
import { refusing, type Judge } from './refusing.ts'

/** How many fields an operation may answer at most. The largest the dashboard asks for is a tenth of it. */
export const MOST_FIELDS = 250_000

/**
 * LIM1: refuses operations whose lists within lists multiply to more than is served, before anything is asked. Only now are
 * the variables known, so this is no validation rule.
 */
export const useCost = (): GatewayPlugin<GraphContext> => refusing(judgeCost)

/** What useCost refuses. */
export const judgeCost: Judge = ({ schema, document, operationName, variableValues }) => {
  const operation = getOperationAST(document, operationName)
  if (!operation) return null // the executor says what is wrong with it
  const cost = costOf(schema, document, operation, variableValues ?? {})
  if (cost <= MOST_FIELDS) return null
  const message = `This would answer up to ${Math.round(cost).toLocaleString('en')} fields; at most ${MOST_FIELDS.toLocaleString('en')} are served at once.`
  return [fault('TOO_COSTLY', message)]
}
