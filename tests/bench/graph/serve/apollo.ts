import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer, HeaderMap } from '@apollo/server'
import { json } from 'node:stream/consumers'
import { SIGNED_VIEWER_HEADER, signViewer } from '../../../../shared/auth/signed-viewer.ts'
import { supergraphAt } from '../world.ts'
import { KEY, viewer } from './key.ts'
import { beside, type Serve } from './serving.ts'

/** Apollo's gateway as it comes, over subgraphs of other processes. */
export const apollo: Serve = async ({ addresses, control }) => {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraphAt(addresses!),
    buildService: ({ url }) =>
      new RemoteGraphQLDataSource({
        url: url!,
        willSendRequest: ({ request }) =>
          request.http!.headers.set(SIGNED_VIEWER_HEADER, signViewer(KEY, viewer, Date.now())),
      }),
  })
  const server = new ApolloServer({ gateway })
  await server.start()
  return beside(control, (request, response) => {
    void json(request).then(async (body) => {
      const headers = new HeaderMap()
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
      const answer = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method!, headers, search: '', body },
        context: () => Promise.resolve({}),
      })
      for (const [name, value] of answer.headers) response.setHeader(name, value)
      response.statusCode = answer.status ?? 200
      response.end(answer.body.kind === 'complete' ? answer.body.string : '')
    })
  })
}
