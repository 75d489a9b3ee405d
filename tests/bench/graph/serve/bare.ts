import { json } from 'node:stream/consumers'
import { buildSchema, parse, validate, type DocumentNode } from 'graphql'
import { embedded } from '../../../../gateway/graph/embedded/embedded.ts'
import { plainSdl } from '../world.ts'
import { log, viewer } from './key.ts'
import { beside, type Serve } from './serving.ts'

/** Our executor alone over node:http: what is left when the gateway around it is taken away. */
export const bare: Serve = ({ graph, control }) => {
  const schema = buildSchema(plainSdl)
  const execute = embedded(schema, graph.subgraphs, log)
  const documents = new Map<string, DocumentNode>()
  return beside(control, (request, response) => {
    void json(request).then(async (body) => {
      const { query, variables } = body as { query: string; variables?: Record<string, unknown> }
      const document = documents.get(query) ?? parse(query)
      if (!documents.has(query)) {
        const [error] = validate(schema, document)
        if (error) throw error
        if (documents.size >= 1_000) documents.delete(documents.keys().next().value!)
        documents.set(query, document)
      }
      const result = await execute({ document, variables, context: { viewer } } as never)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(result))
    })
  })
}
