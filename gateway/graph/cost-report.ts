import type { ExecutionResult } from 'graphql'
import { MAX_FIELDS } from '../plugins/use-cost.ts'
import type { Asked } from './fast-path.ts'

/** The cost of one operation, on its way from the check to the answer. */
export interface CostReport {
  report: (cost: number) => void
  /** The same answer with `extensions.cost` and `extensions.limit`, once the cost is known. */
  added<R extends ExecutionResult | AsyncIterable<ExecutionResult>>(result: R): R
}

/** For operations that request it by `extensions: {"cost": true}`; null for others. */
export function costReport({ extensions }: Pick<Asked, 'extensions'>): CostReport | null {
  if (extensions?.['cost'] !== true) return null
  let cost: number | null = null
  return {
    report: (known) => void (cost = known),
    added: (result) =>
      cost === null || Symbol.asyncIterator in result
        ? result
        : { ...result, extensions: { ...result.extensions, cost, limit: MAX_FIELDS } },
  }
}
