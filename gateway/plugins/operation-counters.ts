import { Counter } from 'prom-client'
import { isErrorCode } from '../../shared/errors.ts'

const operations = new Counter({
  name: 'overlord_graph_operations_total',
  help: 'GraphQL operations that were executed, by kind',
  labelNames: ['kind'],
})
const errors = new Counter({
  name: 'overlord_graph_errors_total',
  help: 'Errors that the graph answered, by code',
  labelNames: ['code'],
})
for (const kind of ['query', 'mutation', 'subscription']) operations.inc({ kind }, 0)
errors.inc({ code: 'INTERNAL_SERVER_ERROR' }, 0)

/** Counts an operation that is executed. Its name is never a label: clients choose it. */
export const countOperation = (kind: string): void => operations.inc({ kind })

/** Counts errors of an answer. Codes that are not in the register of errors count as `OTHER`. */
export function countErrors(answered: readonly { extensions?: Record<string, unknown> }[] | undefined): void {
  for (const { extensions } of answered ?? []) countError(extensions?.['code'])
}

/** Counts an error by its code. */
export const countError = (code: unknown): void =>
  errors.inc({ code: typeof code === 'string' && isErrorCode(code) ? code : 'OTHER' })
