import { Client, fetchExchange, mapExchange } from '@urql/vue'
import { hasLostRoot, isUnauthenticated } from './fault.ts'
import { credential } from './credential.ts'
import { persistedExchange } from './persisted-exchange.ts'
import { noteAnswer, noteSent } from './sent.ts'
import { fetchWithDate } from './server-date.ts'
import { sessionIsOver } from './socket.ts'

/** For questions and mutations. No cache: windows show what is true now, and live streams never pass through here. */
export const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  requestPolicy: 'network-only',
  fetch: fetchWithDate,
  fetchOptions: () => ({
    credentials: 'same-origin',
    headers: {
      // A header that no foreign form can send: the server recognises forged requests by its absence.
      'graphql-require-preflight': '1',
      'x-graphql-yoga-csrf': '1',
      accept: 'application/json',
      ...credential,
    },
  }),
  exchanges: [
    mapExchange({
      onOperation: ({ kind, query, variables }) => {
        if (kind !== 'teardown') noteSent(query, kind === 'mutation' ? null : variables) // a mutation's may be secret
      },
      onResult: (result) => {
        noteAnswer(result.operation.query, !!result.error)
        return hasLostRoot(result) ? { ...result, data: undefined } : result
      },
      onError: (error) => {
        if (isUnauthenticated(error)) sessionIsOver()
      },
    }),
    persistedExchange,
    fetchExchange,
  ],
})
