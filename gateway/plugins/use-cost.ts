import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST } from 'graphql'
import { fault } from '../../shared/errors.ts'
import type { GraphContext } from '../context.ts'
import { costOf } from './cost.ts'
import { refusing, type Check } from './refusing.ts'

/** How many fields an operation may answer at most. The largest the dashboard asks for is a tenth of it. */
export const MAX_FIELDS = 250_000

/**
 * LIM1: refuses operations whose lists within lists multiply to more than is served, before anything is asked. Only
 * now are the variables known, so this is no validation rule.
 */
export const useCost = (): GatewayPlugin<GraphContext> => refusing(checkCost)

/** The check of useCost. */
export const checkCost: Check = ({ schema, document, operationName, variableValues, contextValue }) => {
  const operation = getOperationAST(document, operationName)
  if (!operation) return null // the executor says what is wrong with it
  const cost = costOf(schema, document, operation, variableValues ?? {})
  const { reportCost } = (contextValue ?? {}) as Partial<GraphContext>
  reportCost?.(cost)
  if (cost <= MAX_FIELDS) return null
  const [asked, most] = [Math.round(cost), MAX_FIELDS].map((count) => count.toLocaleString('en'))
  const message = `This would answer up to ${asked} fields; at most ${most} are served at once.`
  return [fault('TOO_COSTLY', message, { cost, limit: MAX_FIELDS })]
}
