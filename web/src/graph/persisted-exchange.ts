import type { Exchange, Operation, OperationResult } from '@urql/vue'
import { filter, makeSubject, map, merge, pipe } from 'wonka'
import { byHash, wasForeign } from './persisted.ts'

const withHash = (operation: Operation): Operation => {
  const hash = byHash(operation.query)
  const { persistedQuery: _, ...extensions } = operation.extensions ?? {}
  return { ...operation, extensions: { ...extensions, ...hash } }
}

/** Sends the hash of a document in place of its text, and the text after all when the server does not know it. */
export const persistedExchange: Exchange =
  ({ forward }) =>
  (operations) => {
    const again = makeSubject<Operation>()
    const isAnswer = ({ operation, error }: OperationResult) => {
      if (!error || !wasForeign(operation.query, error.graphQLErrors)) return true
      again.next(withHash(operation))
      return false
    }
    return pipe(merge([pipe(operations, map(withHash)), again.source]), forward, filter(isAnswer))
  }
