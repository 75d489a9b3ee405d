import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
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
  const cost = rememberedCost(schema, document, operation, variableValues ?? {})
  const { reportCost } = (contextValue ?? {}) as Partial<GraphContext>
  reportCost?.(cost)
  if (cost <= MAX_FIELDS) return null
  const [asked, most] = [Math.round(cost), MAX_FIELDS].map((count) => count.toLocaleString('en'))
  const message = `This would answer up to ${asked} fields; at most ${most} are served at once.`
  return [fault('TOO_COSTLY', message, { cost, limit: MAX_FIELDS })]
}

interface Remembered {
  /** The values that the cost depends on: of each variable the operation declares, in its order. */
  key: string
  cost: number
}
const remembered = new WeakMap<GraphQLSchema, WeakMap<OperationDefinitionNode, Remembered>>()

/** The cost of an operation. The last one of each is remembered: most operations always cost the same. */
function rememberedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const key = (operation.variableDefinitions ?? []).map(({ variable }) => weight(variables[variable.name.value])).join()
  let ofSchema = remembered.get(schema)
  if (!ofSchema) remembered.set(schema, (ofSchema = new WeakMap<OperationDefinitionNode, Remembered>()))
  const known = ofSchema.get(operation)
  if (known?.key === key) return known.cost
  const cost = costOf(schema, document, operation, variables)
  ofSchema.set(operation, { key, cost })
  return cost
}

/** What a variable's value may add to a cost: only numbers and the lack of them count. */
const weight = (value: unknown): string => (typeof value === 'number' || value == null ? String(value) : typeof value)
