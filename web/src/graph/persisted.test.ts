import { Client, fetchExchange } from '@urql/vue'
import { describe, expect, it } from 'vitest'
import { ShellViewerDocument } from './viewer.query.gen.ts'
import { byHash } from './persisted.ts'
import { persistedExchange } from './persisted-exchange.ts'

interface Body {
  query?: string
  extensions?: { persistedQuery?: { sha256Hash: string } }
}

describe('a question of the page', () => {
  it('[DOC1] is sent as a hash; as text once the server, being of another build, does not know it', async () => {
    const hash = byHash(ShellViewerDocument)!.persistedQuery.sha256Hash
    const sent: Body[] = []
    const client = new Client({
      url: 'http://here.invalid/graphql',
      preferGetMethod: false,
      requestPolicy: 'network-only',
      exchanges: [persistedExchange, fetchExchange],
      fetch: (_, init) => {
        const body = JSON.parse(init!.body as string) as Body
        sent.push(body)
        const answer = body.query
          ? { data: { me: { name: 'Larsson', role: 'VIEWER', needsPassword: false } } }
          : { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] }
        return Promise.resolve(
          new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } }),
        )
      },
    })
    for (const _ of [1, 2]) {
      const { data } = await client.query(ShellViewerDocument, {}).toPromise()
      expect(data?.me.name).toBe('Larsson')
    }
    expect(sent.map(({ query }) => Boolean(query))).toEqual([false, true, true])
    expect(sent[0]!.extensions!.persistedQuery!.sha256Hash).toBe(hash)
    expect(sent[1]!.extensions?.persistedQuery).toBeUndefined()
  })
})
