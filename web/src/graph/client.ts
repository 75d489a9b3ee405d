import { Client, fetchExchange, mapExchange } from '@urql/vue'
import { hasLostRoot, isUnauthenticated } from './fault.ts'
import { persistedExchange } from './persisted-exchange.ts'
import { sessionIsOver } from './socket.ts'

/** For questions and mutations. No cache: windows show what is true now, and live streams never pass through here. */
export const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  requestPolicy: 'network-only',
  fetchOptions: {
    credentials: 'same-origin',
    // A header that no foreign form can send: the server recognises forged requests by its absence.
    headers: { 'graphql-require-preflight': '1', 'x-graphql-yoga-csrf': '1', accept: 'application/json' },
  },
  exchanges: [
    mapExchange({
      onResult: (result) => (hasLostRoot(result) ? { ...result, data: undefined } : result),
      onError: (error) => {
        if (isUnauthenticated(error)) sessionIsOver()
      },
    }),
    persistedExchange,
    fetchExchange,
  ],
})
