import 'graphiql/setup-workers/vite'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { createClient } from 'graphql-ws'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'
import './playground.css'
import { examples } from './examples.ts'

const { protocol, host, origin } = location

const fetcher = createGraphiQLFetcher({
  url: `${origin}/graphql`,
  headers: { 'graphql-require-preflight': '1', 'x-graphql-yoga-csrf': '1' },
  wsClient: createClient({ url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql` }),
})

// The dashboard's query inspector opens an operation by the part of the address that is not sent to the server.
const given = new URLSearchParams(location.hash.slice(1))
const query = given.get('query')
if (query !== null) history.replaceState(null, '', location.pathname)

const title = createElement(GraphiQL.Logo, null, createElement('a', { href: '/' }, 'Overlord'))

createRoot(document.getElementById('graphiql')!).render(
  createElement(
    GraphiQL,
    {
      fetcher,
      defaultTabs: [...examples],
      defaultEditorToolsVisibility: 'variables',
      shouldPersistHeaders: false,
      ...(query !== null && { initialQuery: query, initialVariables: given.get('variables') ?? '' }),
    },
    title,
  ),
)
